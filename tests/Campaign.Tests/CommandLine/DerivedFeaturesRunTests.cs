using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.CommandLine;
using Campaign.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.CommandLine;

/// <summary>From an uploaded file to a scored one with a derived feature that is not hidden in any single column.</summary>
public sealed class DerivedFeaturesRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_derived_feature_is_trained_on_explained_and_computed_again_by_the_score_command()
    {
        var customers = _folder.Combine("customers.csv");
        await File.WriteAllTextAsync(customers, Customers(withInputs: true));
        await using var session = await CampaignSession.OpenAsync(new CampaignOptions { DataFolder = _folder.Combine("data"), ThreadCount = 1, RunsJobs = false });
        await using var scope = session.Services.CreateAsyncScope();
        var received = await scope.ServiceProvider.GetRequiredService<DatasetIntake>().ReceiveAsync(
            customers, new IntakeOptions(new RoleRequest(Derived: [RoleRequest.AllSuggested]), Confirm: true), Actor.CommandLine);
        var datasets = scope.ServiceProvider.GetRequiredService<DatasetCatalog>();
        var dataset = (await datasets.FindAsync(received.Dataset.Id))!;
        var job = await scope.ServiceProvider.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest("derived", 0.8, 0.9, 1, Quick: true), Actor.CommandLine, default);
        await scope.ServiceProvider.GetRequiredService<JobRunner>().RunNowAsync(job.Id, new Progress<JobReport>(), default);

        var runs = scope.ServiceProvider.GetRequiredService<ModelRunCatalog>();
        using var table = datasets.OpenColumns(dataset.Id);
        using var package = runs.OpenPackage(job.SubjectId);
        var scores = runs.LoadScores(job.SubjectId);
        var affluentRow = Enumerable.Range(0, table.RowCount).First(IsAffluent);
        var reasons = runs.Explain(job.SubjectId, table, dataset.Roles, scores, [affluentRow]).Single();
        Assert.Equal(["card_balance / card_limit"], package.Manifest.DerivedFeatures.Select(feature => feature.Name));
        Assert.True(reasons.AddsUp);
        Assert.Equal("card_balance / card_limit", reasons.Reasons[0].Column);

        var card = await scope.ServiceProvider.GetRequiredService<ModelCardBuilder>().BuildAsync(job.SubjectId);
        Assert.Equal(new CardColumn("card_balance / card_limit", "card_balance divided by card_limit", 0), card.Data.Features[^1]);
        Assert.Equal("full_name", Assert.Single(card.Data.LeftOut).Name);

        var output = _folder.Combine("scores.csv");
        Assert.Equal(0, await ScoreAsync(customers, runs.PackageFolder(job.SubjectId), output));
        var lines = (await File.ReadAllLinesAsync(output)).Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
        Assert.Equal(LogOdds.ToScores(scores.LogOdds), lines);

        var without = _folder.Combine("without.csv");
        await File.WriteAllTextAsync(without, Customers(withInputs: false));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => ScoreAsync(without, runs.PackageFolder(job.SubjectId), output));
        Assert.StartsWith("The file lacks columns that the model needs: 'card_limit'.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_choice_or_day_is_refused()
    {
        await Assert.ThrowsAsync<RefusedException>(() => RunCommand.Create().Parse(["x.csv", "--out", _folder.Combine("out"), "--derived", "all"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
        await Assert.ThrowsAsync<RefusedException>(() => ScoreCommand.Create().Parse(["x.csv", "--model", "m", "--out", "-", "--as-of", "29/02/2024"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
    }

    private static Task<int> ScoreAsync(string file, string model, string output) =>
        ScoreCommand.Create().Parse([file, "--model", model, "--out", output, "--threads", "1"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false });

    /// <summary>400 invented customers: affluent are those who use most of their limit, whatever it is.</summary>
    private static string Customers(bool withInputs)
    {
        var text = new StringBuilder($"customer_id,card_balance,{(withInputs ? "card_limit" : "other")},job,full_name,segment\n");
        for (var row = 0; row < 400; row++)
        {
            var limit = 1000 + (row * 7919 % 9001);
            text.Append(CultureInfo.InvariantCulture, $"C{row:0000},{limit * Use(row):0.00},{limit},{(row % 2 == 0 ? "clerk" : "teacher")},Person {row},{(IsAffluent(row) ? "affluent" : "normal")}\n");
        }

        return text.ToString();
    }

    private static double Use(int row) => row * 37 % 100 / 100.0;

    private static bool IsAffluent(int row) => Use(row) >= 0.75;
}

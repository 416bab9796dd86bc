using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.CommandLine;
using Campaign.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.CommandLine;

/// <summary>Customers who were in training, in a file that is scored later.</summary>
public sealed class KnownCustomersRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_later_file_is_scored_by_the_held_out_models_for_known_customers_and_by_the_final_model_for_new_ones()
    {
        await using var session = await OpenAsync();
        await using var scope = session.Services.CreateAsyncScope();
        var (runs, runId) = await TrainAsync(scope.ServiceProvider, id: "customer_id");
        var later = _folder.Combine("later.csv");
        await File.WriteAllTextAsync(later, Customers(row => row % 2 == 0 ? $"C{row:0000}" : $"N{row:0000}"));

        Assert.Equal(0, await ScoreAsync(later, runs.PackageFolder(runId)));
        var scores = runs.LoadScores(runId);
        var lines = (await File.ReadAllLinesAsync(_folder.Combine("scores.csv"))).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["row", "customer_id", "score", "selected", "probability", "scored_by"], lines[0]);
        for (var row = 0; row < scores.RowCount; row++)
        {
            var (expected, by) = row % 2 == 0 ? (scores.LogOdds[row], "held-out models") : (scores.InSampleLogOdds[row], "final model");
            Assert.Equal((LogOdds.ToScore(expected), by), (double.Parse(lines[row + 1][2], CultureInfo.InvariantCulture), lines[row + 1][^1]));
        }
    }

    [Fact]
    public async Task Where_each_row_is_a_customer_nothing_is_kept_and_the_score_command_says_so()
    {
        await using var session = await OpenAsync();
        await using var scope = session.Services.CreateAsyncScope();
        var (runs, runId) = await TrainAsync(scope.ServiceProvider, id: "none");
        using var package = runs.OpenPackage(runId);

        Assert.Null(package.Manifest.KnownCustomers);
        Assert.False(File.Exists(Path.Combine(runs.PackageFolder(runId), KnownCustomers.FileName)));
        Assert.Equal(0, await ScoreAsync(_folder.Combine("customers.csv"), runs.PackageFolder(runId)));
        Assert.All((await File.ReadAllLinesAsync(_folder.Combine("scores.csv"))).Skip(1), line => Assert.EndsWith(",final model", line, StringComparison.Ordinal));
        Assert.StartsWith(
            "Scored 2 rows, all by the final model: the model keeps no customers, as its training file had no ids.",
            ScoreCommand.InWords(new CustomerScores([0, 0], [false, false]), package.Manifest), StringComparison.Ordinal);
        Assert.Equal(
            "Scored 3 rows: 1 of customers who were in training, by the models that never saw them, and 2 of customers whom no model was trained on, by the final model.",
            ScoreCommand.InWords(new CustomerScores([0, 0, 0], [false, true, false]), package.Manifest with { KnownCustomers = new("", 9) }));
        Assert.StartsWith(
            "Scored 2 rows, all by the final model: the model keeps no customers, as it is a copy that left them behind.",
            ScoreCommand.InWords(new CustomerScores([0, 0], [false, false]), package.Manifest with { IdColumn = "customer_id" }), StringComparison.Ordinal);
    }

    private Task<CampaignSession> OpenAsync() =>
        CampaignSession.OpenAsync(new CampaignOptions { DataFolder = _folder.Combine("data"), ThreadCount = 1, RunsJobs = false });

    private async Task<(ModelRunCatalog Runs, Guid RunId)> TrainAsync(IServiceProvider services, string id)
    {
        var file = _folder.Combine("customers.csv");
        await File.WriteAllTextAsync(file, Customers(row => $"C{row:0000}"));
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(file, new IntakeOptions(new RoleRequest(Id: id), Confirm: true), Actor.CommandLine);
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id))!;
        var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest("known", 0.8, 0.9, 1, Quick: true), Actor.CommandLine, default);
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id, new Progress<JobReport>(), default);
        return (services.GetRequiredService<ModelRunCatalog>(), job.SubjectId);
    }

    private Task<int> ScoreAsync(string file, string model) =>
        ScoreCommand.Create().Parse([file, "--model", model, "--out", _folder.Combine("scores.csv"), "--threads", "1"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false });

    private static string Customers(Func<int, string> id)
    {
        var text = new StringBuilder("customer_id,balance,products,job,segment\n");
        for (var row = 0; row < 400; row++)
        {
            var balance = row * 7919 % 10_007;
            text.Append(CultureInfo.InvariantCulture, $"{id(row)},{balance},{row % 5},{(row % 2 == 0 ? "clerk" : "teacher")},{(balance > 7000 || row % 40 == 0 ? "affluent" : "normal")}\n");
        }

        return text.ToString();
    }
}

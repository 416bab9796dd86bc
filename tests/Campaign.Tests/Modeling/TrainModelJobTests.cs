using System.Globalization;
using System.Text;
using Campaign.Learning.Candidates;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

/// <summary>A full run: search, candidates, and a promise from customers held out of training altogether.</summary>
public sealed class TrainModelJobTests : IDisposable
{
    private const int RowCount = 600;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_run_keeps_its_leaderboard_its_trials_and_what_its_promise_rests_on()
    {
        var (run, scores, rows) = await TrainAsync(new TrainingRequest("full", 0.8, 0.9, 1, Quick: false, PromiseKind.Exact, TrialCount: 2));
        var results = run.Results!;

        Assert.Equal(Enum.GetValues<CandidateKind>().Order(), results.Leaderboard.Select(result => result.Kind).Order());
        Assert.Equal(results.Recommended, results.Leaderboard[0].Kind);
        Assert.Equal([1, 2], results.Trials.Select(trial => trial.Number));
        Assert.Equal(results.Recommended == CandidateKind.Ensemble ? 3 : 1, results.ModelFiles.Count);

        var heldOut = scores.Folds.HeldOutRows();
        Assert.Equal(heldOut.Length, results.HeldOutCustomers);
        Assert.InRange(heldOut.Length, 0.25 * RowCount, 0.35 * RowCount);
        var promise = run.Promise!;
        Assert.Equal((PromiseKind.Exact, heldOut.Count(row => rows.Affluent[row])), (promise.Kind, promise.KnownAffluent));
        Assert.Equal(promise.Kept, heldOut.Count(row => rows.Affluent[row] && run.Threshold!.Value.Selects(rows.Scores[row])));
        Assert.Contains("held out of training", run.ThresholdInWords, StringComparison.Ordinal);
        Assert.Contains("a theorem", run.PromiseRestsOn[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quick_run_searches_nothing_and_promises_by_all_known_affluents()
    {
        var (run, scores, rows) = await TrainAsync(new TrainingRequest("quick", 0.8, 0.9, 1, Quick: true));

        Assert.Empty(run.Results!.Trials);
        Assert.Equal([CandidateKind.BoostedTrees, CandidateKind.BestColumn], run.Results.Leaderboard.Select(result => result.Kind));
        Assert.Empty(scores.Folds.HeldOutRows());
        Assert.Equal((PromiseKind.Tight, rows.Affluent.Count(affluent => affluent)), (run.Promise!.Kind, run.Promise.KnownAffluent));
        Assert.Contains("conservative by experience", run.PromiseRestsOn[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_counts_by_the_class_it_was_trained_on_whatever_the_files_columns_become()
    {
        var (run, _, rows) = await TrainAsync(new TrainingRequest("quick", 0.8, 0.9, 1, Quick: true));
        await using var session = await CampaignSession.OpenAsync(new CampaignOptions { DataFolder = _folder.Combine("data"), ThreadCount = 1, RunsJobs = false });
        await using var scope = session.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(run.DatasetId))!;
        await services.GetRequiredService<DatasetColumns>().ConfirmAsync(
            dataset.Id, new RoleRequest(Positive: "normal", Exclude: ["savings"]), dataset.Version, Actor.CommandLine);

        var now = await services.GetRequiredService<ScoredRowsReader>().ReadAsync(run, default);
        var fairness = await services.GetRequiredService<RunFairnessReader>().ReadAsync(run);
        var card = await services.GetRequiredService<ModelCardBuilder>().BuildAsync(run.Id);

        Assert.Equal("normal", (await services.GetRequiredService<DatasetCatalog>().FindAsync(dataset.Id))!.Roles.AffluentValue);
        Assert.Equal(rows.Affluent, now.Affluent);
        Assert.Empty(fairness.Columns);
        Assert.Equal(("affluent", rows.Affluent.Count(affluent => affluent)), (card.Data.AffluentValue, (int)(card.Results.Counts.SelectedAffluent + card.Results.Counts.OtherAffluent)));
        Assert.Contains(card.Data.Features, column => column.Name == "savings");
    }

    private async Task<(ModelRunSummary Run, Campaign.Learning.OutOfFoldScores Scores, ScoredRows Rows)> TrainAsync(TrainingRequest request)
    {
        var customers = _folder.Combine("customers.csv");
        await File.WriteAllTextAsync(customers, Customers());
        await using var session = await CampaignSession.OpenAsync(new CampaignOptions { DataFolder = _folder.Combine("data"), ThreadCount = 1, RunsJobs = false });
        await using var scope = session.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(customers, new IntakeOptions(new RoleRequest(), Confirm: true), Actor.CommandLine);
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id))!;
        var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, request, Actor.CommandLine, default);
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id, new Progress<JobReport>(), default);
        var catalog = services.GetRequiredService<ModelRunCatalog>();
        var run = (await catalog.FindAsync(job.SubjectId))!;
        return (run, catalog.LoadScores(run.Id), await services.GetRequiredService<ScoredRowsReader>().ReadAsync(run, default));
    }

    private static string Customers()
    {
        var random = new Random(4);
        var text = new StringBuilder("customer_id,savings,job,segment\n");
        for (var row = 0; row < RowCount; row++)
        {
            var affluent = random.Next(4) == 0;
            text.AppendLine(CultureInfo.InvariantCulture, $"C{row:0000},{(affluent ? 30 : 0) + random.Next(60)},{(random.Next(3) == 0 ? "owner" : "clerk")},{(affluent ? "affluent" : "normal")}");
        }

        return text.ToString();
    }
}

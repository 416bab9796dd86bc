using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Calibration;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
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

namespace Campaign.Tests.Modeling;

/// <summary>What a training keeps beside its ranking, over an earlier and a later file of the sample bank.</summary>
public sealed class RunMeasurementTests : IDisposable
{
    private const int Seed = 3;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_keeps_what_its_scores_say_and_every_place_tells_the_same()
    {
        await using var session = await CampaignSession.OpenAsync(new CampaignOptions { DataFolder = _folder.Combine("data"), ThreadCount = 2, RunsJobs = false });
        await using var scope = session.Services.CreateAsyncScope();
        await ReceiveAsync(scope.ServiceProvider, "earlier.csv", 1200, seed: 2);
        var dataset = await ReceiveAsync(scope.ServiceProvider, "now.csv", 3200, seed: 1);
        var job = await scope.ServiceProvider.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest("measured", 0.8, 0.9, Seed, Quick: true), Actor.CommandLine, default);
        await scope.ServiceProvider.GetRequiredService<JobRunner>().RunNowAsync(job.Id, new Progress<JobReport>(), default);

        var runs = scope.ServiceProvider.GetRequiredService<ModelRunCatalog>();
        var run = (await runs.FindAsync(job.SubjectId))!;
        using var table = scope.ServiceProvider.GetRequiredService<DatasetCatalog>().OpenColumns(dataset.Id);
        var recorded = DatasetCatalog.ReadCustomers(table, dataset.Roles);
        var scores = runs.LoadScores(run.Id);

        var measures = AssertMeasured(run.Results!, scores, recorded);
        var map = AssertProbabilities(runs, run.Id, measures, scores, recorded.Affluent);
        var robustness = await AssertRobustAsync(runs, run, scores, recorded.Affluent);
        await AssertScoredAsync(runs.PackageFolder(run.Id), map, _folder.Combine("now.csv"));

        var card = await scope.ServiceProvider.GetRequiredService<ModelCardBuilder>().BuildAsync(run.Id);
        var html = ModelCardPdf.ToHtml(card);
        Assert.Equal(JsonSerializer.Serialize(measures, RunResults.Json), JsonSerializer.Serialize(card.Results.Measures, RunResults.Json));
        Assert.Contains(HtmlPage.Encode(measures.HiddenInWords), html, StringComparison.Ordinal);
        Assert.Contains(InWords.WithInterval(robustness.Table.Rows[0].Recall), html, StringComparison.Ordinal);
        Assert.Contains(HtmlPage.Encode("'earlier.csv' of "), html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(25_000, 2000)]
    [InlineData(5000, 1000)]
    [InlineData(100, 100)]
    public void A_sample_has_its_share_of_affluents_but_enough_where_they_are_few(int affluentCount, int wanted)
    {
        bool[] affluent = [.. Enumerable.Range(0, 50_000).Select(row => row % (50_000 / affluentCount) == 0)];
        var rows = RunMeasurement.Sample(affluent, 4000, SeededRandom.For(1, 1));

        Assert.Equal(4000, rows.Distinct().Count());
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(wanted, rows.Count(row => affluent[row]));
        Assert.Equal([0, 1, 2], RunMeasurement.Sample([true, false, true], 3, SeededRandom.For(1, 1)));
    }

    private async Task<DatasetSummary> ReceiveAsync(IServiceProvider services, string name, int rowCount, int seed)
    {
        var path = _folder.Combine(name);
        await using (var file = File.Create(path))
        {
            new SampleBank(rowCount, 0.3, seed).Write(file, null);
        }

        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(path, new IntakeOptions(RoleRequest.Guess, Confirm: true), Actor.CommandLine);
        return (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id))!;
    }

    private static RunMeasures AssertMeasured(RunResults results, OutOfFoldScores scores, RecordedCustomers recorded)
    {
        var customers = CustomerIndex.Of(recorded.CustomerOfRow);
        var measures = results.Measures!;
        Assert.Equal(AucInterval.Of(scores.LogOdds, recorded.Affluent, customers).Interval, measures.Auc);
        Assert.Equal(AveragePrecisionInterval.Of(scores.LogOdds, recorded.Affluent, customers).Interval, measures.AveragePrecision);
        Assert.Equal(LiftInterval.Of(scores.LogOdds, recorded.Affluent, customers).Interval, measures.LiftTopDecile);
        Assert.True(measures.Auc.Holds(results.Auc) && measures.AveragePrecision.Holds(results.AveragePrecision) && measures.LiftTopDecile.Holds(results.LiftTopDecile));
        Assert.NotNull(measures.Hidden);
        Assert.Equal(HiddenEstimate.Of(scores.LogOdds, recorded.Affluent, customers, Seed), measures.Hidden);
        Assert.Equal(measures.Hidden.KnownAffluent, measures.KnownAffluent);
        return measures;
    }

    private static CalibrationMap AssertProbabilities(ModelRunCatalog runs, Guid runId, RunMeasures measures, OutOfFoldScores scores, bool[] affluent)
    {
        var calibrated = CalibratedProbabilities.CrossFit(scores.LogOdds, affluent, scores.Folds);
        var quality = CalibrationQuality.Of(calibrated.Probabilities, affluent);
        using var package = runs.OpenPackage(runId);
        Assert.Equal(calibrated.Probabilities, runs.LoadProbabilities(runId));
        Assert.Equal((quality.Brier, quality.LogLoss, quality.ExpectedCalibrationError), (measures.Calibration.Brier, measures.Calibration.LogLoss, measures.Calibration.ExpectedCalibrationError));
        Assert.Equal(quality.Bins, measures.Calibration.Bins);
        Assert.Equal(calibrated.Map, package.Manifest.Calibration);
        return package.Manifest.Calibration!;
    }

    private static async Task<RunRobustness> AssertRobustAsync(ModelRunCatalog runs, ModelRunSummary run, OutOfFoldScores scores, bool[] affluent)
    {
        var robustness = (await runs.ReadRobustnessAsync(run.Id))!;
        var threshold = run.Threshold!.Value;
        Assert.Equal((threshold.Score, affluent.Length, affluent.Count(isAffluent => isAffluent)), (robustness.Threshold, robustness.RowCount, robustness.AffluentCount));
        Assert.Equal(RankingMetrics.Of(scores.LogOdds, affluent).Auc, robustness.Table.Auc, 1e-12);
        Assert.Equal(ConfusionCounts.At(threshold, LogOdds.ToScores(scores.LogOdds), affluent).Recall, robustness.Table.Recall);
        Assert.InRange(robustness.Table.Rows.Select(row => row.Column).Distinct().Count(), 5, 10);

        var older = robustness.Older!;
        Assert.Equal(("earlier.csv", 1200), (older.FileName, older.RowCount));
        Assert.InRange(older.KnownRowCount, 1, older.RowCount - 1);
        Assert.InRange(older.Auc, 0.6, 0.99);
        Assert.True(older.AucInterval.Holds(older.Auc));
        return robustness;
    }

    private async Task AssertScoredAsync(string packageFolder, CalibrationMap map, string file)
    {
        var output = _folder.Combine("scores.csv");
        Assert.Equal(0, await ScoreCommand.Create().Parse([file, "--model", packageFolder, "--out", output, "--threads", "1"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
        var lines = await File.ReadAllLinesAsync(output);
        Assert.EndsWith(",selected,probability,scored_by", lines[0], StringComparison.Ordinal);
        var cells = lines[1..].Select(line => line.Split(',')).ToArray();
        Assert.All(cells, line =>
        {
            var score = double.Parse(line[2], CultureInfo.InvariantCulture);
            Assert.Equal(map.Probability(Math.Log(score / (1 - score))), double.Parse(line[4], CultureInfo.InvariantCulture), 1e-5);
        });
    }
}

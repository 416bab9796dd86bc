using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Calibration;
using Campaign.Learning.Candidates;
using Campaign.Learning.Estimates;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Tests.Modeling;

/// <summary>A finished run over invented customers, a third of them affluent, with invented scores in place of a training.</summary>
internal static class InventedRun
{
    public static Task<Guid> AddAsync(CampaignApplication application, int rowCount, Func<int, string, string>? change = null) => application.InScopeAsync(async services =>
    {
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers(change, rowCount))), "customers.csv", new IntakeOptions(RoleRequest.Guess, Confirm: true), Actor.LocalOwner);
        var datasets = services.GetRequiredService<DatasetCatalog>();
        var dataset = (await datasets.FindAsync(received.Dataset.Id))!;
        using var table = datasets.OpenColumns(dataset.Id);
        var recorded = DatasetCatalog.ReadCustomers(table, dataset.Roles);
        var scores = Scores(recorded);
        var rows = ScoredRows.Of(scores, recorded);
        var promised = (ThresholdOutcome.Promised)OperatingThreshold.ForRecall(rows.AffluentScores, 0.9, 0.95);
        var curve = ThresholdCurve.Of(rows.Steps, recorded.AffluentRowCount, recorded.RowCount - recorded.AffluentRowCount, promised.Threshold);

        var run = new ModelRun
        {
            Id = Guid.CreateVersion7(),
            DatasetId = dataset.Id,
            Fingerprint = dataset.Fingerprint,
            Name = "Spring run",
            RecallFloor = 0.9,
            Confidence = 0.95,
            CompletedUtc = DateTime.UtcNow,
            CreatedUtc = DateTime.UtcNow,
            CreatedByName = "Aina",
            ResultsJson = JsonSerializer.Serialize(
                new RunResults(
                    recorded.RowCount, recorded.CustomerCount, recorded.AffluentRowCount, "invented", 2, 1, 0, 0.9, 0.8, 2, 0, new string('b', 64),
                    new Dictionary<string, string>(), CandidateKind.BoostedTrees, "Invented.", [], [], 0,
                    new Dictionary<string, string>(), new Dictionary<string, string>(), [], 0),
                JsonSerializerOptions.Web),
            Threshold = promised.Threshold.Score,
            ThresholdRule = ThresholdRule.Promise,
            PromiseJson = JsonSerializer.Serialize(promised.Promise, JsonSerializerOptions.Web),
        };
        var folder = services.GetRequiredService<FileStore>().RunFolder(run.Id);
        Directory.CreateDirectory(folder);
        OutOfFoldScoresFile.Save(scores, Path.Combine(folder, OutOfFoldScoresFile.FileName));
        await File.WriteAllTextAsync(Path.Combine(folder, ModelRunCatalog.CurveFileName), JsonSerializer.Serialize(curve, JsonSerializerOptions.Web));
        await File.WriteAllTextAsync(Path.Combine(folder, ModelRunCatalog.ColumnsFileName), JsonSerializer.Serialize(dataset.Roles, JsonSerializerOptions.Web));
        if (HiddenEstimate.Of(scores.LogOdds, rows.Affluent, rows.Customers, 1) is { } estimate)
        {
            var probabilities = CalibratedProbabilities.CrossFit(scores.LogOdds, rows.Affluent, scores.Folds).Probabilities;
            var expected = ExpectedAffluents.At(curve, rows.Scores, rows.Affluent, rows.Customers, probabilities, estimate);
            await File.WriteAllTextAsync(Path.Combine(folder, ModelRunCatalog.ExpectedAffluentsFileName), JsonSerializer.Serialize(expected, JsonSerializerOptions.Web));
        }

        var db = services.GetRequiredService<CampaignDbContext>();
        db.Add(run);
        await db.SaveChangesAsync();
        return run.Id;
    });

    /// <summary>One tenth of the recorded normals score as the affluents do: the hidden ones.</summary>
    private static OutOfFoldScores Scores(RecordedCustomers recorded)
    {
        var random = SeededRandom.For(5, 0);
        var logOdds = new float[recorded.RowCount];
        for (var row = 0; row < logOdds.Length; row++)
        {
            var isLikeAffluent = recorded.Affluent[row] || random.NextShare() < 0.1;
            logOdds[row] = (float)((isLikeAffluent ? 2 : -2) + (3 * (random.NextShare() - 0.5)) + (3 * (random.NextShare() - 0.5)));
        }

        var folds = CustomerFolds.Deal(CustomerIndex.Of(recorded.CustomerOfRow), recorded.Affluent, foldCount: 2, repeatCount: 1, seed: 1);
        return new OutOfFoldScores([logOdds], folds, logOdds);
    }
}

using System.Text;
using System.Text.Json;
using Campaign.Learning.Candidates;
using Campaign.Learning.Metrics;
using Campaign.Modules.Datasets;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Tests.Modeling;

/// <summary>Model runs as rows, without a training: enough for what is kept about them.</summary>
internal static class SampleRuns
{
    public static Actor Trainer { get; } = new("trainer", "Aina");

    /// <summary>What a training of an invented file of 1,000 rows found.</summary>
    public static RunResults Results(double auc = 0.9, int? listSize = 120) => new(
        1000, 950, 140, "boosted trees (XGBoost)", 5, 2, 40, auc, 0.6, 4.2, 30, new string('a', 64),
        new Dictionary<string, string> { ["final-boosted-trees.ubj"] = new string('a', 64) }, CandidateKind.BoostedTrees, "The only candidate.",
        [new CandidateResult(CandidateKind.BoostedTrees, null, 130, new Rate(130, 140), 0.6, new Interval(0.55, 0.65), auc, new Interval(auc - 0.02, auc + 0.02), 4.2, new Interval(3.9, 4.5), 0.01, 40, 12)], [], 0,
        new Dictionary<string, string> { ["eta"] = "0.05", ["max_depth"] = "4" }, new Dictionary<string, string> { ["xgboost"] = "1.7.4" },
        [new StageTime("Training", 12.5)], 200_000_000)
    {
        ListSizeAtPromise = listSize,
        ThreadCount = 2,
    };

    public static ModelRun Finished(Guid datasetId, string name = "Spring", RunResults? results = null) => new()
    {
        Id = Guid.CreateVersion7(),
        DatasetId = datasetId,
        Fingerprint = new string('f', 64),
        Name = name,
        Seed = 1,
        RecallFloor = 0.9,
        Confidence = 0.95,
        CompletedUtc = new DateTime(2026, 5, 4, 8, 0, 0, DateTimeKind.Utc),
        ResultsJson = JsonSerializer.Serialize(results ?? Results(), JsonSerializerOptions.Web),
        Threshold = 0.5,
        CreatedById = Trainer.Id,
        CreatedByName = Trainer.Name,
        CreatedUtc = new DateTime(2026, 5, 4, 7, 0, 0, DateTimeKind.Utc),
    };

    /// <summary>A dataset's row in an empty database; its file is not there.</summary>
    public static async Task<Guid> AddDatasetAsync(TestDatabase database, string fileName = "customers.csv")
    {
        await using var db = database.Open();
        var dataset = new Dataset { Id = Guid.CreateVersion7(), FileName = fileName, Fingerprint = new string('f', 64), RolesJson = "{}", UploadedUtc = DateTime.UnixEpoch };
        db.Add(dataset);
        await db.SaveChangesAsync();
        return dataset.Id;
    }

    /// <summary>A dataset with a finished run's row.</summary>
    public static async Task<ModelRun> AddRunAsync(TestDatabase database, Guid? datasetId = null, string name = "Spring", RunResults? results = null)
    {
        var run = Finished(datasetId ?? await AddDatasetAsync(database), name, results);
        await using var db = database.Open();
        db.Add(run);
        await db.SaveChangesAsync();
        return run;
    }

    /// <summary>A dataset of invented customers with a finished run's row, through the services of an application.</summary>
    public static Task<ModelRun> AddRunAsync(CampaignApplication application, string name = "Spring") => application.InScopeAsync(async services =>
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers()));
        var taken = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(file, "customers.csv", IntakeOptions.Default with { Confirm = true }, IntakeFixture.Actor);
        var run = Finished(taken.Dataset.Id, name);
        var db = services.GetRequiredService<CampaignDbContext>();
        db.Add(run);
        await db.SaveChangesAsync();
        return run;
    });
}

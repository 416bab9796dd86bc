using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Web.CommandLine;

/// <summary>What must be the same when a training is done again.</summary>
/// <param name="ModelHashes">SHA-256 of every model file by its name.</param>
/// <param name="LogOdds">Out of fold, one a row.</param>
public sealed record TrainingOutcome(IReadOnlyDictionary<string, string> ModelHashes, double[] LogOdds)
{
    /// <summary>The first difference from another training, in words; null where models and scores are the same.</summary>
    public string? DifferenceFrom(TrainingOutcome other)
    {
        var files = ModelHashes.Keys.Union(other.ModelHashes.Keys).Order(StringComparer.Ordinal);
        if (files.FirstOrDefault(file => ModelHashes.GetValueOrDefault(file) != other.ModelHashes.GetValueOrDefault(file)) is { } differing)
        {
            return $"the bytes of {differing} differ";
        }

        // Bit for bit: an equal number that was computed otherwise is luck.
        var row = LogOdds.Length == other.LogOdds.Length
            ? Enumerable.Range(0, LogOdds.Length).FirstOrDefault(row => BitConverter.DoubleToInt64Bits(LogOdds[row]) != BitConverter.DoubleToInt64Bits(other.LogOdds[row]), -1)
            : Math.Min(LogOdds.Length, other.LogOdds.Length);
        return row < 0 ? null : $"the score of row {row + 1} differs";
    }
}

/// <summary>
/// The whole way again, from the file to models and scores, in a data folder of its own that is removed, with another number of threads:
/// only what the file, the settings and the seed decide can come out the same.
/// </summary>
public static class Reproduction
{
    public static int OtherThreadCount(int threadCount) => threadCount == 1 ? 2 : threadCount - 1;

    public static TrainingOutcome OutcomeOf(ModelRunCatalog catalog, Guid runId) =>
        new(ModelPackage.ReadManifest(catalog.PackageFolder(runId)).ModelHashes, catalog.LoadScores(runId).LogOdds.ToArray());

    public static async Task<TrainingOutcome> TrainAgainAsync(MainJobRequest request, IProgress<JobReport> progress, CancellationToken cancellation)
    {
        await using var place = await WorkPlace.OpenAsync(null, OtherThreadCount(request.ThreadCount), cancellation);
        await using var scope = place.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            request.File, new IntakeOptions(request.Roles, request.SkipBadRows, Confirm: true, request.Reading), Actor.CommandLine, cancellation);
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id, cancellation))!;
        var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, request.Training(dataset), Actor.CommandLine, cancellation);
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id, progress, cancellation);
        return OutcomeOf(services.GetRequiredService<ModelRunCatalog>(), job.SubjectId);
    }
}

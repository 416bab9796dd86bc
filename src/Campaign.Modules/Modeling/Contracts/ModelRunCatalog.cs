using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Calibration;
using Campaign.Learning.Columns;
using Campaign.Learning.Explanations;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>A model run as pages and other modules see it.</summary>
/// <param name="PromiseKind">As asked for.</param>
/// <param name="Results">Null until the training is done.</param>
/// <param name="Threshold">The threshold in force; null until the training is done.</param>
/// <param name="Promise">Null where the threshold was set by budget or by hand.</param>
/// <param name="CompletedUtc">Null until the training is done.</param>
/// <param name="Version">Counts edits; a form keeps the number that it was opened with.</param>
public sealed record ModelRunSummary(
    Guid Id, string Name, Guid DatasetId, string Fingerprint, int Seed, bool Quick, double RecallFloor, double Confidence,
    PromiseKind PromiseKind, int TrialCount, double? SearchMinutes, RunResults? Results, OperatingThreshold? Threshold, ThresholdRule? ThresholdRule, RecallPromise? Promise,
    string CreatedByName, DateTime CreatedUtc, DateTime? CompletedUtc, int Version)
{
    /// <summary>What a person expects a contact to bring and to cost; null where nobody has said.</summary>
    public RunMoney? Money { get; init; }

    /// <summary>The id of the person who asked for the training, as <see cref="Actor.Id"/>.</summary>
    public string CreatedById { get; init; } = "";

    /// <summary>How the threshold in force was chosen, with what its promise rests on.</summary>
    public string ThresholdInWords => this switch
    {
        { Threshold: null } => "no threshold is set",
        { Promise: { } promise } =>
            $"finds at least {InWords.ShortPercent(promise.Recall)} of the affluents, {InWords.ShortPercent(promise.Confidence)} sure: " +
            $"{InWords.Count(promise.Kept)} of {InWords.Count(promise.KnownAffluent)} known affluents" +
            $"{(promise.Kind == PromiseKind.Exact ? " held out of training" : "")} are at or above it ({promise.Kind.ToString().ToLowerInvariant()} promise)",
        { ThresholdRule: Learning.Thresholds.ThresholdRule.Budget } => "chosen to fit a number of customers to contact",
        _ => "set by hand",
    };

    /// <summary>What a promise of this run rests on, and what breaks it; plain sentences.</summary>
    public IReadOnlyList<string> PromiseRestsOn =>
    [
        PromiseKind == PromiseKind.Exact
            ? $"Exact: {InWords.Count(Results?.HeldOutCustomers ?? 0, "customer")} drawn at random were held out of all training and scored by the final model. "
                + "For that model, on new files and on those customers, the statement is a theorem (Clopper-Pearson); the other customers of this file have out-of-fold scores, for which it is conservative by experience."
            : "Tight: all known affluents count, each scored by models that never saw that customer (out of fold). That several models share training customers is not in the theorem, "
                + "so the statement is conservative by experience: for this list and for the final model on new files.",
        "It speaks of affluents like those recorded. It breaks where hidden affluents are less obvious than the recorded ones, where the recorded class changes its meaning, and on a file of another time or of other customers.",
    ];
}

/// <summary>The door to the model runs: look one up, open its out-of-fold scores and its threshold curve.</summary>
public sealed class ModelRunCatalog(CampaignDbContext db, FileStore files, WorkThreads threads, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    public const string CurveFileName = "threshold-curve.json";
    public const string ExpectedAffluentsFileName = "expected-affluents.json";
    public const string RobustnessFileName = "robustness.json";
    public const string PackageFolderName = "model";

    /// <summary>In a run's folder: what each column was for when the run was trained; the dataset's may change afterwards.</summary>
    public const string ColumnsFileName = "columns.json";

    public async Task<ModelRunSummary?> FindAsync(Guid runId, CancellationToken cancellation = default)
    {
        var run = await db.Set<ModelRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == runId, cancellation);
        return run is null ? null : Summarise(run);
    }

    /// <summary>The newest runs, done or not.</summary>
    public async Task<IReadOnlyList<ModelRunSummary>> NewestAsync(int count, CancellationToken cancellation = default)
    {
        var runs = await db.Set<ModelRun>().AsNoTracking().OrderByDescending(run => run.CreatedUtc).Take(count).ToListAsync(cancellation);
        return [.. runs.Select(Summarise)];
    }

    /// <summary>The runs with these ids that are there, in the order of the ids.</summary>
    public async Task<IReadOnlyList<ModelRunSummary>> FindAllAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation = default)
    {
        var runs = await db.Set<ModelRun>().AsNoTracking().Where(run => ids.Contains(run.Id)).ToListAsync(cancellation);
        return [.. runs.OrderBy(run => ids.ToList().IndexOf(run.Id)).Select(Summarise)];
    }

    /// <summary>All runs of a dataset, the newest first.</summary>
    public async Task<IReadOnlyList<ModelRunSummary>> OfDatasetAsync(Guid datasetId, CancellationToken cancellation = default)
    {
        var runs = await db.Set<ModelRun>().AsNoTracking().Where(run => run.DatasetId == datasetId).OrderByDescending(run => run.CreatedUtc).ToListAsync(cancellation);
        return [.. runs.Select(Summarise)];
    }

    /// <summary>The out-of-fold scores of every row of a finished run.</summary>
    public OutOfFoldScores LoadScores(Guid runId) => OutOfFoldScoresFile.Load(Path.Combine(files.RunFolder(runId), OutOfFoldScoresFile.FileName));

    /// <summary>The cross-fitted probability of every row of a finished run; null where a version made it that had none.</summary>
    public double[]? LoadProbabilities(Guid runId)
    {
        var path = Path.Combine(files.RunFolder(runId), ProbabilitiesFile.FileName);
        return File.Exists(path) ? ProbabilitiesFile.Load(path) : null;
    }

    /// <summary>How a finished run bears spoilt columns; null where it was not measured.</summary>
    public async Task<RunRobustness?> ReadRobustnessAsync(Guid runId, CancellationToken cancellation = default)
    {
        var path = Path.Combine(files.RunFolder(runId), RobustnessFileName);
        if (!File.Exists(path))
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<RunRobustness>(file, RunResults.Json, cancellation);
    }

    /// <summary>The threshold curve of a finished run.</summary>
    public Task<ThresholdCurve> ReadCurveAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<ThresholdCurve>(runId, CurveFileName, cancellation);

    /// <summary>What each column was for when a finished run was trained.</summary>
    public Task<ColumnRoles> ReadColumnsAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<ColumnRoles>(runId, ColumnsFileName, cancellation);

    /// <summary>
    /// How many affluents are expected among the customers of each point of a finished run's threshold curve; null where the known affluents
    /// were too few to estimate how many are hidden.
    /// </summary>
    public Task<ExpectedAffluents?> ReadExpectedAffluentsAsync(Guid runId, CancellationToken cancellation = default) =>
        ReadIfThereAsync<ExpectedAffluents>(runId, ExpectedAffluentsFileName, cancellation);

    /// <summary>How much each column matters to a finished run's models; null where the run is of a version that did not work it out.</summary>
    public Task<GlobalImportance?> ReadImportanceAsync(Guid runId, CancellationToken cancellation = default) =>
        ReadIfThereAsync<GlobalImportance>(runId, GlobalImportance.FileName, cancellation);

    /// <summary>The package that scores new files; the caller disposes.</summary>
    public ModelPackage OpenPackage(Guid runId) => ModelPackage.Open(PackageFolder(runId));

    public string PackageFolder(Guid runId) => FileOf(runId, PackageFolderName);

    /// <summary>Where a finished run keeps a file: <see cref="CurveFileName"/>, <see cref="ColumnsFileName"/>.</summary>
    public string FileOf(Guid runId, string fileName) => Path.Combine(files.RunFolder(runId), fileName);

    /// <summary>The words that people find a run by, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(Guid runId, CancellationToken cancellation = default) =>
        await db.Set<RunTag>().AsNoTracking().Where(tag => tag.ModelRunId == runId).OrderBy(tag => tag.Tag).Select(tag => tag.Tag).ToListAsync(cancellation);

    /// <summary>The reasons of rows of a finished run's dataset, by the models that did not see their customers.</summary>
    /// <param name="table">The run's dataset.</param>
    /// <param name="rows">Row numbers from 0, in the order of the results.</param>
    public IEnumerable<RowReasons> Explain(
        Guid runId, ColumnTable table, ColumnRoles roles, OutOfFoldScores scores, IReadOnlyList<int> rows,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var package = OpenPackage(runId);
        var features = FeaturesOf(package, table);
        var comparisons = ComparisonsOf(runId, features, table, roles);
        using var models = package.LoadModels();
        foreach (var reasons in Explainer.Explain(features, scores, models, comparisons, rows, threads.Count, progress, cancellation))
        {
            yield return reasons;
        }
    }

    private async Task<T> ReadAsync<T>(Guid runId, string fileName, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(FileOf(runId, fileName));
        return await JsonSerializer.DeserializeAsync<T>(file, JsonSerializerOptions.Web, cancellation) ?? throw new InvalidDataException($"{fileName} holds nothing.");
    }

    private async Task<T?> ReadIfThereAsync<T>(Guid runId, string fileName, CancellationToken cancellation)
        where T : class => File.Exists(FileOf(runId, fileName)) ? await ReadAsync<T>(runId, fileName, cancellation) : null;

    /// <summary>The features of a run's models, of its own dataset; as in a new file, because the dataset's columns may have been read anew since.</summary>
    /// <exception cref="RefusedException">They were, and a number or date of the models is now something else.</exception>
    internal static FeatureSource FeaturesOf(ModelPackage package, ColumnTable table) =>
        FeatureSource.ForScoring(table, package.Manifest.Features, package.Manifest.ReferenceDay);

    /// <summary>Neither a run nor its dataset changes, so the comparisons of those looked at lately are kept.</summary>
    internal IReadOnlyList<ColumnComparison> ComparisonsOf(Guid runId, FeatureSource features, ColumnTable table, ColumnRoles roles)
    {
        var key = (typeof(ColumnComparison), runId);
        if (cache.TryGetValue<IReadOnlyList<ColumnComparison>>(key, out var kept) && kept is not null)
        {
            return kept;
        }

        var comparisons = ColumnComparison.ForAll(features, DatasetCatalog.ReadClasses(table, roles.Label, roles.AffluentValue), threads.Count);
        return cache.Set(key, comparisons, new MemoryCacheEntryOptions { SlidingExpiration = KeptFor });
    }

    private static ModelRunSummary Summarise(ModelRun run) => new(
        run.Id, run.Name, run.DatasetId, run.Fingerprint, run.Seed, run.Quick, run.RecallFloor, run.Confidence, run.PromiseKind, run.TrialCount, run.SearchMinutes,
        run.ResultsJson is null ? null : JsonSerializer.Deserialize<RunResults>(run.ResultsJson, RunResults.Json),
        run.Threshold is { } score ? new OperatingThreshold(score) : null,
        run.ThresholdRule,
        run.PromiseJson is null ? null : JsonSerializer.Deserialize<RecallPromise>(run.PromiseJson, JsonSerializerOptions.Web),
        run.CreatedByName, run.CreatedUtc, run.CompletedUtc, run.Version)
    {
        Money = run.MoneyJson is null ? null : JsonSerializer.Deserialize<RunMoney>(run.MoneyJson, JsonSerializerOptions.Web),
        CreatedById = run.CreatedById,
    };
}

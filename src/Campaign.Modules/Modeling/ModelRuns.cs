using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Modeling;

/// <summary>What a person asks of a training.</summary>
/// <param name="RecallFloor">Above 0 and below 1.</param>
/// <param name="Confidence">Above 0 and below 1.</param>
/// <param name="Quick">Boosted trees alone, one repeat, no search.</param>
/// <param name="PromiseKind">An exact promise holds <see cref="ModelRuns.HeldOutShare"/> of the customers out of training.</param>
/// <param name="TrialCount">Of the search for settings, 0 to <see cref="ModelRuns.MostTrials"/>; null for what suits the file's size.</param>
/// <param name="SearchMinutes">No trial is begun after so many minutes; null for no limit.</param>
public sealed record TrainingRequest(
    string Name, double RecallFloor, double Confidence, int Seed, bool Quick,
    PromiseKind PromiseKind = PromiseKind.Tight, int? TrialCount = null, double? SearchMinutes = null);

/// <summary>A model run on the list of runs.</summary>
/// <param name="FileName">Of its dataset.</param>
/// <param name="Results">Null until the training is done.</param>
/// <param name="Tags">In the order of the alphabet.</param>
public sealed record ModelRunRow(
    Guid Id, string Name, Guid DatasetId, string FileName, JobState State, RunResults? Results, double? Threshold, IReadOnlyList<string> Tags, int NoteCount,
    string CreatedByName, DateTime CreatedUtc);

/// <summary>How the list of runs is ordered. Runs without the figure come last, equals the newest first.</summary>
public enum RunOrder
{
    Newest,
    Name,

    /// <summary>The highest first.</summary>
    Auc,

    /// <summary>The highest first.</summary>
    AveragePrecision,

    /// <summary>The shortest list that keeps the promise first.</summary>
    ListSize,
}

/// <summary>Which runs are listed.</summary>
/// <param name="DatasetId">Null for those of every dataset.</param>
/// <param name="Tag">Null for those with any tag and with none.</param>
public sealed record RunFilter(Guid? DatasetId = null, string? Tag = null, RunOrder Order = RunOrder.Newest);

/// <summary>Model runs as people ask for them and follow them.</summary>
public sealed class ModelRuns(CampaignDbContext db, DatasetCatalog datasets, DatasetQuality quality, JobQueue jobs, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The kind of the job that trains a run.</summary>
    public const string JobKind = "train-model";

    /// <summary>Of the customers, where the promise is to be exact.</summary>
    public const double HeldOutShare = 0.3;

    public const int MostTrials = 100;

    /// <summary>The search of a full run, unless the person asks for another.</summary>
    private const int UsualTrials = 10;

    /// <summary>Above, a search is made only when asked for: a trial takes as long as it gains.</summary>
    private const int MostRowsOfUsualSearch = 100_000;

    /// <summary>As <see cref="AddAsync"/>, then lets the job start. A crash in between leaves a job that starts later.</summary>
    public async Task<Guid> QueueAsync(DatasetSummary dataset, TrainingRequest request, Actor actor, CancellationToken cancellation)
    {
        var job = await AddAsync(dataset, request, actor, cancellation);
        await jobs.ScheduleAsync(job.Id, cancellation);
        return job.SubjectId;
    }

    /// <summary>Saves the queued run, its job and the audit entry together; the caller lets the job run.</summary>
    /// <returns>The job, whose subject is the run.</returns>
    /// <exception cref="RefusedException">The dataset's columns are not confirmed, its checks block it, it is deleted, or the promise is out of range.</exception>
    public async Task<JobRecord> AddAsync(DatasetSummary dataset, TrainingRequest request, Actor actor, CancellationToken cancellation)
    {
        if (!dataset.ColumnsConfirmed)
        {
            throw new RefusedException("Confirm the file's columns first: training needs to know what each of them is for.");
        }

        if (dataset.DeletedUtc is not null)
        {
            throw new RefusedException("The customer file was deleted. Upload it again to train on it.");
        }

        if (await quality.BlockingAsync(dataset.Id, cancellation) is { Count: > 0 } blocking)
        {
            throw new RefusedException(blocking[0]);
        }

        if (request.RecallFloor is not (> 0 and < 1) || request.Confidence is not (> 0 and < 1))
        {
            throw new RefusedException("The recall and the confidence of the promise must each lie between 0 and 100 %.");
        }

        if (request.TrialCount is < 0 or > MostTrials || request.SearchMinutes <= 0)
        {
            throw new RefusedException($"The search takes 0 to {MostTrials} trials, and its time limit must be above 0 minutes.");
        }

        var run = new ModelRun
        {
            Id = Guid.CreateVersion7(),
            DatasetId = dataset.Id,
            Fingerprint = dataset.Fingerprint,
            Name = request.Name,
            Seed = request.Seed,
            Quick = request.Quick,
            RecallFloor = request.RecallFloor,
            Confidence = request.Confidence,
            PromiseKind = request.PromiseKind,
            TrialCount = request.Quick ? 0 : request.TrialCount ?? (dataset.RowCount <= MostRowsOfUsualSearch ? UsualTrials : 0),
            SearchMinutes = request.SearchMinutes,
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
            CreatedUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(run);
        var job = jobs.Add(db, JobKind, run.Id, actor);
        trail.Append(db, actor, AuditActions.TrainingQueued, $"run:{run.Id}", new
        {
            run.DatasetId,
            run.Fingerprint,
            run.RecallFloor,
            run.Confidence,
            run.PromiseKind,
            run.Seed,
            run.Quick,
            run.TrialCount,
            run.SearchMinutes,
        });
        await db.SaveChangesAsync(cancellation);
        return job;
    }

    /// <summary>The runs that the filter lets through, in its order.</summary>
    public async Task<IReadOnlyList<ModelRunRow>> ListAsync(RunFilter filter, CancellationToken cancellation)
    {
        var runs = await db.Set<ModelRun>().AsNoTracking()
            .Where(run => filter.DatasetId == null || run.DatasetId == filter.DatasetId)
            .Where(run => filter.Tag == null || db.Set<RunTag>().Any(tag => tag.ModelRunId == run.Id && tag.Tag == filter.Tag))
            .OrderByDescending(run => run.CreatedUtc).ThenBy(run => run.Id)
            .ToListAsync(cancellation);
        var states = await db.Jobs.AsNoTracking().Where(job => job.Kind == JobKind).Select(job => new { job.SubjectId, job.State, job.CreatedUtc }).ToListAsync(cancellation);
        var latest = states.GroupBy(job => job.SubjectId).ToDictionary(group => group.Key, group => group.MaxBy(job => job.CreatedUtc)!.State);
        var tags = (await db.Set<RunTag>().AsNoTracking().OrderBy(tag => tag.Tag).ToListAsync(cancellation)).ToLookup(tag => tag.ModelRunId, tag => tag.Tag);
        var notes = await db.Set<RunNote>().AsNoTracking().GroupBy(note => note.ModelRunId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var names = await datasets.NamesAsync([.. runs.Select(run => run.DatasetId).Distinct()], cancellation);
        var rows = runs.Select(run => new ModelRunRow(
            run.Id, run.Name, run.DatasetId, names.GetValueOrDefault(run.DatasetId, ""),
            run.CompletedUtc is null ? latest.GetValueOrDefault(run.Id, JobState.Queued) : JobState.Done,
            ResultsOf(run), run.Threshold, [.. tags[run.Id]], notes.GetValueOrDefault(run.Id), run.CreatedByName, run.CreatedUtc));
        return
        [
            .. filter.Order switch
            {
                RunOrder.Name => rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase),
                RunOrder.Auc => rows.OrderByDescending(row => row.Results?.Auc ?? double.NegativeInfinity),
                RunOrder.AveragePrecision => rows.OrderByDescending(row => row.Results?.AveragePrecision ?? double.NegativeInfinity),
                RunOrder.ListSize => rows.OrderBy(row => row.Results?.ListSizeAtPromise ?? int.MaxValue),
                _ => rows,
            },
        ];
    }

    /// <summary>The datasets that runs were trained on: id and file name, in the order of the names.</summary>
    public async Task<IReadOnlyList<KeyValuePair<Guid, string>>> DatasetsAsync(CancellationToken cancellation)
    {
        var ids = await db.Set<ModelRun>().AsNoTracking().Select(run => run.DatasetId).Distinct().ToListAsync(cancellation);
        return [.. (await datasets.NamesAsync(ids, cancellation)).OrderBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase).ThenBy(pair => pair.Key)];
    }

    /// <summary>The latest training job of a run; null where it was made without one (from the command line).</summary>
    public Task<JobRecord?> FindJobAsync(Guid runId, CancellationToken cancellation) =>
        db.Jobs.AsNoTracking().Where(job => job.SubjectId == runId && job.Kind == JobKind).OrderByDescending(job => job.CreatedUtc).FirstOrDefaultAsync(cancellation);

    private static RunResults? ResultsOf(ModelRun run) =>
        run.ResultsJson is null ? null : JsonSerializer.Deserialize<RunResults>(run.ResultsJson, JsonSerializerOptions.Web);
}

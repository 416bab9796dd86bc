using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>What a person asks of a target list.</summary>
/// <param name="ValidDays">1 to <see cref="ListFacts.LongestValidDays"/>: the list expires at the end of the day so many days from now.</param>
/// <param name="CopiedFromId">The list whose definition was taken over; null for none.</param>
public sealed record ListRequest(string Name, string Purpose, ListDefinition Definition, int ValidDays = ListFacts.DefaultValidDays, Guid? CopiedFromId = null);

/// <summary>A target list on the list of lists.</summary>
/// <param name="Counts">Null until the list is built.</param>
public sealed record TargetListRow(TargetList List, JobState State, ListCounts? Counts);

/// <summary>Target lists as people ask for them and follow them.</summary>
public sealed class TargetListRegister(CampaignDbContext db, SegmentCatalog segments, JobQueue jobs, AuditTrail trail, TimeProvider clock)
{
    /// <summary>As <see cref="AddAsync"/>, then lets the job start. A crash in between leaves a job that starts later.</summary>
    public async Task<Guid> QueueAsync(ModelRunSummary run, ListRequest request, Actor actor, CancellationToken cancellation)
    {
        var job = await AddAsync(run, request, actor, cancellation);
        await jobs.ScheduleAsync(job.Id, cancellation);
        return job.SubjectId;
    }

    /// <summary>Saves the list, its job and the audit entry together; the caller lets the job run. The threshold is the run's at this moment.</summary>
    /// <returns>The job, whose subject is the list.</returns>
    /// <exception cref="RefusedException">The run is not done, or a choice is out of range.</exception>
    public async Task<JobRecord> AddAsync(ModelRunSummary run, ListRequest request, Actor actor, CancellationToken cancellation)
    {
        if (run.Threshold is not { } threshold)
        {
            throw new RefusedException("This model run has no cut-off yet: wait until its training is done.");
        }

        Check(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var list = new TargetList
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = run.Id,
            Name = request.Name,
            Purpose = request.Purpose,
            Threshold = threshold.Score,
            DefinitionJson = request.Definition.ToJson(),
            CopiedFromId = request.CopiedFromId,
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
            CreatedUtc = now,
            ValidUntilUtc = LastMoment(now, request.ValidDays),
        };
        db.Add(list);
        await segments.UseAsync(request.Definition.SegmentIds, list.Id, cancellation);
        db.Add(ListHistory.Entry(list, ListAct.Made, null, "", actor, now));
        var job = jobs.Add(db, BuildTargetListJob.JobKind, list.Id, actor);
        trail.Append(db, actor, AuditActions.ListRequested, Subject(list.Id), new { list.ModelRunId, list.Threshold, list.CopiedFromId, list.ValidUntilUtc, definition = request.Definition });
        await db.SaveChangesAsync(cancellation);
        return job;
    }

    /// <summary>Changes what a draft asks and builds it anew, by the run's threshold at this moment; the caller lets the job run.</summary>
    /// <param name="seenVersion">The list's <see cref="TargetList.Version"/> when the person opened the page.</param>
    /// <exception cref="RefusedException">It is no draft, is being built, somebody else changed it meanwhile, or a choice is out of range.</exception>
    public async Task<JobRecord> EditAsync(Guid listId, int seenVersion, ModelRunSummary run, ListRequest request, Actor actor, CancellationToken cancellation)
    {
        Check(request);
        var list = await db.Set<TargetList>().SingleOrDefaultAsync(one => one.Id == listId, cancellation);
        if (list is null || list.Version != seenVersion)
        {
            throw ListHistory.ChangedMeanwhile();
        }

        if (list.Stage != ListStage.Draft || run.Threshold is not { } threshold)
        {
            throw new RefusedException("Only a draft can be changed: withdraw this list and make a copy of it, or have it sent back first.");
        }

        if (await FindJobAsync(listId, cancellation) is { HasEnded: false })
        {
            throw new RefusedException("The list is being made at this moment. Wait until that is done, then change it.");
        }

        var before = list.Definition;
        var now = clock.GetUtcNow().UtcDateTime;
        list.Name = request.Name;
        list.Purpose = request.Purpose;
        list.Threshold = threshold.Score;
        list.DefinitionJson = request.Definition.ToJson();
        list.ValidUntilUtc = LastMoment(now, request.ValidDays);
        list.EditedById = actor.Id;
        list.EditedByName = actor.Name;
        (list.CountsJson, list.MembersHash, list.WorkbookHash, list.CallersWorkbookHash) = (null, null, null, null);
        list.Version++;
        await segments.UseAsync(request.Definition.SegmentIds, list.Id, cancellation);
        db.Add(ListHistory.Entry(list, ListAct.Edited, ListStage.Draft, "", actor, now));
        var job = jobs.Add(db, BuildTargetListJob.JobKind, list.Id, actor);
        trail.Append(db, actor, AuditActions.ListEdited, Subject(listId), new { list.Version, list.Threshold, list.ValidUntilUtc, before, after = request.Definition });
        await ListHistory.SavingAsync(db, list, () => db.SaveChangesAsync(cancellation));
        return job;
    }

    /// <summary>As <see cref="EditAsync"/>, then lets the job start.</summary>
    public async Task QueueEditAsync(Guid listId, int seenVersion, ModelRunSummary run, ListRequest request, Actor actor, CancellationToken cancellation) =>
        await jobs.ScheduleAsync((await EditAsync(listId, seenVersion, run, request, actor, cancellation)).Id, cancellation);

    public Task<TargetList?> FindAsync(Guid listId, CancellationToken cancellation) =>
        db.Set<TargetList>().AsNoTracking().SingleOrDefaultAsync(list => list.Id == listId, cancellation);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<TargetListRow>> ListAsync(CancellationToken cancellation)
    {
        var lists = await db.Set<TargetList>().AsNoTracking().OrderByDescending(list => list.CreatedUtc).ToListAsync(cancellation);
        var states = (await db.Jobs.AsNoTracking().Where(job => job.Kind == BuildTargetListJob.JobKind).ToListAsync(cancellation))
            .GroupBy(job => job.SubjectId).ToDictionary(jobs => jobs.Key, jobs => jobs.MaxBy(job => job.CreatedUtc)!.State);
        return [.. lists.Select(list => new TargetListRow(
            list, states.GetValueOrDefault(list.Id, JobState.Done), ReadCounts(list)))];
    }

    /// <summary>The latest job that makes this list.</summary>
    public Task<JobRecord?> FindJobAsync(Guid listId, CancellationToken cancellation) =>
        db.Jobs.AsNoTracking().Where(job => job.SubjectId == listId && job.Kind == BuildTargetListJob.JobKind)
            .OrderByDescending(job => job.CreatedUtc).ThenByDescending(job => job.Id).FirstOrDefaultAsync(cancellation);

    public static ListCounts? ReadCounts(TargetList list) =>
        list.CountsJson is null ? null : JsonSerializer.Deserialize<ListCounts>(list.CountsJson, JsonSerializerOptions.Web);

    private static string Subject(Guid listId) => $"list:{listId}";

    private static void Check(ListRequest request)
    {
        TargetListBuilder.Check(request.Definition);
        if (request.ValidDays is < 1 or > ListFacts.LongestValidDays)
        {
            throw new RefusedException($"A list is good for 1 to {ListFacts.LongestValidDays} days.");
        }
    }

    private static DateTime LastMoment(DateTime now, int days) => now.Date.AddDays(days + 1).AddTicks(-1);
}

using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>What a person asks of a target list.</summary>
/// <param name="Budget">At most so many customers to contact, 1 or more; null for all.</param>
/// <param name="ControlShare">0 to below 1.</param>
public sealed record ListRequest(string Name, string Purpose, int? Budget, double ControlShare, int Seed);

/// <summary>A target list on the list of lists.</summary>
/// <param name="Counts">Null until the list is built.</param>
public sealed record TargetListRow(Guid Id, string Name, JobState State, ListCounts? Counts, string CreatedByName, DateTime CreatedUtc, DateTime ValidUntilUtc);

/// <summary>Target lists as people ask for them and follow them.</summary>
public sealed class TargetListRegister(CampaignDbContext db, JobQueue jobs, AuditTrail trail, TimeProvider clock)
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

        if (request.Budget < 1 || request.ControlShare is not (>= 0 and < 1))
        {
            throw new RefusedException("The budget must be at least 1 customer, and the control share at least 0 and below 100 %.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var list = new TargetList
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = run.Id,
            Name = request.Name,
            Purpose = request.Purpose,
            Threshold = threshold.Score,
            Budget = request.Budget,
            ControlShare = request.ControlShare,
            Seed = request.Seed,
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
            CreatedUtc = now,
            ValidUntilUtc = now.AddDays(ListFacts.DefaultValidDays),
        };
        db.Add(list);
        var job = jobs.Add(db, BuildTargetListJob.JobKind, list.Id, actor);
        trail.Append(db, actor, AuditActions.ListRequested, $"list:{list.Id}", new { list.ModelRunId, list.Threshold, list.Budget, list.ControlShare, list.Seed });
        await db.SaveChangesAsync(cancellation);
        return job;
    }

    public Task<TargetList?> FindAsync(Guid listId, CancellationToken cancellation) =>
        db.Set<TargetList>().AsNoTracking().SingleOrDefaultAsync(list => list.Id == listId, cancellation);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<TargetListRow>> ListAsync(CancellationToken cancellation)
    {
        var lists = await db.Set<TargetList>().AsNoTracking().OrderByDescending(list => list.CreatedUtc).ToListAsync(cancellation);
        var states = await db.Jobs.AsNoTracking().Where(job => job.Kind == BuildTargetListJob.JobKind).ToDictionaryAsync(job => job.SubjectId, job => job.State, cancellation);
        return [.. lists.Select(list => new TargetListRow(
            list.Id, list.Name, states.GetValueOrDefault(list.Id, JobState.Done), ReadCounts(list), list.CreatedByName, list.CreatedUtc, list.ValidUntilUtc))];
    }

    public Task<JobRecord?> FindJobAsync(Guid listId, CancellationToken cancellation) =>
        db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.SubjectId == listId && job.Kind == BuildTargetListJob.JobKind, cancellation);

    public static ListCounts? ReadCounts(TargetList list) =>
        list.CountsJson is null ? null : JsonSerializer.Deserialize<ListCounts>(list.CountsJson, JsonSerializerOptions.Web);
}

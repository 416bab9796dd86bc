using Campaign.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Campaign.Modules.Platform;

/// <summary>Where a job stands: what it is doing and the share done, 0 to 1 over the whole job.</summary>
public sealed record JobReport(string Stage, double ShareDone);

/// <summary>
/// Runs one job row: claims it, runs its <see cref="ICampaignJob"/> in a scope of its own, writes progress, watches for a cancel request,
/// and gives it exactly one end state.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, AuditTrail trail, TimeProvider clock, ILogger<JobRunner> log)
{
    /// <summary>A job that takes the process down with it is not started for ever.</summary>
    internal const int MaxStartCount = 3;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SeenInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs it here and now, without the scheduler, and throws what it throws once the end state is saved: a <see cref="RefusedException"/>
    /// for what a person can mend, <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    /// <param name="progress">Told of every report, not only of those that are saved.</param>
    public Task RunNowAsync(Guid jobId, IProgress<JobReport>? progress = null, CancellationToken cancellation = default) =>
        RunAsync(jobId, progress, isQueued: false, cancellation);

    /// <summary>For the scheduler: never throws for the job's own failure. A stop of the process puts the job back in the queue.</summary>
    internal async Task RunQueuedAsync(Guid jobId, CancellationToken stop)
    {
        try
        {
            await RunAsync(jobId, null, isQueued: true, stop);
        }
        catch (Exception exception) when (exception is RefusedException or OperationCanceledException or JobFaultException)
        {
            // Told in the row and, for a fault, in the log.
        }
    }

    private async Task RunAsync(Guid jobId, IProgress<JobReport>? progress, bool isQueued, CancellationToken stop)
    {
        var job = await ClaimAsync(jobId);
        if (job is null)
        {
            return;
        }

        if (job.StartCount > MaxStartCount)
        {
            await EndAsync(job, JobState.Failed, $"It was interrupted {MaxStartCount} times and is not started again. Look at the memory and disk of the machine, then start a new one.");
            return;
        }

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var ended = new CancellationTokenSource();
        var running = new RunningJob(job, progress);
        var watch = WatchAsync(running, cancel, ended.Token);
        Exception? failure = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = scope.ServiceProvider.GetServices<ICampaignJob>().Single(candidate => candidate.Kind == job.Kind);
            await Task.Run(() => work.RunAsync(running, cancel.Token), CancellationToken.None);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        await ended.CancelAsync();
        await watch;
        switch (failure)
        {
            case null:
                await EndAsync(job, JobState.Done, null);
                break;
            case OperationCanceledException when isQueued && stop.IsCancellationRequested && !running.IsCancelRequested:
                await ReleaseAsync(jobId);
                throw failure;
            case OperationCanceledException when cancel.IsCancellationRequested:
                await EndAsync(job, JobState.Cancelled, null);
                throw failure;
            case not null when DiskSpace.IsFull(failure):
                await EndAsync(job, JobState.Failed, DiskSpace.Refusal().Message);
                throw DiskSpace.Refusal();
            case RefusedException refused:
                await EndAsync(job, JobState.Failed, refused.Message);
                throw refused;
            default:
                var reference = Fault.NewReference();
                log.LogError("Job {JobId} of kind {Kind} failed, reference {Reference}: {Fault}", jobId, job.Kind, reference, Fault.Describe(failure));
                await EndAsync(job, JobState.Failed, Fault.Sentence(reference));
                throw new JobFaultException(Fault.Sentence(reference), failure);
        }
    }

    /// <summary>Null where the job has ended: a recovered job may have ended just before the crash.</summary>
    private async Task<JobRecord?> ClaimAsync(Guid jobId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        var claimed = await Open(db, jobId).ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, JobState.Running)
            .SetProperty(job => job.Stage, "Starting")
            .SetProperty(job => job.ShareDone, 0)
            .SetProperty(job => job.StartedUtc, now)
            .SetProperty(job => job.SeenUtc, now)
            .SetProperty(job => job.StartCount, job => job.StartCount + 1));
        return claimed == 0 ? null : await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId);
    }

    /// <summary>Twice a second: writes progress if there is some, and looks whether someone, in whatever process, wants the job to stop.</summary>
    private async Task WatchAsync(RunningJob running, CancellationTokenSource cancel, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        var written = new JobReport("Starting", 0);
        var seen = clock.GetTimestamp();
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using (var scope = scopes.CreateAsyncScope())
                {
                    var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
                    var latest = running.Latest;
                    if (latest != written || clock.GetElapsedTime(seen) >= SeenInterval)
                    {
                        await Open(db, running.JobId).ExecuteUpdateAsync(
                            set => set
                                .SetProperty(job => job.Stage, latest.Stage)
                                .SetProperty(job => job.ShareDone, latest.ShareDone)
                                .SetProperty(job => job.SeenUtc, clock.GetUtcNow().UtcDateTime),
                            ended);
                        written = latest;
                        seen = clock.GetTimestamp();
                    }

                    if (!running.IsCancelRequested
                        && await db.Jobs.Where(job => job.Id == running.JobId).Select(job => job.CancelRequested).SingleAsync(ended))
                    {
                        running.IsCancelRequested = true;
                        await cancel.CancelAsync();
                    }
                }

                await timer.WaitForNextTickAsync(ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                // Progress is a courtesy: a busy database must not end the work.
                log.LogWarning("Progress of job {JobId} could not be written: {Fault}", running.JobId, Fault.Describe(exception));
                await Task.Delay(WatchInterval, CancellationToken.None);
            }
        }
    }

    /// <summary>The end state and its audit entry in one transaction; nothing where the job has ended already.</summary>
    private async Task EndAsync(JobRecord claimed, JobState state, string? reason)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
        var job = await Open(db, claimed.Id).SingleOrDefaultAsync();
        if (job is null)
        {
            return;
        }

        job.State = state;
        job.Reason = reason;
        job.EndedUtc = clock.GetUtcNow().UtcDateTime;
        if (state == JobState.Done)
        {
            job.ShareDone = 1;
        }
        else
        {
            var action = state == JobState.Failed ? AuditActions.JobFailed : AuditActions.JobCancelled;
            trail.Append(db, new Actor(job.ActorId, job.ActorName), action, $"job:{job.Id}", new { job.Kind, job.SubjectId });
        }

        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The row got its one end state from elsewhere between the read and the save.
        }
    }

    private async Task ReleaseAsync(Guid jobId)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Open(scope.ServiceProvider.GetRequiredService<CampaignDbContext>(), jobId).ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, JobState.Queued)
            .SetProperty(job => job.Stage, "Waiting to start again")
            .SetProperty(job => job.ShareDone, 0)
            .SetProperty(job => job.StartCount, job => job.StartCount - 1));
    }

    internal static IQueryable<JobRecord> Open(CampaignDbContext db, Guid jobId) =>
        db.Jobs.Where(job => job.Id == jobId && (job.State == JobState.Queued || job.State == JobState.Running));

    private sealed class RunningJob(JobRecord job, IProgress<JobReport>? progress) : JobContext
    {
        private volatile JobReport _latest = new("Starting", 0);

        public override Guid JobId => job.Id;

        public override Guid SubjectId => job.SubjectId;

        public override Actor Actor { get; } = new(job.ActorId, job.ActorName);

        public JobReport Latest => _latest;

        public volatile bool IsCancelRequested;

        public override void Report(string stage, double share)
        {
            _latest = new(stage, Math.Clamp(share, _latest.ShareDone, 1));
            progress?.Report(_latest);
        }
    }
}

/// <summary>A job failed by a fault of ours. The message is the sentence with the reference; the cause is inside.</summary>
public sealed class JobFaultException(string sentence, Exception cause) : Exception(sentence, cause);

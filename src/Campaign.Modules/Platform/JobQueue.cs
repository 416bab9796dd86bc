using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Campaign.Modules.Platform;

/// <summary>
/// Asks for background work. The row is the truth: it is saved together with what it works on, and only then handed to the scheduler; a
/// row that a crash kept from it is found and handed over by <see cref="JobRecovery"/>.
/// </summary>
public sealed class JobQueue(ISchedulerFactory schedulers, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Adds a queued job to the unit of work; the caller saves, then calls <see cref="ScheduleAsync"/>.</summary>
    public JobRecord Add(CampaignDbContext db, string kind, Guid subjectId, Actor actor)
    {
        var job = new JobRecord
        {
            Id = Guid.NewGuid(),
            Kind = kind,
            SubjectId = subjectId,
            State = JobState.Queued,
            Stage = "Waiting to start",
            ActorId = actor.Id,
            ActorName = actor.Name,
            CreatedUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.Jobs.Add(job);
        return job;
    }

    /// <summary>Hands a saved job to the scheduler, to run as soon as a thread is free. Twice does no harm.</summary>
    public async Task ScheduleAsync(Guid jobId, CancellationToken cancellation = default)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var job = JobBuilder.Create<QueuedJob>().WithIdentity(QueuedJob.KeyOf(jobId)).RequestRecovery().Build();
        try
        {
            await scheduler.ScheduleJob(job, TriggerBuilder.Create().StartNow().Build(), cancellationToken: cancellation);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Handed over already, by recovery or by another process.
        }
    }

    /// <summary>
    /// Asks a job to stop: one that waits ends here, one that runs stops soon, in whichever process it runs. False where it had ended.
    /// </summary>
    public async Task<bool> RequestCancelAsync(CampaignDbContext db, Guid jobId, Actor actor, CancellationToken cancellation = default)
    {
        while (true)
        {
            var job = await db.Jobs.SingleAsync(candidate => candidate.Id == jobId, cancellation);
            if (job.HasEnded)
            {
                return false;
            }

            if (job.State == JobState.Queued)
            {
                job.State = JobState.Cancelled;
                job.EndedUtc = clock.GetUtcNow().UtcDateTime;
            }

            job.CancelRequested = true;
            trail.Append(db, actor, AuditActions.CancelRequested, $"job:{jobId}", new { job.Kind, job.SubjectId });
            try
            {
                await db.SaveChangesAsync(cancellation);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // It started or ended in the meantime: look again.
                db.ChangeTracker.Clear();
            }
        }
    }
}

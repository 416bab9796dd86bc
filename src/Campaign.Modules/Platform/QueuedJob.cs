using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Campaign.Modules.Platform;

/// <summary>What the scheduler runs: the job row whose id is the key.</summary>
[DisallowConcurrentExecution]
internal sealed class QueuedJob(JobRunner runner, IHostApplicationLifetime lifetime) : IJob
{
    private const string Group = "campaign";

    public static JobKey KeyOf(Guid jobId) => new(jobId.ToString("N"), Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await runner.RunQueuedAsync(Guid.ParseExact(context.JobDetail.Key.Name, "N"), stop.Token);
    }
}

/// <summary>
/// Finds jobs whose row says queued or running while the scheduler does not know them (a crash between the two, or a process that is
/// gone) and hands them over again. They restart from the beginning.
/// </summary>
internal sealed class JobRecovery(
    IServiceScopeFactory scopes, ISchedulerFactory schedulers, JobQueue queue, DatabaseChoice database, TimeProvider clock, ILogger<JobRecovery> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Longer than a runner is silent, longer than a request takes from the saved row to the scheduler.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);

        // Nobody else works on an embedded database: at start, whatever is under way is left over.
        var silence = database.IsShared ? Silence : TimeSpan.Zero;
        do
        {
            try
            {
                await HandOverAsync(silence, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning("Looking for left-over jobs failed and is tried again: {Fault}", Fault.Describe(exception));
            }

            silence = Silence;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task HandOverAsync(TimeSpan silence, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
        var scheduler = await schedulers.GetScheduler(cancellation);
        foreach (var jobId in await LeftOver(db, clock.GetUtcNow().UtcDateTime - silence).ToListAsync(cancellation))
        {
            if (!await scheduler.Exists(QueuedJob.KeyOf(jobId), cancellation))
            {
                log.LogInformation("Job {JobId} starts again", jobId.ToString("N", CultureInfo.InvariantCulture));
                await queue.ScheduleAsync(jobId, cancellation);
            }
        }
    }

    internal static IQueryable<Guid> LeftOver(CampaignDbContext db, DateTime silentSinceUtc) => db.Jobs
        .Where(job => (job.State == JobState.Queued && job.CreatedUtc <= silentSinceUtc)
            || (job.State == JobState.Running && job.SeenUtc <= silentSinceUtc))
        .OrderBy(job => job.CreatedUtc)
        .Select(job => job.Id);
}

using Campaign.Migrations;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Campaign.Tests.Support;

/// <summary>A process that runs jobs on a test database, with kinds of jobs of the test's own. Several make a cluster.</summary>
public sealed class JobHost : IAsyncDisposable
{
    private readonly IHost _host;

    private JobHost(IHost host) => _host = host;

    public LogLines Log { get; } = new();

    public IServiceProvider Services => _host.Services;

    /// <param name="runsQueue">With the scheduler; otherwise jobs run only by <see cref="JobRunner.RunNowAsync"/>.</param>
    public static async Task<JobHost> StartAsync(TestDatabase database, IEnumerable<ICampaignJob> kinds, bool runsQueue = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCampaignDatabase(database.Choice);
        builder.Services.AddPlatform(new FileStore(database.Files.Root), database.Choice, new InstallationMode(IsSingleUser: true));
        foreach (var kind in kinds)
        {
            builder.Services.AddSingleton(kind);
        }

        if (runsQueue)
        {
            builder.Services.AddJobWorker();
        }

        var started = new JobHost(builder.Build());
        started.Services.GetRequiredService<ILoggerFactory>().AddProvider(started.Log);
        await started._host.StartAsync();
        return started;
    }

    /// <summary>Saves a queued job without telling the scheduler.</summary>
    public async Task<Guid> AddAsync(string kind) => await InDatabaseAsync(async db =>
    {
        var job = Services.GetRequiredService<JobQueue>().Add(db, kind, Guid.NewGuid(), Actor.CommandLine);
        await db.SaveChangesAsync();
        return job.Id;
    });

    public async Task<Guid> QueueAsync(string kind)
    {
        var id = await AddAsync(kind);
        await Services.GetRequiredService<JobQueue>().ScheduleAsync(id);
        return id;
    }

    public Task<bool> CancelAsync(Guid jobId) =>
        InDatabaseAsync(db => Services.GetRequiredService<JobQueue>().RequestCancelAsync(db, jobId, Actor.CommandLine));

    public Task<JobRecord> FindAsync(Guid jobId) => InDatabaseAsync(db => db.Jobs.AsNoTracking().SingleAsync(job => job.Id == jobId));

    /// <summary>Waits until the row is as wanted; half a minute at most.</summary>
    public async Task<JobRecord> WaitAsync(Guid jobId, Func<JobRecord, bool> isAsWanted)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var job = await FindAsync(jobId);
            if (isAsWanted(job))
            {
                return job;
            }

            await Task.Delay(100);
        }

        var last = await FindAsync(jobId);
        throw new TimeoutException($"The job stayed {last.State} at '{last.Stage}' ({last.ShareDone}).\n{Log.Text}");
    }

    public async Task<T> InDatabaseAsync<T>(Func<CampaignDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CampaignDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>A kind of job that does what the test says.</summary>
public sealed class TestJob(string kind, Func<JobContext, CancellationToken, Task> run) : ICampaignJob
{
    private int _startCount;

    public string Kind => kind;

    public int StartCount => _startCount;

    public Task RunAsync(JobContext job, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _startCount);
        return run(job, cancellation);
    }

    /// <summary>Works until it is cancelled.</summary>
    public static TestJob Endless(string kind = "endless") => new(kind, (job, cancellation) =>
    {
        job.Report("Working", 0.5);
        return Task.Delay(Timeout.Infinite, cancellation);
    });
}

using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class JobRecoveryTests
{
    [Fact]
    public async Task A_job_that_never_reached_the_scheduler_starts_with_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var before = await JobHost.StartAsync(database, [], runsQueue: false);
        var id = await before.AddAsync("work");

        await using var host = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => Task.CompletedTask)]);

        Assert.Equal(JobState.Done, (await host.WaitAsync(id, row => row.HasEnded)).State);
    }

    [Fact]
    public async Task A_job_left_running_by_a_killed_process_starts_again_from_the_beginning()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var before = await JobHost.StartAsync(database, [], runsQueue: false);
        var id = await before.AddAsync("work");
        await LeaveRunningAsync(before, id, startCount: 1);

        await using var host = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => Task.CompletedTask)]);

        var ended = await host.WaitAsync(id, row => row.HasEnded);
        Assert.Equal((JobState.Done, 2), (ended.State, ended.StartCount));
    }

    [Fact]
    public async Task A_job_that_took_its_process_down_three_times_fails_with_a_reason()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var before = await JobHost.StartAsync(database, [], runsQueue: false);
        var id = await before.AddAsync("work");
        await LeaveRunningAsync(before, id, JobRunner.MaxStartCount);
        var job = new TestJob("work", (_, _) => Task.CompletedTask);

        await using var host = await JobHost.StartAsync(database, [job]);

        var ended = await host.WaitAsync(id, row => row.HasEnded);
        Assert.Equal(JobState.Failed, ended.State);
        Assert.Contains("interrupted 3 times", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(0, job.StartCount);
    }

    [DatabaseTheory]
    public async Task A_stop_puts_the_running_job_back_and_the_next_start_runs_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Guid id;
        await using (var first = await JobHost.StartAsync(database, [TestJob.Endless("work")]))
        {
            id = await first.QueueAsync("work");
            await first.WaitAsync(id, row => row.Stage == "Working");
        }

        await using var second = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => Task.CompletedTask)], runsQueue: false);
        var waiting = await second.FindAsync(id);
        Assert.Equal((JobState.Queued, 0), (waiting.State, waiting.StartCount));

        // On a shared database another process may be about to start it: it is left over only after a silence.
        await second.InDatabaseAsync(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.CreatedUtc, job => job.CreatedUtc.AddMinutes(-5))));
        await using var third = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => Task.CompletedTask)]);
        Assert.Equal(JobState.Done, (await third.WaitAsync(id, row => row.HasEnded)).State);
    }

    [DatabaseTheory]
    public async Task Another_process_that_is_alive_keeps_its_job(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            // An embedded database has one process only.
            return;
        }

        await using var database = await TestDatabase.CreateAsync(provider);
        var elsewhere = TestJob.Endless("work");
        await using var first = await JobHost.StartAsync(database, [elsewhere]);
        var id = await first.QueueAsync("work");
        await first.WaitAsync(id, row => row.Stage == "Working");
        var here = TestJob.Endless("work");

        await using var second = await JobHost.StartAsync(database, [here]);
        await Task.Delay(2000);

        Assert.Equal((1, 0), (elsewhere.StartCount, here.StartCount));
    }

    private static Task<int> LeaveRunningAsync(JobHost host, Guid id, int startCount) => host.InDatabaseAsync(db => db.Jobs
        .Where(job => job.Id == id)
        .ExecuteUpdateAsync(set => set
            .SetProperty(job => job.State, JobState.Running)
            .SetProperty(job => job.StartCount, startCount)
            .SetProperty(job => job.SeenUtc, DateTime.UtcNow)));
}

using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class JobRunnerTests
{
    [DatabaseTheory]
    public async Task A_queued_job_runs_and_is_done(DatabaseProvider provider)
    {
        var job = new TestJob("work", (context, _) =>
        {
            context.Report("Half", 0.5);
            return Task.CompletedTask;
        });
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = await JobHost.StartAsync(database, [job]);

        var ended = await host.WaitAsync(await host.QueueAsync("work"), row => row.HasEnded);

        Assert.Equal((JobState.Done, 1.0, null), (ended.State, ended.ShareDone, ended.Reason));
        Assert.NotNull(ended.StartedUtc);
        Assert.NotNull(ended.EndedUtc);
        Assert.Equal(1, job.StartCount);
    }

    [Fact]
    public async Task A_refusal_becomes_the_reason_and_reaches_the_caller()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => throw new RefusedException("Too few rows.") { ExitCode = 3 })], runsQueue: false);
        var id = await host.AddAsync("work");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Services.GetRequiredService<JobRunner>().RunNowAsync(id));

        var row = await host.FindAsync(id);
        Assert.Equal((3, JobState.Failed, "Too few rows."), (refused.ExitCode, row.State, row.Reason));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.JobFailed)));
    }

    [Fact]
    public async Task A_fault_shows_a_reference_and_logs_no_message()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await JobHost.StartAsync(database, [new TestJob("work", (_, _) => throw new FormatException("'Jane Roe' is no number"))]);

        var ended = await host.WaitAsync(await host.QueueAsync("work"), row => row.HasEnded);

        Assert.Equal(JobState.Failed, ended.State);
        Assert.Matches("^Something went wrong on our side \\(reference [0-9a-f]{8}\\)\\.$", ended.Reason);
        Assert.Contains(ended.Reason![^10..^2], host.Log.Text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane Roe", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_told_each_time_saved_twice_a_second_and_never_goes_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await JobHost.StartAsync(
            database,
            [
                new TestJob("work", async (context, cancellation) =>
                {
                    context.Report("Reading", 0.4);
                    context.Report("Training", 0.2);
                    await Task.Delay(1500, cancellation);
                    context.Report("Saving", 7);
                }),
            ],
            runsQueue: false);
        var id = await host.AddAsync("work");
        var told = new List<JobReport>();

        var run = host.Services.GetRequiredService<JobRunner>().RunNowAsync(id, new Listener(told));
        var during = await host.WaitAsync(id, row => row.Stage == "Training");
        await run;

        Assert.Equal((JobState.Running, 0.4), (during.State, during.ShareDone));
        Assert.Equal([new("Reading", 0.4), new("Training", 0.4), new("Saving", 1)], told);
    }

    [DatabaseTheory]
    public async Task A_running_job_is_cancelled_from_another_process(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = await JobHost.StartAsync(database, [TestJob.Endless()]);
        await using var other = await JobHost.StartAsync(database, [], runsQueue: false);
        var id = await host.QueueAsync("endless");
        await host.WaitAsync(id, row => row.Stage == "Working");

        Assert.True(await other.CancelAsync(id));

        var ended = await host.WaitAsync(id, row => row.HasEnded);
        Assert.Equal((JobState.Cancelled, null), (ended.State, ended.Reason));
        Assert.False(await other.CancelAsync(id));
    }

    [DatabaseTheory]
    public async Task A_waiting_job_is_cancelled_at_once_and_never_starts(DatabaseProvider provider)
    {
        var job = TestJob.Endless();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = await JobHost.StartAsync(database, [job], runsQueue: false);
        var id = await host.AddAsync("endless");

        Assert.True(await host.CancelAsync(id));
        await host.Services.GetRequiredService<JobRunner>().RunNowAsync(id);

        Assert.Equal(JobState.Cancelled, (await host.FindAsync(id)).State);
        Assert.Equal(0, job.StartCount);
    }

    [DatabaseTheory]
    public async Task Of_two_end_states_one_is_written(DatabaseProvider provider)
    {
        using var release = new SemaphoreSlim(0);
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = await JobHost.StartAsync(
            database, [new TestJob("work", (_, cancellation) => release.WaitAsync(cancellation))], runsQueue: false);
        var id = await host.AddAsync("work");
        var run = host.Services.GetRequiredService<JobRunner>().RunNowAsync(id);
        await host.WaitAsync(id, row => row.State == JobState.Running);
        await host.InDatabaseAsync(db => JobRunner.Open(db, id).ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Failed).SetProperty(job => job.Reason, "First.")));

        release.Release();
        await run;

        Assert.Equal((JobState.Failed, "First."), ((await host.FindAsync(id)).State, (await host.FindAsync(id)).Reason));
    }

    private sealed class Listener(List<JobReport> told) : IProgress<JobReport>
    {
        public void Report(JobReport value) => told.Add(value);
    }
}

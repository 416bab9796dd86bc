using System.Net.Http.Headers;
using System.Text;
using Campaign.EndToEndTests.Support;
using Campaign.Learning;
using Campaign.Migrations;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>What a process leaves behind that is killed without a word, and what the next start makes of it.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_kill_in_the_middle_of_an_upload_leaves_no_dataset_and_the_next_start_sweeps_its_bytes()
    {
        using (var campaign = await CampaignProcess.StartAsync(_folder.Path))
        {
            using var client = await campaign.SignInAsync();
            using var upload = new HalfUpload(await client.AntiforgeryTokenAsync("/datasets/upload"));
            var sending = client.PostAsync(new Uri("/datasets/upload", UriKind.Relative), upload);
            await UntilAsync(() => BytesIn("staging") > 0);
            await campaign.KillAsync();
            client.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
        }

        Assert.Empty(FoldersIn("datasets"));
        Assert.Equal(0, await CountAsync(db => db.Set<Dataset>()));

        using var again = await CampaignProcess.StartAsync(_folder.Path);
        await UntilAsync(() => FoldersIn("staging").Length == 0);
        Assert.Empty(FoldersIn("datasets"));
        Assert.Equal(0, await CountAsync(db => db.Set<Dataset>()));
    }

    [Fact]
    public async Task A_training_that_was_killed_is_done_by_the_next_start_and_the_trail_is_whole()
    {
        var runId = await QueueTrainingAsync();
        using (var campaign = await CampaignProcess.StartAsync(_folder.Path))
        {
            await UntilAsync(async () => (await JobAsync()) is { State: JobState.Running, ShareDone: > 0.05 });
            await campaign.KillAsync();
        }

        Assert.False(Directory.Exists(new FileStore(_folder.Path).RunFolder(runId)));
        Assert.Equal(JobState.Running, (await JobAsync()).State);

        using (var again = await CampaignProcess.StartAsync(_folder.Path))
        {
            await UntilAsync(async () => (await JobAsync()).HasEnded);
        }

        Assert.Equal(JobState.Done, (await JobAsync()).State);
        await using var session = await CampaignSession.OpenAsync(Options());
        await using var scope = session.Services.CreateAsyncScope();
        var runs = scope.ServiceProvider.GetRequiredService<ModelRunCatalog>();
        Assert.NotNull((await runs.FindAsync(runId))!.Threshold);
        Assert.Equal(RowCount, runs.LoadScores(runId).RowCount);
        Assert.True((await scope.ServiceProvider.GetRequiredService<AuditVerifier>().VerifyAsync()).IsWhole);
    }

    public void Dispose() => _folder.Dispose();

    // Large enough that the training takes seconds, so that the kill falls into its middle.
    private const int RowCount = 4000;

    private CampaignOptions Options() => new() { DataFolder = _folder.Path, RunsJobs = false };

    private async Task<Guid> QueueTrainingAsync()
    {
        await using var session = await CampaignSession.OpenAsync(Options());
        await using var scope = session.Services.CreateAsyncScope();
        using var file = new MemoryStream();
        new SampleBank(RowCount, SampleBank.DefaultHiddenShare, seed: 1).Write(file, null);
        file.Position = 0;
        var received = await scope.ServiceProvider.GetRequiredService<DatasetIntake>().ReceiveAsync(
            file, "bank.csv", new IntakeOptions(RoleRequest.Guess, Confirm: true), Actor.CommandLine);
        var dataset = await scope.ServiceProvider.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id);
        var job = await scope.ServiceProvider.GetRequiredService<ModelRuns>().AddAsync(
            dataset!, new TrainingRequest("Killed", 0.9, 0.95, 1, Quick: false), Actor.CommandLine, CancellationToken.None);
        return job.SubjectId;
    }

    private async Task<JobRecord> JobAsync()
    {
        await using var db = Open();
        return await db.Jobs.AsNoTracking().SingleAsync();
    }

    private async Task<int> CountAsync<T>(Func<CampaignDbContext, IQueryable<T>> rows)
    {
        await using var db = Open();
        return await rows(db).CountAsync();
    }

    private CampaignDbContext Open() => CampaignDatabase.Open(DatabaseChoice.EmbeddedIn(new FileStore(_folder.Path)));

    private string[] FoldersIn(string name) => Directory.Exists(_folder.Combine(name)) ? Directory.GetDirectories(_folder.Combine(name)) : [];

    private long BytesIn(string name) => Directory.Exists(_folder.Combine(name))
        ? new DirectoryInfo(_folder.Combine(name)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>The upload form with a file that never ends: sends two megabytes of rows, then waits.</summary>
    private sealed class HalfUpload : HttpContent
    {
        private const string Boundary = "campaign-test-boundary";

        private readonly string _token;

        public HalfUpload(string token)
        {
            _token = token;
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + Boundary);
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken)
        {
            var head = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{_token}\r\n"
                + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.csv\"\r\nContent-Type: text/csv\r\n\r\nid,segment,balance\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head), cancellationToken);
            for (var row = 0; row < 100_000; row++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"C{row},normal,{row}.50\n"), cancellationToken);
            }

            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

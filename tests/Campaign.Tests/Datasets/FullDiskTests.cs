using System.Net;
using System.Text;
using Campaign.Modules.Datasets;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>The application on a disk that fills up: a sentence, nothing half saved, and the same file goes through once there is room.</summary>
public sealed class FullDiskTests
{
    // More than is kept spare, so that an upload begins.
    private const int Megabytes = 320;

    private static readonly string Sentence = DiskSpace.Refusal().Message;

    [FactOnSmallDisk]
    public async Task A_file_is_refused_before_its_bytes_arrive_where_it_can_be_foreseen()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var bank = await Bank.OpenAsync(disk);
        disk.FillBut(200 << 20);

        await bank.AssertRefusedAsync(await bank.SendAsync(Customers(60)));

        disk.Free();
        await bank.AssertGoesThroughAsync(Customers(60));
    }

    [FactOnSmallDisk]
    public async Task A_disk_that_fills_up_while_the_bytes_arrive_is_told_and_nothing_is_kept()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var bank = await Bank.OpenAsync(disk);

        await bank.AssertRefusedAsync(await bank.SendAsync(Customers(100_000), () => disk.FillBut(1 << 20)));

        disk.Free();
        await bank.AssertGoesThroughAsync(Customers(100_000));
    }

    [FactOnSmallDisk]
    public async Task Wherever_the_room_ends_between_the_first_byte_and_the_saved_row_the_file_is_there_whole_or_not_at_all()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var bank = await Bank.OpenAsync(disk);
        var refusedCount = 0;
        int[] rooms = [.. Enumerable.Range(0, 12), 19, 26, 33, 64, 128, 256, 512, 1024];
        foreach (var pages in rooms)
        {
            var room = pages * SmallDisk.PageBytes;
            using var answer = await bank.SendAsync(Customers(60 + pages), () => disk.FillBut(room));
            disk.Free();
            if (answer.StatusCode != HttpStatusCode.Redirect)
            {
                refusedCount++;
                await bank.AssertRefusedAsync(answer);
            }
            else
            {
                await bank.DiscardAsync(IdIn(answer));
            }
        }

        Assert.InRange(refusedCount, 1, rooms.Length - 1);
        await bank.AssertGoesThroughAsync(Customers(60));
    }

    [FactOnSmallDisk]
    public async Task A_check_that_fills_the_disk_ends_with_the_sentence_keeps_no_column_and_can_be_asked_for_again()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var bank = await Bank.OpenAsync(disk);
        using var arrived = await bank.SendAsync(Customers(100_000));
        var id = IdIn(arrived);
        foreach (var room in new[] { 1 << 20, 64 << 10 })
        {
            await bank.AskForCheckAsync(id);
            disk.FillBut(room);
            await bank.RunJobAsync(id);

            var page = await bank.Client.GetStringAsync($"/datasets/received/{id}");
            Assert.Contains(Sentence, page, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(bank.Folder(id), "columns")));
            Assert.Equal(0, await bank.CountAsync<Dataset>());
            disk.Free();
        }

        await bank.AskForCheckAsync(id);
        await bank.RunJobAsync(id);
        Assert.Equal(1, await bank.CountAsync<Dataset>());
        await bank.AssertTrailIsWholeAsync();
    }

    [FactOnSmallDisk]
    public async Task A_form_that_the_database_has_no_room_for_is_answered_with_the_sentence()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var bank = await Bank.OpenAsync(disk);
        using var arrived = await bank.SendAsync(Customers(60));
        var id = IdIn(arrived);
        disk.FillBut(0);

        using var answer = await bank.Client.PostFormAsync($"/datasets/received/{id}", [new("Version", "0")], $"/datasets/received/{id}?handler=Discard");

        Assert.Contains(Sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await bank.CountAsync<ReceivedFile>());
        Assert.True(File.Exists(Path.Combine(bank.Folder(id), "source.csv")));
        disk.Free();
        await bank.DiscardAsync(id);
        Assert.Equal(0, await bank.CountAsync<ReceivedFile>());
        await bank.AssertTrailIsWholeAsync();
    }

    private static byte[] Customers(int rowCount) => Encoding.UTF8.GetBytes(IntakeFixture.Customers(rowCount: rowCount));

    private static Guid IdIn(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Guid.Parse(answer.Headers.Location!.OriginalString[^36..]);
    }

    /// <summary>The application on a small disk, with its owner's browser.</summary>
    private sealed class Bank : IAsyncDisposable
    {
        private readonly CampaignApplication _application;
        private readonly string _token;

        private Bank(CampaignApplication application, HttpClient client, string token)
        {
            _application = application;
            Client = client;
            _token = token;
        }

        public HttpClient Client { get; }

        public static async Task<Bank> OpenAsync(SmallDisk disk)
        {
            var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false }, disk.DataFolder);
            var client = await application.NewOwnerClientAsync();
            return new(application, client, await client.AntiforgeryTokenAsync("/datasets/upload"));
        }

        public string Folder(Guid id) => _application.Files.DatasetFolder(id);

        /// <param name="once">Done when the first bytes are on the disk and the room was looked at; the length of the request is not known before its end.</param>
        public async Task<HttpResponseMessage> SendAsync(byte[] file, Action? once = null)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(_token), "__RequestVerificationToken" },
                { new HeldFile(file, once is null ? null : () => OnceStagedAsync(once)), "file", "customers.csv" },
            };
            return await Client.PostAsync("/datasets/upload", form);
        }

        public async Task AssertRefusedAsync(HttpResponseMessage answer)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(Sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_application.Files.Root, "staging")));
            Assert.Equal(await CountAsync<ReceivedFile>(), FolderCount());
            await AssertTrailIsWholeAsync();
        }

        public async Task AssertGoesThroughAsync(byte[] file)
        {
            using var arrived = await SendAsync(file);
            var id = IdIn(arrived);
            await AskForCheckAsync(id);
            await RunJobAsync(id);
            Assert.Equal((1, 0, 1), (await CountAsync<Dataset>(), await CountAsync<ReceivedFile>(), FolderCount()));
        }

        public async Task AskForCheckAsync(Guid id)
        {
            var version = await InDatabaseAsync(db => db.Set<ReceivedFile>().Where(file => file.Id == id).Select(file => file.Version).SingleAsync());
            using var answer = await Client.PostFormAsync($"/datasets/received/{id}", [new("Version", $"{version}"), new("Input.IsAsked", "true")]);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        public async Task DiscardAsync(Guid id)
        {
            using var answer = await Client.PostFormAsync($"/datasets/received/{id}", [new("Version", "0")], $"/datasets/received/{id}?handler=Discard");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        public async Task RunJobAsync(Guid subjectId)
        {
            var jobId = await InDatabaseAsync(db => db.Jobs.Where(job => job.SubjectId == subjectId && job.State == JobState.Queued).Select(job => job.Id).SingleAsync());
            await _application.App.Services.GetRequiredService<JobRunner>().RunQueuedAsync(jobId, CancellationToken.None);
        }

        public Task<int> CountAsync<T>()
            where T : class => InDatabaseAsync(db => db.Set<T>().CountAsync());

        public async Task AssertTrailIsWholeAsync()
        {
            var verification = await _application.InScopeAsync(services => services.GetRequiredService<AuditVerifier>().VerifyAsync());
            Assert.True(verification.IsWhole, verification.FirstBreak);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _application.DisposeAsync();
        }

        private int FolderCount() => Directory.Exists(Path.Combine(_application.Files.Root, "datasets")) ? Directory.GetDirectories(Path.Combine(_application.Files.Root, "datasets")).Length : 0;

        private Task<T> InDatabaseAsync<T>(Func<CampaignDbContext, Task<T>> question) =>
            _application.InScopeAsync(services => question(services.GetRequiredService<CampaignDbContext>()));

        private async Task OnceStagedAsync(Action once)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var staging = Path.Combine(_application.Files.Root, "staging");
            while (!Directory.Exists(staging) || !Directory.EnumerateFiles(staging, "received", SearchOption.AllDirectories).Any())
            {
                await Task.Delay(10, limit.Token);
            }

            once();
        }
    }

    /// <summary>A file of unknown length that stops after its first kilobyte until something is done.</summary>
    private sealed class HeldFile(byte[] bytes, Func<Task>? afterTheFirst) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, 1024));
            await stream.FlushAsync();
            if (afterTheFirst is not null)
            {
                await afterTheFirst();
            }

            await stream.WriteAsync(bytes.AsMemory(1024));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Campaign.Learning.Columns;
using Campaign.Migrations;
using Campaign.Modules.Datasets;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.EndToEndTests.Support;

/// <summary>What the person of an upload was told is done; later fields are set later.</summary>
public sealed record ToldFile(string Fingerprint, bool CheckQueued = false, int ConfirmedVersion = 0, bool Deleted = false);

/// <summary>A data folder seen from outside of the application, and what the application told people about it.</summary>
public sealed class IntakeState(string dataFolder)
{
    private readonly FileStore _files = new(dataFolder);
    private readonly HashSet<(Guid Id, int Version, bool IsDataset)> _seenWhole = [];

    public ConcurrentDictionary<Guid, ToldFile> Told { get; } = new();

    /// <summary>What kills left behind, by kind: how often each was met.</summary>
    public SortedDictionary<string, int> LeftBehind { get; } = new(StringComparer.Ordinal);

    public CampaignDbContext Open() => CampaignDatabase.Open(DatabaseChoice.EmbeddedIn(_files));

    public async Task<T> AskAsync<T>(Func<CampaignDbContext, Task<T>> question)
    {
        await using var db = Open();
        return await question(db);
    }

    public string Folder(Guid id) => _files.DatasetFolder(id);

    /// <summary>Where a file's next step begins; null where no file waits for that step.</summary>
    public Task<Guid?> WaitingForAsync(IntakeStep step) => AskAsync(async db =>
    {
        var busy = db.Jobs.Where(job => job.State == JobState.Queued || job.State == JobState.Running).Select(job => job.SubjectId);
        return step switch
        {
            IntakeStep.Checking or IntakeStep.Saving =>
                await db.Set<ReceivedFile>().Where(file => !busy.Contains(file.Id)).Select(file => (Guid?)file.Id).FirstOrDefaultAsync(),
            IntakeStep.Confirming or IntakeStep.Profiling =>
                await db.Set<Dataset>().Where(dataset => !dataset.ColumnsConfirmed && !busy.Contains(dataset.Id)).Select(dataset => (Guid?)dataset.Id).FirstOrDefaultAsync(),
            IntakeStep.Deleting =>
                await db.Set<Dataset>().Where(dataset => dataset.ColumnsConfirmed && dataset.DeletedUtc == null && !busy.Contains(dataset.Id))
                    .Select(dataset => (Guid?)dataset.Id).FirstOrDefaultAsync(),
            _ => null,
        };
    });

    public Task<bool> IsBusyAsync(Guid? id = null) =>
        AskAsync(db => db.Jobs.AnyAsync(job => (job.State == JobState.Queued || job.State == JobState.Running) && (id == null || job.SubjectId == id)));

    /// <summary>Rows and folders agree, nothing that was told is lost, and the trail is whole. The application is not running.</summary>
    /// <param name="again">Looks into files that were found whole before, too.</param>
    public async Task AssertWholeAsync(bool again = false)
    {
        await using var db = Open();
        var datasets = await db.Set<Dataset>().AsNoTracking().ToListAsync();
        var received = await db.Set<ReceivedFile>().AsNoTracking().ToListAsync();
        Assert.Empty(datasets.Select(dataset => dataset.Id).Intersect(received.Select(file => file.Id)));
        foreach (var dataset in datasets.Where(dataset => dataset.DeletedUtc is null && (_seenWhole.Add((dataset.Id, dataset.Version, true)) || again)))
        {
            AssertWhole(dataset);
        }

        foreach (var file in received.Where(file => _seenWhole.Add((file.Id, 0, false)) || again))
        {
            AssertBytes(Folder(file.Id), file.Fingerprint, file.ByteCount);
        }

        var subjects = (await db.Jobs.AsNoTracking().Select(job => job.SubjectId).ToListAsync()).ToHashSet();
        var datasetById = datasets.ToDictionary(dataset => dataset.Id);
        foreach (var (id, told) in Told)
        {
            var dataset = datasetById.GetValueOrDefault(id);
            Assert.True(dataset is not null || received.Any(file => file.Id == id), $"File {id} was acknowledged and is gone.");
            Assert.True(!told.CheckQueued || subjects.Contains(id), $"The check of {id} was acknowledged and is gone.");
            Assert.True(told.ConfirmedVersion == 0 || dataset is { ColumnsConfirmed: true } && dataset.Version >= told.ConfirmedVersion, $"The columns of {id} were confirmed and are not.");
            Assert.True(!told.Deleted || dataset!.DeletedUtc is not null, $"{id} was deleted and is not.");
            Assert.Equal(told.Fingerprint, dataset?.Fingerprint ?? received.Single(file => file.Id == id).Fingerprint);
        }

        Assert.Empty(await db.Jobs.AsNoTracking().Where(job => job.Reason!.StartsWith("Something went wrong")).Select(job => job.Kind).ToListAsync());
        var verification = await new AuditVerifier(db, new AuditSeal(_files)).VerifyAsync();
        Assert.True(verification.IsWhole, verification.FirstBreak);
        Count(datasets, received, await db.Jobs.AsNoTracking().Where(job => job.State == JobState.Running).ToListAsync());
    }

    /// <summary>Makes what a kill left as old as the sweep wants it.</summary>
    public async Task AgeLeftOversAsync()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var folder in await FoldersWithoutRowAsync())
        {
            Directory.SetLastWriteTimeUtc(folder, now.AddHours(-2));
        }

        foreach (var folder in FoldersIn("staging"))
        {
            Directory.SetLastWriteTimeUtc(folder, now.AddHours(-25));
        }
    }

    /// <summary>No folder without a row, nothing staged, no note of a change that was cut off.</summary>
    public async Task<bool> IsSweptAsync() => (await LeftOversAsync()).Count == 0;

    public async Task<IReadOnlyList<string>> LeftOversAsync() =>
    [
        .. await FoldersWithoutRowAsync(),
        .. Directory.Exists(Path.Combine(dataFolder, "staging")) ? Directory.GetFileSystemEntries(Path.Combine(dataFolder, "staging")) : [],
        .. FoldersIn("datasets").Select(ChangeNoteIn).Where(File.Exists),
    ];

    /// <summary>Datasets, deleted ones among them, and received files.</summary>
    public Task<(int Datasets, int Deleted, int Received)> CountsAsync() => AskAsync(async db =>
        (await db.Set<Dataset>().CountAsync(), await db.Set<Dataset>().CountAsync(dataset => dataset.DeletedUtc != null), await db.Set<ReceivedFile>().CountAsync()));

    private void AssertWhole(Dataset dataset)
    {
        var folder = Folder(dataset.Id);
        AssertBytes(folder, dataset.Fingerprint, dataset.ByteCount);
        using var table = ColumnTable.Open(Path.Combine(folder, "columns"));
        Assert.Equal((dataset.RowCount, CustomerFile.ColumnCount), (table.RowCount, table.Columns.Count));
        Assert.Equal(CustomerFile.LastId, table.Text(0, table.RowCount - 1));
        using var reading = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "reading.json")));
        Assert.Equal(CustomerFile.ColumnCount, reading.RootElement.GetProperty("columns").GetArrayLength());
        if (dataset.ProfiledVersion is { } version)
        {
            using var profile = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"profile-{version}.json")));
            using var quality = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"quality-{version}.json")));
        }
    }

    private static void AssertBytes(string folder, string fingerprint, long byteCount)
    {
        using var file = File.OpenRead(Path.Combine(folder, "source.csv"));
        Assert.Equal((fingerprint, byteCount), (Convert.ToHexStringLower(SHA256.HashData(file)), file.Length));
    }

    private void Count(List<Dataset> datasets, List<ReceivedFile> received, List<JobRecord> running)
    {
        var live = datasets.Where(dataset => dataset.DeletedUtc is null).Select(dataset => dataset.Id).Concat(received.Select(file => file.Id)).Select(Folder).ToHashSet();
        Met("bytes on their way", FoldersIn("staging").Length);
        Met("a folder whose row was not saved", FoldersIn("datasets").Count(folder => !live.Contains(folder) && !datasets.Any(dataset => Folder(dataset.Id) == folder)));
        Met("a check under way", running.Count(job => job.Kind == "check-file" && !File.Exists(Path.Combine(Folder(job.SubjectId), "checked.json"))));
        Met("a check that had read everything", running.Count(job => job.Kind == "check-file" && File.Exists(Path.Combine(Folder(job.SubjectId), "checked.json"))));
        Met("a change of columns under way", datasets.Count(dataset => File.Exists(ChangeNoteIn(Folder(dataset.Id)))));
        Met("a profile under way", running.Count(job => job.Kind == "profile-dataset"));
        Met("a deletion under way", datasets.Count(dataset => dataset.DeletedUtc is not null && Directory.Exists(Folder(dataset.Id))));
    }

    private void Met(string kind, int count) => LeftBehind[kind] = LeftBehind.GetValueOrDefault(kind) + count;

    private async Task<List<string>> FoldersWithoutRowAsync()
    {
        var live = await AskAsync(async db =>
            (await db.Set<Dataset>().Where(dataset => dataset.DeletedUtc == null).Select(dataset => dataset.Id).ToListAsync())
                .Concat(await db.Set<ReceivedFile>().Select(file => file.Id).ToListAsync()).Select(Folder).ToHashSet());
        return [.. FoldersIn("datasets").Where(folder => !live.Contains(folder))];
    }

    /// <summary>There while columns are changed.</summary>
    public static string ChangeNoteIn(string folder) => Path.Combine(folder, "columns-of-version.json");

    private string[] FoldersIn(string name) => Directory.Exists(Path.Combine(dataFolder, name)) ? Directory.GetDirectories(Path.Combine(dataFolder, name)) : [];
}

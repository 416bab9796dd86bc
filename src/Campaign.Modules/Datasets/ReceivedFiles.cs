using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

/// <summary>Where a received file stands.</summary>
public enum ReceivedState
{
    /// <summary>A person looks at how it is read.</summary>
    Arrived,

    /// <summary>The check waits or runs.</summary>
    Checking,

    /// <summary>Some rows can't be used: a person decides.</summary>
    BadRows,

    /// <summary>The last check refused the file, failed or was stopped; it can be read another way, or discarded.</summary>
    NotTaken,
}

/// <summary>A received file with its latest check.</summary>
/// <param name="Job">Null before the first check.</param>
public sealed record ReceivedFileView(ReceivedFile File, JobRecord? Job)
{
    public ReceivedState State => Job switch
    {
        { HasEnded: false } => ReceivedState.Checking,
        { State: JobState.Done } when File.RejectedRowCount is not null => ReceivedState.BadRows,
        { State: JobState.Failed or JobState.Cancelled } => ReceivedState.NotTaken,
        _ => ReceivedState.Arrived,
    };
}

/// <summary>
/// Files on their way from the upload page to a dataset. The bytes arrive in a staging folder and become the folder of the dataset-to-be by
/// one rename, just before the row is saved; from then on only rows decide: the dataset exists when its row does, in the same transaction
/// that ends this one. A kill at any point leaves a received file, a dataset, or a folder that no row mentions and the sweep removes.
/// </summary>
public sealed class ReceivedFiles(CampaignDbContext db, DatasetIntake intake, FileStore files, JobQueue jobs, AuditTrail trail, TimeProvider clock)
{
    /// <summary>A file that nobody decided about is removed after so long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    /// <summary>Takes the bytes and looks at what kind of file they are; nothing else yet.</summary>
    /// <param name="expectedBytes">As the sender says, else 0.</param>
    /// <exception cref="RefusedException">Not a file that could be a table, too large, or the disk is full; nothing is kept but an audit entry.</exception>
    public async Task<ReceivedFile> ArriveAsync(Stream content, string fileName, long expectedBytes, Actor actor, CancellationToken cancellation = default)
    {
        var staging = files.NewStagingFolder();
        try
        {
            using var claim = DatasetSweep.Claim(staging);
            var received = Path.Combine(staging, "received");
            var (fingerprint, byteCount) = await FileBytes.StoreAsync(content, received, expectedBytes, cancellation);
            var name = FileBytes.SafeName(fileName);
            var format = FileSignature.Identify(received, name);
            if (format == FileFormat.Xlsx)
            {
                WorkbookGuard.Check(received);
            }

            File.Move(received, Dataset.SourceIn(staging, format));
            return await SaveAsync(staging, new ReceivedFile
            {
                Id = Guid.CreateVersion7(),
                FileName = name,
                Fingerprint = fingerprint,
                ByteCount = byteCount,
                Format = format,
                ReceivedById = actor.Id,
                ReceivedByName = actor.Name,
                ReceivedUtc = clock.GetUtcNow().UtcDateTime,
            }, actor, cancellation);
        }
        catch (Exception fault) when (fault is RefusedException || DiskSpace.IsFull(fault))
        {
            DatasetSweep.Remove(staging);
            await intake.RecordRefusalAsync("dataset:none", "receiving the bytes", actor);
            throw fault as RefusedException ?? DiskSpace.Refusal();
        }
        finally
        {
            DatasetSweep.Remove(staging);
        }
    }

    public async Task<ReceivedFileView?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        await db.Set<ReceivedFile>().AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancellation) is { } found
            ? new(found, await Checks().Where(job => job.SubjectId == id).OrderByDescending(job => job.CreatedUtc).FirstOrDefaultAsync(cancellation))
            : null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ReceivedFileView>> ListAsync(CancellationToken cancellation = default)
    {
        var found = await db.Set<ReceivedFile>().AsNoTracking().OrderByDescending(file => file.ReceivedUtc).ToListAsync(cancellation);
        var ids = found.Select(file => file.Id).ToList();
        var latest = (await Checks().Where(job => ids.Contains(job.SubjectId)).ToListAsync(cancellation))
            .GroupBy(job => job.SubjectId).ToDictionary(group => group.Key, group => group.MaxBy(job => job.CreatedUtc));
        return [.. found.Select(file => new ReceivedFileView(file, latest.GetValueOrDefault(file.Id)))];
    }

    /// <summary>A first look at the file, read as the choices say.</summary>
    /// <exception cref="RefusedException">Read like this it is no table.</exception>
    public FileExamination Examine(ReceivedFile file, ReadingChoices choices) => FileExamination.Of(SourceOf(file), file.FileName, choices);

    /// <summary>Saves how the file is to be read and queues its check; a check under way is left alone.</summary>
    /// <exception cref="RefusedException">Someone else was faster.</exception>
    public async Task CheckAsync(Guid id, ReadingChoices choices, int expectedVersion, Actor actor, CancellationToken cancellation = default)
    {
        var file = await OpenAsync(id, expectedVersion, cancellation);
        file.ChoicesJson = JsonSerializer.Serialize(choices, JsonSerializerOptions.Web);
        file.RejectedRowCount = null;
        file.Version++;
        var job = jobs.Add(db, CheckFileJob.JobKind, id, actor);
        await SaveOrConflictAsync(cancellation);
        await jobs.ScheduleAsync(job.Id, cancellation);
    }

    /// <summary>Makes a dataset of a file with rows that can't be used, without them.</summary>
    /// <exception cref="RefusedException">Someone else was faster, or its check is not done.</exception>
    public async Task AcceptAsync(Guid id, int expectedVersion, Actor actor, CancellationToken cancellation = default)
    {
        var file = await OpenAsync(id, expectedVersion, cancellation);
        if (file.RejectedRowCount is null)
        {
            throw new RefusedException("This file's check is not done. Wait for it, then decide.");
        }

        await BecomeDatasetAsync(file, CheckedFile.Load(files.DatasetFolder(id)), actor, cancellation);
    }

    /// <summary>Forgets the file. Its bytes go after its row; what a kill in between leaves, the sweep removes.</summary>
    public async Task DiscardAsync(Guid id, int expectedVersion, Actor actor, CancellationToken cancellation = default)
    {
        var file = await OpenAsync(id, expectedVersion, cancellation);
        db.Remove(file);
        trail.Append(db, actor, AuditActions.FileDiscarded, DatasetIntake.Subject(id), new { file.Fingerprint });
        await SaveOrConflictAsync(cancellation);
        DatasetSweep.Remove(files.DatasetFolder(id));
    }

    /// <summary>The dataset's row appears and the received file's goes, in one transaction; the folder stays where it is.</summary>
    internal async Task BecomeDatasetAsync(ReceivedFile file, CheckedFile found, Actor actor, CancellationToken cancellation)
    {
        var dataset = intake.NewDataset(file.Id, file.FileName, file.Fingerprint, file.ByteCount, found, actor);
        await intake.AddAsync(dataset, found.Roles, actor, cancellation);
        db.Remove(file);
        await SaveOrConflictAsync(cancellation);
    }

    internal string SourceOf(ReceivedFile file) => Dataset.SourceIn(files.DatasetFolder(file.Id), file.Format);

    private IQueryable<JobRecord> Checks() => db.Jobs.AsNoTracking().Where(job => job.Kind == CheckFileJob.JobKind);

    private async Task<ReceivedFile> SaveAsync(string staging, ReceivedFile file, Actor actor, CancellationToken cancellation)
    {
        var folder = files.DatasetFolder(file.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(staging, folder);
        try
        {
            db.Add(file);
            trail.Append(db, actor, AuditActions.FileReceived, DatasetIntake.Subject(file.Id), new { file.Fingerprint, file.ByteCount });
            await db.SaveChangesAsync(cancellation);
            return file;
        }
        catch
        {
            db.ChangeTracker.Clear();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private async Task<ReceivedFile> OpenAsync(Guid id, int expectedVersion, CancellationToken cancellation)
    {
        var file = await db.Set<ReceivedFile>().SingleOrDefaultAsync(one => one.Id == id, cancellation);
        return file is null || file.Version != expectedVersion || await Checks().AnyAsync(job => job.SubjectId == id && (job.State == JobState.Queued || job.State == JobState.Running), cancellation)
            ? throw Conflict()
            : file;
    }

    private async Task SaveOrConflictAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Conflict();
        }
    }

    private static RefusedException Conflict() => new("This file was decided about, or its check began, while you looked at it. Load the page again.");
}

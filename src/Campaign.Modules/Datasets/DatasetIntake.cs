using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets;

/// <summary>How a file is to be taken in.</summary>
/// <param name="Roles">What is said about the columns; the rest is guessed.</param>
/// <param name="SkipBadRows">Rows that can't be used are left out and told, rather than refusing the file.</param>
/// <param name="Confirm">The columns count as confirmed: nobody will look at them. Then the recorded class and its affluent value must be certain.</param>
/// <param name="Reading">What is said about how the file is read; null finds it out.</param>
public sealed record IntakeOptions(RoleRequest Roles, bool SkipBadRows = false, bool Confirm = false, ReadingChoices? Reading = null)
{
    /// <summary>Guess everything, refuse bad rows, a person confirms the columns afterwards.</summary>
    public static IntakeOptions Default { get; } = new(RoleRequest.Guess);

    /// <summary>What the file was made of; null where somebody sent it.</summary>
    public DatasetDerivation? Derivation { get; init; }
}

/// <summary>A file that was taken in.</summary>
/// <param name="EarlierTwin">The latest dataset with the same bytes; null where there is none.</param>
/// <param name="Remarks">What was put right or left aside, one sentence each.</param>
public sealed record IntakeOutcome(Dataset Dataset, ColumnRoles Roles, DatasetSummary? EarlierTwin, IReadOnlyList<string> Remarks);

/// <summary>
/// Takes files in at one go, for those who wait for it: a command, the sample bank. (A file from the upload page goes the way of
/// <see cref="ReceivedFiles"/> through the same check.) Order of the writes, so that whatever is cut off leaves nothing half done: bytes and
/// columns into a staging folder that no other upload shares; one rename makes the dataset's folder appear; row and audit entry are saved
/// together. Where that save fails, the folder just made is removed: never a twin's, since each upload has a folder of its own. What a
/// killed process leaves, <see cref="DatasetSweep"/> removes.
/// </summary>
public sealed class DatasetIntake(CampaignDbContext db, DatasetCatalog catalog, FileStore files, AuditTrail trail, TimeProvider clock)
{
    /// <exception cref="RefusedException">The file can't be taken; nothing of it is kept but an audit entry that says so.</exception>
    public async Task<IntakeOutcome> ReceiveAsync(
        Stream content, string fileName, IntakeOptions options, Actor actor, CancellationToken cancellation = default)
    {
        var staging = files.NewStagingFolder();
        var stage = "receiving the bytes";
        try
        {
            using var claim = DatasetSweep.Claim(staging);
            var name = FileBytes.SafeName(fileName);
            var received = Path.Combine(staging, "received");
            var (fingerprint, byteCount) = await FileBytes.StoreAsync(content, received, content.CanSeek ? content.Length : 0, cancellation);

            stage = "finding out how to read the file";
            var file = FileExamination.Of(received, name, options.Reading ?? ReadingChoices.Find);
            File.Move(received, Dataset.SourceIn(staging, file.Dialect.Format));

            stage = "reading the rows and deciding the columns' roles";
            var found = FileCheck.Run(staging, file, options.Roles, options.Confirm, null, cancellation);
            if (found.FirstRejected is { } first && !options.SkipBadRows)
            {
                throw first.ToRefusal(found.RejectedRowCount);
            }

            var dataset = NewDataset(Guid.CreateVersion7(), name, fingerprint, byteCount, found, actor);
            dataset.ColumnsConfirmed = options.Confirm;
            dataset.Derive(options.Derivation);
            var twin = await SaveAsync(dataset, staging, found.Roles, actor, cancellation);
            return new(dataset, found.Roles, twin, found.Dialect.Remarks);
        }
        catch (Exception fault) when (fault is RefusedException || DiskSpace.IsFull(fault))
        {
            DatasetSweep.Remove(staging);
            await RecordRefusalAsync("dataset:none", stage, actor);
            throw fault as RefusedException ?? DiskSpace.Refusal();
        }
        finally
        {
            DatasetSweep.Remove(staging);
        }
    }

    /// <summary>Takes a file in from a path, as the command line does.</summary>
    /// <exception cref="RefusedException">The file is not there or can't be read, or as in the other overload.</exception>
    public async Task<IntakeOutcome> ReceiveAsync(string path, IntakeOptions options, Actor actor, CancellationToken cancellation = default)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new RefusedException($"There is no file '{Path.GetFileName(path)}' at that place. Check the path.");
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new RefusedException($"'{Path.GetFileName(path)}' can't be opened: it is a folder, or reading it is not allowed. Check the path and its permissions.");
        }

        await using (file)
        {
            return await ReceiveAsync(file, Path.GetFileName(path), options, actor, cancellation);
        }
    }

    internal Dataset NewDataset(Guid id, string fileName, string fingerprint, long byteCount, CheckedFile found, Actor actor) => new()
    {
        Id = id,
        FileName = fileName,
        Fingerprint = fingerprint,
        ByteCount = byteCount,
        RowCount = found.RowCount,
        DialectJson = JsonSerializer.Serialize(found.Dialect, JsonSerializerOptions.Web),
        RolesJson = JsonSerializer.Serialize(found.Roles, JsonSerializerOptions.Web),
        HeaderSignature = found.HeaderSignature,
        RejectedRowCount = found.RejectedRowCount,
        UploadedById = actor.Id,
        UploadedByName = actor.Name,
        UploadedUtc = clock.GetUtcNow().UtcDateTime,
    };

    /// <summary>Adds the row and its audit entries to the unit of work.</summary>
    /// <returns>The latest other dataset with the same bytes.</returns>
    internal async Task<DatasetSummary?> AddAsync(Dataset dataset, ColumnRoles roles, Actor actor, CancellationToken cancellation)
    {
        var twin = await catalog.FindTwinAsync(dataset.Fingerprint, cancellation);
        db.Add(dataset);
        trail.Append(db, actor, AuditActions.DatasetUploaded, Subject(dataset.Id), new
        {
            dataset.Fingerprint,
            dataset.ByteCount,
            dataset.RowCount,
            dataset.RejectedRowCount,
            earlierTwin = twin?.Id,
            derivation = dataset.ReadDerivation(),
            columns = roles.Told(),
        });
        if (dataset.ColumnsConfirmed)
        {
            trail.Append(db, actor, AuditActions.ColumnsConfirmed, Subject(dataset.Id), new { after = roles.Told() });
        }

        return twin;
    }

    /// <summary>
    /// The entry of a file that was refused; nothing else of the unit of work is saved. The sentence may quote a value of the file, so the
    /// trail gets the stage only. Call it when the file's bytes are gone: on a full disk they make the room that the entry needs, and where
    /// even that is not enough there is none.
    /// </summary>
    internal async Task RecordRefusalAsync(string subject, string stage, Actor actor)
    {
        db.ChangeTracker.Clear();
        trail.Append(db, actor, AuditActions.DatasetRefused, subject, new { refusedWhile = stage });
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception fault) when (DiskSpace.IsFull(fault))
        {
            db.ChangeTracker.Clear();
        }
    }

    internal static string Subject(Guid datasetId) => $"dataset:{datasetId}";

    private async Task<DatasetSummary?> SaveAsync(Dataset dataset, string staging, ColumnRoles roles, Actor actor, CancellationToken cancellation)
    {
        var folder = files.DatasetFolder(dataset.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(staging, folder);
        try
        {
            var twin = await AddAsync(dataset, roles, actor, cancellation);
            await db.SaveChangesAsync(cancellation);
            return twin;
        }
        catch
        {
            db.ChangeTracker.Clear();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}

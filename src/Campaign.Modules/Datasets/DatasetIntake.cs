using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

/// <summary>How a file is to be taken in.</summary>
/// <param name="Roles">What is said about the columns; the rest is guessed.</param>
/// <param name="SkipBadRows">Rows that can't be used are left out and told, rather than refusing the file.</param>
/// <param name="Confirm">The columns count as confirmed: nobody will look at them. Then the recorded class and its affluent value must be certain.</param>
public sealed record IntakeOptions(RoleRequest Roles, bool SkipBadRows = false, bool Confirm = false)
{
    /// <summary>Guess everything, refuse bad rows, a person confirms the columns afterwards.</summary>
    public static IntakeOptions Default { get; } = new(RoleRequest.Guess);
}

/// <summary>A file that was taken in.</summary>
/// <param name="EarlierTwin">The latest dataset with the same bytes; null where there is none.</param>
/// <param name="RejectedRows">Rows that were left out, only with <see cref="IntakeOptions.SkipBadRows"/>.</param>
/// <param name="Remarks">What was put right or left aside, one sentence each.</param>
public sealed record IntakeOutcome(
    Dataset Dataset, ColumnRoles Roles, DatasetSummary? EarlierTwin, IReadOnlyList<RejectedRow> RejectedRows, IReadOnlyList<string> Remarks);

/// <summary>The first rows of a dataset as texts; a missing cell is null.</summary>
public sealed record DatasetPreview(IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>
/// Takes files in. Order of the writes, so that whatever is cut off leaves nothing half done: bytes and columns into a staging folder that no
/// other upload shares; one rename makes the dataset's folder appear; row and audit entry are saved together. Where that save fails, the
/// folder just made is removed: never a twin's, since each upload has a folder of its own. What a killed process leaves,
/// <see cref="DatasetSweep"/> removes.
/// </summary>
public sealed class DatasetIntake(CampaignDbContext db, FileStore files, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The most bytes of one file.</summary>
    public const long ByteLimit = 2L << 30;

    private const int PreviewRows = 20;
    private const long SpareBytes = 256L << 20;

    /// <exception cref="RefusedException">The file can't be taken; nothing of it is kept but an audit entry that says so.</exception>
    public async Task<IntakeOutcome> ReceiveAsync(
        Stream content, string fileName, IntakeOptions options, Actor actor, CancellationToken cancellation = default)
    {
        var staging = files.NewStagingFolder();
        var stage = new StrongBox<string>("receiving the bytes");
        try
        {
            using var claim = DatasetSweep.Claim(staging);
            return await ReceiveIntoAsync(staging, content, SafeFileName(fileName), options, actor, stage, cancellation);
        }
        catch (RefusedException)
        {
            // The sentence may quote a value of the file, so the trail gets the stage only.
            db.ChangeTracker.Clear();
            trail.Append(db, actor, AuditActions.DatasetRefused, "dataset:none", new { refusedWhile = stage.Value });
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
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

    /// <summary>
    /// Sets the roles of a dataset's columns and confirms them. What <paramref name="request"/> leaves open keeps its present role; a column that
    /// becomes the id or the recorded class is read again from the kept bytes.
    /// </summary>
    /// <param name="expectedVersion">The <see cref="Dataset.Version"/> that the person saw.</param>
    /// <exception cref="RefusedException">The roles don't fit the columns, or another person changed the dataset meanwhile.</exception>
    public async Task<DatasetSummary> ConfirmColumnsAsync(
        Guid datasetId, RoleRequest request, int expectedVersion, Actor actor, CancellationToken cancellation = default)
    {
        var dataset = await db.Set<Dataset>().SingleAsync(one => one.Id == datasetId, cancellation);
        if (dataset.Version != expectedVersion)
        {
            throw Conflict();
        }

        using var change = ColumnChange.Begin(dataset, files.DatasetFolder(datasetId), request, cancellation);
        var before = dataset.ReadRoles();
        dataset.RolesJson = JsonSerializer.Serialize(change.Roles, JsonSerializerOptions.Web);
        dataset.ColumnsConfirmed = true;
        dataset.Version = expectedVersion + 1;
        trail.Append(db, actor, AuditActions.ColumnsConfirmed, Subject(datasetId), new { before = Told(before), after = Told(change.Roles) });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Conflict();
        }

        change.Keep();
        return dataset.Summary();

        static RefusedException Conflict() => new("Someone else changed this dataset's columns while you looked at them. Load the page again and decide anew.");
    }

    /// <summary>The first 20 rows.</summary>
    public DatasetPreview Preview(Guid datasetId)
    {
        using var table = ColumnTable.Open(Dataset.ColumnsIn(files.DatasetFolder(datasetId)));
        var rows = Enumerable.Range(0, Math.Min(PreviewRows, table.RowCount))
            .Select(row => (IReadOnlyList<string?>)[.. Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(column, row))]);
        return new(table.Columns, [.. rows]);
    }

    /// <summary>The name a person knows the file by: without folders and control characters, at most 300 characters, never empty.</summary>
    internal static string SafeFileName(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune) && System.Text.Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format && rune.Value != 0xFFFD)).Trim();
        if (name.Length > 300)
        {
            var extension = Path.GetExtension(name);
            extension = extension.Length > 10 ? "" : extension;
            var kept = 300 - extension.Length;
            name = name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + extension;
        }

        return name.Length > 0 ? name : "file";
    }

    private async Task<IntakeOutcome> ReceiveIntoAsync(
        string staging, Stream content, string fileName, IntakeOptions options, Actor actor, StrongBox<string> stage, CancellationToken cancellation)
    {
        var received = Path.Combine(staging, "received");
        var (fingerprint, byteCount) = await StoreBytesAsync(content, received, cancellation);
        stage.Value = "finding out how to read the file";
        var file = FileExamination.Of(received, fileName, ReadingChoices.Find);
        var source = Dataset.SourceIn(staging, file.Dialect.Format);
        File.Move(received, source);

        stage.Value = "finding the id and the recorded class";
        var id = ColumnRoleGuess.FindId(file, options.Roles);
        var label = ColumnRoleGuess.FindLabel(file, options.Roles, id);
        if (label is null && options.Confirm)
        {
            throw new RefusedException($"No column looks like the recorded class. Name it (label); the columns are: {HeaderNames.Few(file.Columns)}.");
        }

        var ignored = (options.Roles.Exclude ?? []).Select(name => ColumnRoleGuess.Find(file.Columns, name, "leaving out")).ToHashSet();
        stage.Value = "reading the rows";
        var reading = DatasetReader.Read(
            source, file, new ReadingPlan(id, label, new Dictionary<string, ColumnKind>(), ignored), Dataset.ColumnsIn(staging), cancellation);
        if (!options.SkipBadRows && reading.Rejected.Count > 0)
        {
            throw reading.Rejected[0].ToRefusal();
        }

        stage.Value = "deciding the columns' roles";
        var affluentValue = label is null ? null : AffluentValue(reading, label, options);
        var roles = RolesOf(staging, id, label, affluentValue, options.Roles);
        string[] remarks = [.. file.Dialect.Remarks, .. reading.Remarks];
        RejectedRow.Save(staging, reading.Rejected);

        var dataset = new Dataset
        {
            Id = Guid.NewGuid(),
            FileName = fileName,
            Fingerprint = fingerprint,
            ByteCount = byteCount,
            RowCount = reading.RowCount,
            DialectJson = JsonSerializer.Serialize(reading.Dialect with { Remarks = remarks }, JsonSerializerOptions.Web),
            RolesJson = JsonSerializer.Serialize(roles, JsonSerializerOptions.Web),
            ColumnsConfirmed = options.Confirm,
            RejectedRowCount = reading.Rejected.Count,
            UploadedById = actor.Id,
            UploadedByName = actor.Name,
            UploadedUtc = clock.GetUtcNow().UtcDateTime,
        };
        var twin = await SaveAsync(dataset, staging, roles, actor, cancellation);
        return new(dataset, roles, twin, reading.Rejected, remarks);
    }

    private async Task<DatasetSummary?> SaveAsync(Dataset dataset, string staging, ColumnRoles roles, Actor actor, CancellationToken cancellation)
    {
        var twin = await db.Set<Dataset>().AsNoTracking()
            .Where(other => other.Fingerprint == dataset.Fingerprint)
            .OrderByDescending(other => other.UploadedUtc)
            .FirstOrDefaultAsync(cancellation);

        var folder = files.DatasetFolder(dataset.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(staging, folder);
        try
        {
            db.Add(dataset);
            trail.Append(db, actor, AuditActions.DatasetUploaded, Subject(dataset.Id), new
            {
                dataset.Fingerprint,
                dataset.ByteCount,
                dataset.RowCount,
                dataset.RejectedRowCount,
                earlierTwin = twin?.Id,
                columns = Told(roles),
            });
            if (dataset.ColumnsConfirmed)
            {
                trail.Append(db, actor, AuditActions.ColumnsConfirmed, Subject(dataset.Id), new { after = Told(roles) });
            }

            await db.SaveChangesAsync(cancellation);
        }
        catch
        {
            db.ChangeTracker.Clear();
            Directory.Delete(folder, recursive: true);
            throw;
        }

        return twin?.Summary();
    }

    /// <summary>Bytes to disk and their SHA-256 in one pass.</summary>
    private static async Task<(string Fingerprint, long ByteCount)> StoreBytesAsync(Stream content, string path, CancellationToken cancellation)
    {
        CheckSpace(path, content.CanSeek ? content.Length : 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        long byteCount = 0;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
            {
                byteCount += read;
                if (byteCount > ByteLimit)
                {
                    throw new RefusedException($"The file is larger than {ByteLimit >> 30} GB. Export fewer columns, or split it by customer.");
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                if (byteCount % (64 << 20) < read)
                {
                    CheckSpace(path, 0);
                }
            }
        }
        catch (IOException fault) when (IsDiskFull(fault))
        {
            throw NoSpace();
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), byteCount);
    }

    /// <summary>Columns take about as much room as the file itself.</summary>
    private static void CheckSpace(string path, long comingBytes)
    {
        if (new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < (comingBytes * 2) + SpareBytes)
        {
            throw NoSpace();
        }
    }

    private static RefusedException NoSpace() => new("The disk that keeps the datasets is nearly full. Free some space and send the file again.");

    // ENOSPC, and ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULTs.
    private static bool IsDiskFull(IOException fault) => fault.HResult is 28 or unchecked((int)0x80070027) or unchecked((int)0x80070070);

    private static string? AffluentValue(DatasetReading reading, string label, IntakeOptions options)
    {
        var found = ColumnRoleGuess.FindAffluent(reading.Classes, options.Roles, label);
        return found is not null || !options.Confirm
            ? found
            : throw new RefusedException(
                $"Column '{label}' has the values '{reading.Classes[0]}' and '{reading.Classes[1]}', and it is not clear which of them means affluent. Name that value (positive).");
    }

    private static ColumnRoles RolesOf(string staging, string? id, string? label, string? affluentValue, RoleRequest request)
    {
        using var table = ColumnTable.Open(Dataset.ColumnsIn(staging));
        var roles = ColumnRoleGuess.Of(table, id, label, affluentValue, request);
        return roles.Features.Count > 0
            ? roles
            : throw new RefusedException("No column is left to learn from: all others are the id, the recorded class, empty, constant, free text or left out. Add columns that describe the customers.");
    }

    /// <summary>Column names are the bank's own words for its data, not personal data; class values are left out.</summary>
    private static object Told(ColumnRoles roles) => new { roles.Id, roles.Label, featureCount = roles.Features.Count, roles.Sensitive, leftOut = roles.LeftOut.Count, leaking = roles.Leaking.Select(one => one.Name) };

    private static string Subject(Guid datasetId) => $"dataset:{datasetId}";
}

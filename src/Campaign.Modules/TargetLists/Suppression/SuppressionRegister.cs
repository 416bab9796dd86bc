using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>A do-not-contact list as a target list was kept free of it.</summary>
/// <param name="IdsHash">SHA-256 of its ids, one a line in the order of their first mention.</param>
public sealed record AppliedSuppression(Guid Id, string Name, string IdsHash, int IdCount);

/// <summary>Everybody who is not to be contacted, and by which lists.</summary>
public sealed record SuppressedIds(IdSet Ids, IReadOnlyList<AppliedSuppression> Lists);

/// <summary>
/// Do-not-contact lists from the upload to their end. A list arrives and waits: what it would do is shown, then a person puts it in force or
/// discards it. The bytes arrive in a staging folder and become the list's folder by one rename, just before the row is saved; only rows
/// decide, and <see cref="SweepAsync"/> removes what no row mentions.
/// </summary>
public sealed class SuppressionRegister(CampaignDbContext db, DatasetCatalog datasets, FileStore files, AuditTrail trail, TimeProvider clock)
{
    public const int LongestName = 200;
    public const int LongestReason = 500;

    /// <summary>More is no list of exceptions.</summary>
    public const int MostIds = 20_000_000;

    /// <summary>A list that nobody put in force is removed after so long.</summary>
    public static readonly TimeSpan KeptWaiting = TimeSpan.FromDays(14);

    private const int KnownFiles = 10;
    private static readonly TimeSpan FolderAge = TimeSpan.FromHours(1);

    /// <summary>Takes a file in and reads its ids, where it is clear which column holds them; the list waits.</summary>
    /// <param name="expectedBytes">As the sender says, else 0.</param>
    /// <exception cref="RefusedException">Not a file that ids can be read from; nothing is kept but an audit entry.</exception>
    public async Task<SuppressionList> ArriveAsync(
        Stream content, string fileName, string name, long expectedBytes, Actor actor, CancellationToken cancellation = default)
    {
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        try
        {
            name = Required(name, LongestName, "Give the list a name");
            var source = Path.Combine(staging, SuppressionList.SourceFile);
            var (safeName, fingerprint) = await IdFile.StoreAsync(content, fileName, source, expectedBytes, cancellation);
            var list = new SuppressionList
            {
                Id = Guid.CreateVersion7(),
                Name = name,
                FileName = safeName,
                Fingerprint = fingerprint,
                AddedById = actor.Id,
                AddedByName = actor.Name,
                AddedUtc = clock.GetUtcNow().UtcDateTime,
            };
            var file = IdFile.Examine(source, safeName, await KnownNamesAsync(cancellation));
            if (file.Column is { } column)
            {
                ReadIds(list, file, column, staging, cancellation);
                File.Delete(source);
            }

            db.Add(list);
            trail.Append(db, actor, AuditActions.SuppressionReceived, Subject(list.Id), Told(list));
            FileStore.MoveIntoPlace(staging, files.SuppressionFolder(list.Id));
            await SaveOrRemoveAsync(list, cancellation);
            return list;
        }
        catch (RefusedException)
        {
            // The sentence may quote a value of the file, so the trail does not get it.
            db.ChangeTracker.Clear();
            trail.Append(db, actor, AuditActions.SuppressionRefused, "suppression:none");
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (DiskSpace.IsFull(fault))
        {
            throw DiskSpace.Refusal();
        }
    }

    public async Task<SuppressionList?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        await db.Set<SuppressionList>().AsNoTracking().SingleOrDefaultAsync(list => list.Id == id, cancellation);

    /// <summary>All, ended ones too, the newest first.</summary>
    public async Task<IReadOnlyList<SuppressionList>> ListAsync(CancellationToken cancellation = default) =>
        await db.Set<SuppressionList>().AsNoTracking().OrderByDescending(list => list.AddedUtc).ThenBy(list => list.Id).ToListAsync(cancellation);

    /// <summary>The lists in force that came from the same bytes, this one not counted.</summary>
    public async Task<IReadOnlyList<SuppressionList>> TwinsAsync(SuppressionList list, CancellationToken cancellation = default) =>
        await db.Set<SuppressionList>().AsNoTracking()
            .Where(other => other.Fingerprint == list.Fingerprint && other.Id != list.Id && other.InForceUtc != null && other.EndedUtc == null).ToListAsync(cancellation);

    /// <summary>The columns of a waiting list whose ids are not read yet.</summary>
    public async Task<IReadOnlyList<IdFileColumn>> ColumnsAsync(SuppressionList list, CancellationToken cancellation = default) =>
        (await ExamineAsync(list, cancellation)).Columns;

    /// <summary>Reads the ids of a waiting list from the column that a person names.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="version">The list's version when the person saw it.</param>
    /// <exception cref="RefusedException">There is no such column, it holds no ids, or someone else was faster.</exception>
    public async Task ReadColumnAsync(Guid id, int position, int version, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(id, version, SuppressionStage.Waiting, cancellation);
        if (list.IdsHash is not null)
        {
            throw Conflict();
        }

        var file = await ExamineAsync(list, cancellation);
        var column = file.Columns.FirstOrDefault(one => one.Position == position) ?? throw new RefusedException("The file has no such column. Choose one of those shown.");
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        ReadIds(list, file, column, staging, cancellation);
        list.Version++;
        trail.Append(db, actor, AuditActions.SuppressionReceived, Subject(id), Told(list));

        // The row decides: without its hash the file of ids counts as not there, and is written again.
        var folder = files.SuppressionFolder(id);
        File.Move(Path.Combine(staging, SuppressionList.IdsFile), Path.Combine(folder, SuppressionList.IdsFile), overwrite: true);
        await SaveOrConflictAsync(cancellation);
        File.Delete(Path.Combine(folder, SuppressionList.SourceFile));
    }

    /// <summary>From now on no target list may hold its ids.</summary>
    /// <exception cref="RefusedException">Its ids are not read, or someone else was faster.</exception>
    public async Task PutInForceAsync(Guid id, int version, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(id, version, SuppressionStage.Waiting, cancellation);
        if (list.IdsHash is null)
        {
            throw new RefusedException("Say first which column holds the ids.");
        }

        list.InForceUtc = clock.GetUtcNow().UtcDateTime;
        list.Version++;
        trail.Append(db, actor, AuditActions.SuppressionInForce, Subject(id), Told(list));
        await SaveOrConflictAsync(cancellation);
    }

    /// <summary>Forgets a list that waits. Its ids go after its row; what a kill in between leaves, the sweep removes.</summary>
    /// <exception cref="RefusedException">It is in force, or someone else was faster.</exception>
    public async Task DiscardAsync(Guid id, int version, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(id, version, SuppressionStage.Waiting, cancellation);
        db.Remove(list);
        trail.Append(db, actor, AuditActions.SuppressionDiscarded, Subject(id), new { list.Fingerprint });
        await SaveOrConflictAsync(cancellation);
        Remove(files.SuppressionFolder(id));
    }

    /// <summary>Its ids may be listed again. The list stays with its dates and its ids.</summary>
    /// <exception cref="RefusedException">No reason, it is not in force, or someone else was faster.</exception>
    public async Task EndAsync(Guid id, int version, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        reason = Required(reason, LongestReason, "Give the reason");
        var list = await OpenAsync(id, version, SuppressionStage.InForce, cancellation);
        (list.EndedUtc, list.EndedByName, list.EndReason) = (clock.GetUtcNow().UtcDateTime, actor.Name, reason);
        list.Version++;
        trail.Append(db, actor, AuditActions.SuppressionEnded, Subject(id), new { list.IdCount, list.IdsHash, list.InForceUtc, reason });
        await SaveOrConflictAsync(cancellation);
    }

    /// <summary>Every id of the lists in force at that moment. There is no way around it: a list whose ids can't be read stops the work.</summary>
    /// <exception cref="RefusedException">The ids of a list in force are missing or changed.</exception>
    public async Task<SuppressedIds> SuppressedAsync(DateTime utc, CancellationToken cancellation = default)
    {
        var inForce = await db.Set<SuppressionList>().AsNoTracking()
            .Where(list => list.InForceUtc <= utc && (list.EndedUtc == null || list.EndedUtc > utc))
            .OrderBy(list => list.InForceUtc).ThenBy(list => list.Id).ToListAsync(cancellation);
        var all = inForce.Count > 0 ? Load(inForce[0]) : new IdSet();
        foreach (var list in inForce.Skip(1))
        {
            cancellation.ThrowIfCancellationRequested();
            all.AddAll(Load(list));
        }

        return new(all, [.. inForce.Select(list => new AppliedSuppression(list.Id, list.Name, list.IdsHash!, list.IdCount))]);
    }

    /// <summary>The ids of a list whose ids are read.</summary>
    /// <exception cref="RefusedException">They are missing or changed.</exception>
    internal IdSet Load(SuppressionList list)
    {
        try
        {
            return IdSet.Load(Path.Combine(files.SuppressionFolder(list.Id), SuppressionList.IdsFile), list.IdsHash!);
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException(
                $"The ids of the do-not-contact list '{list.Name}' are missing from the data folder or were changed there. Nobody may be listed without them: restore the folder from its backup, or upload the list again and let compliance end this one.");
        }
    }

    /// <summary>Removes lists that nobody put in force, and folders that no row mentions.</summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var undecided = await db.Set<SuppressionList>().Where(list => list.InForceUtc == null && list.AddedUtc < now - KeptWaiting).ToListAsync(cancellation);
        foreach (var list in undecided)
        {
            try
            {
                await DiscardAsync(list.Id, list.Version, Actor.System, cancellation);
            }
            catch (RefusedException)
            {
                // Another process sweeps too, or somebody decided at this moment.
                db.ChangeTracker.Clear();
            }
        }

        var known = (await db.Set<SuppressionList>().Select(list => list.Id).ToListAsync(cancellation)).Select(files.SuppressionFolder).ToHashSet(StringComparer.Ordinal);
        var parent = Path.GetDirectoryName(files.SuppressionFolder(Guid.Empty))!;
        foreach (var folder in Directory.Exists(parent) ? Directory.GetDirectories(parent) : [])
        {
            if (!known.Contains(folder) && now - Directory.GetLastWriteTimeUtc(folder) > FolderAge)
            {
                Remove(folder);
            }
        }
    }

    /// <summary>Removes a folder that may be gone already.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was faster.
        }
    }

    /// <summary>Writes the file of ids into the folder and what was counted into the row.</summary>
    private static void ReadIds(SuppressionList list, IdFile file, IdFileColumn column, string folder, CancellationToken cancellation)
    {
        var ids = new IdSet();
        var counts = file.Read(
            column,
            id =>
            {
                ids.Add(id);
                if (ids.Count > MostIds)
                {
                    throw new RefusedException($"The file holds more than {InWords.Count(MostIds)} ids. Send the ids of this bank's customers only.");
                }
            },
            cancellation);
        if (ids.Count == 0)
        {
            throw new RefusedException($"The column '{column.Name}' holds no ids. Export the file again with one customer id a line.");
        }

        list.IdsHash = ids.Save(Path.Combine(folder, SuppressionList.IdsFile));
        (list.IdCount, list.RepeatedCount) = (ids.Count, counts.RowCount - ids.Count);
        (list.BlankCount, list.FirstBlankLine, list.RoundedCount) = (counts.BlankCount, counts.FirstBlankLine, counts.RoundedCount);
        var readAs = file.Describe(column);
        list.ReadAs = readAs.Length > 500 ? readAs[..500] : readAs;
    }

    private static string Required(string? text, int longest, string demand) => text?.Trim() is { Length: > 0 } given && given.Length <= longest
        ? given
        : throw new RefusedException($"{demand}, in at most {longest} characters: it stands in the audit trail and beside every target list that it concerns.");

    private static object Told(SuppressionList list) => new { list.Fingerprint, list.IdCount, list.RepeatedCount, list.BlankCount, list.IdsHash };

    private static string Subject(Guid id) => $"suppression:{id}";

    private static RefusedException Conflict() => new("Somebody else has changed this list since you opened the page. Load it again and look at what it is now.");

    private async Task<IdFile> ExamineAsync(SuppressionList list, CancellationToken cancellation) =>
        IdFile.Examine(Path.Combine(files.SuppressionFolder(list.Id), SuppressionList.SourceFile), list.FileName, await KnownNamesAsync(cancellation));

    /// <summary>What the id column is called in the latest customer files.</summary>
    private async Task<string[]> KnownNamesAsync(CancellationToken cancellation) =>
        [.. (await datasets.NewestAsync(KnownFiles, cancellation)).Select(dataset => dataset.Roles.Id).OfType<string>().Distinct()];

    private async Task<SuppressionList> OpenAsync(Guid id, int version, SuppressionStage stage, CancellationToken cancellation) =>
        await db.Set<SuppressionList>().SingleOrDefaultAsync(list => list.Id == id, cancellation) is { } found && found.Version == version && found.Stage == stage
            ? found
            : throw Conflict();

    private async Task SaveOrRemoveAsync(SuppressionList list, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch
        {
            db.ChangeTracker.Clear();
            Directory.Delete(files.SuppressionFolder(list.Id), recursive: true);
            throw;
        }
    }

    private async Task SaveOrConflictAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other save came between our read and our write.
            throw Conflict();
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Receipts;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>A value of a file's outcome column.</summary>
public sealed record OutcomeValue(string Text, int RowCount);

/// <summary>
/// Outcomes from the file that is sent to what they teach. Bytes arrive in a staging folder and become the upload's folder by one rename, just
/// before its row is saved. Recording writes the outcomes and results beside the bytes before the row says that they count; without that they
/// count as not there and are written again.
/// </summary>
public sealed class OutcomeRegister(
    CampaignDbContext db, DatasetCatalog datasets, ModelRunCatalog runs, DatasetRelabelling relabelling, FileStore files, ListReceipts receipts, AuditTrail trail, TimeProvider clock)
{
    /// <summary>A column with more values is no outcome, unless every value is a success.</summary>
    public const int MostValues = 30;

    /// <summary>Takes a file in and looks whether it is a table; it waits until a person has said how it is read.</summary>
    /// <param name="expectedBytes">As the sender says, else 0.</param>
    /// <exception cref="RefusedException">The list never left, or the file is no table; nothing is kept but an audit entry.</exception>
    public async Task<OutcomeUpload> ArriveAsync(TargetList list, Stream content, string fileName, long expectedBytes, Actor actor, CancellationToken cancellation = default)
    {
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        try
        {
            RequireLeft(list);
            var source = Path.Combine(staging, OutcomeUpload.SourceFile);
            var (name, fingerprint) = await TableFile.StoreAsync(content, fileName, source, expectedBytes, cancellation);
            TableFile.Open(source, name, OutcomeFormSheet);
            var upload = new OutcomeUpload
            {
                Id = Guid.CreateVersion7(),
                TargetListId = list.Id,
                FileName = name,
                Fingerprint = fingerprint,
                SentById = actor.Id,
                SentByName = actor.Name,
                SentUtc = clock.GetUtcNow().UtcDateTime,
            };
            db.Add(upload);
            trail.Append(db, actor, AuditActions.OutcomesReceived, Subject(list.Id), new { upload = upload.Id, fingerprint });
            FileStore.MoveIntoPlace(staging, FolderOf(upload));
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch
            {
                Directory.Delete(FolderOf(upload), recursive: true);
                throw;
            }

            return upload;
        }
        catch (RefusedException)
        {
            // The sentence may quote a value of the file, so the trail does not get it.
            await RecordRefusalAsync(list.Id, actor);
            throw;
        }
        catch (Exception fault) when (DiskSpace.IsFull(fault))
        {
            throw DiskSpace.Refusal();
        }
    }

    public async Task<OutcomeUpload?> FindAsync(Guid uploadId, CancellationToken cancellation = default) =>
        await db.Set<OutcomeUpload>().AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == uploadId, cancellation);

    /// <summary>Of a list, those that wait too, the latest first.</summary>
    public async Task<IReadOnlyList<OutcomeUpload>> ListAsync(Guid listId, CancellationToken cancellation = default) =>
        await db.Set<OutcomeUpload>().AsNoTracking().Where(upload => upload.TargetListId == listId).OrderByDescending(upload => upload.SentUtc).ThenBy(upload => upload.Id).ToListAsync(cancellation);

    /// <summary>The recorded upload that counts; null where there is none.</summary>
    public async Task<OutcomeUpload?> CurrentAsync(Guid listId, CancellationToken cancellation = default) => await Current(listId).FirstOrDefaultAsync(cancellation);

    public TableFile Open(OutcomeUpload upload) => TableFile.Open(Path.Combine(FolderOf(upload), OutcomeUpload.SourceFile), upload.FileName, OutcomeFormSheet);

    /// <summary>What the columns' names tell.</summary>
    public async Task<OutcomeMapping> GuessAsync(TargetList list, TableFile file, CancellationToken cancellation = default) =>
        OutcomeMapping.Guess(file.Columns, (await DatasetOfAsync(list, cancellation))?.Roles.Id);

    /// <summary>The values of a column, the most frequent first; null where there are more than <see cref="MostValues"/>.</summary>
    public static IReadOnlyList<OutcomeValue>? ValuesOf(TableFile file, string column)
    {
        var place = file.Columns.ToList().IndexOf(column);
        if (place < 0)
        {
            return [];
        }

        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in file.Rows())
        {
            if (row.Cells[place].Length > 0)
            {
                counts[row.Cells[place]] = counts.GetValueOrDefault(row.Cells[place]) + 1;
                if (counts.Count > MostValues)
                {
                    return null;
                }
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new OutcomeValue(pair.Key, pair.Value))];
    }

    /// <summary>Reads the whole file as the mapping says; nothing is saved.</summary>
    /// <exception cref="RefusedException">Something is wrong with it; see <see cref="OutcomeCheck"/>.</exception>
    public async Task<CheckedOutcomes> CheckAsync(TargetList list, TableFile file, OutcomeMapping mapping, CancellationToken cancellation = default)
    {
        var dataset = await DatasetOfAsync(list, cancellation);
        return OutcomeCheck.Run(
            file.Rows(), file.Columns, mapping, ListMembers.Read(Path.Combine(files.ListFolder(list.Id), ListMembers.FileName)), ListFacts.ShortId(list.Id), () => CustomersOf(dataset));
    }

    /// <summary>Records the outcomes of a waiting upload; those recorded before are superseded and kept.</summary>
    /// <param name="seenVersion">The upload's version when the person saw it.</param>
    /// <param name="leavesStraysAside">The person goes on without rows of customers who are not of this list.</param>
    /// <exception cref="RefusedException">As <see cref="CheckAsync"/>, rows are left over, or someone else was faster.</exception>
    public async Task RecordAsync(
        TargetList list, Guid uploadId, int seenVersion, OutcomeMapping mapping, bool leavesStraysAside, Actor actor, CancellationToken cancellation = default)
    {
        var upload = await OpenAsync(list, uploadId, seenVersion, cancellation);
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        try
        {
            var found = await CheckAsync(list, Open(upload), mapping, cancellation);
            if (found.Counts.StrayCount > 0 && !leavesStraysAside)
            {
                throw new RefusedException(
                    $"{InWords.Count(found.Counts.StrayCount, "row")} of customers who are neither on this list nor in its control group. Correct the file, or tick that you go on without them.");
            }

            OutcomeResults.Of(found.Outcomes).Save(staging);
            using (var output = File.Create(Path.Combine(staging, OutcomeFile.FileName)))
            {
                OutcomeFile.Write(output, found.Outcomes);
                output.Flush(flushToDisk: true);
                output.Position = 0;
                upload.OutcomesHash = Convert.ToHexStringLower(SHA256.HashData(output));
            }

            upload.MappingJson = JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web);
            upload.CountsJson = JsonSerializer.Serialize(found.Counts, JsonSerializerOptions.Web);
            upload.SupersedesId = (await CurrentAsync(list.Id, cancellation))?.Id;
            (upload.RecordedUtc, upload.RecordedById, upload.RecordedByName) = (clock.GetUtcNow().UtcDateTime, actor.Id, actor.Name);
            upload.Version++;
            trail.Append(db, actor, AuditActions.OutcomesRecorded, Subject(list.Id), new
            {
                upload = upload.Id,
                upload.Fingerprint,
                upload.OutcomesHash,
                upload.SupersedesId,
                mapping.Coverage,
                counts = found.Counts with { StrayLines = [] },
            });
            await AddReceiptAsync(list, upload, found.Counts, cancellation);
        }
        catch (RefusedException)
        {
            await RecordRefusalAsync(list.Id, actor);
            throw;
        }

        var folder = FolderOf(upload);
        foreach (var file in Directory.GetFiles(staging))
        {
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        await SaveOrConflictAsync(cancellation);
    }

    /// <summary>Forgets an upload that waits. Its bytes go after its row.</summary>
    /// <exception cref="RefusedException">It is recorded, or someone else was faster.</exception>
    public async Task DiscardAsync(TargetList list, Guid uploadId, int seenVersion, Actor actor, CancellationToken cancellation = default)
    {
        var upload = await OpenAsync(list, uploadId, seenVersion, cancellation);
        db.Remove(upload);
        trail.Append(db, actor, AuditActions.OutcomesDiscarded, Subject(list.Id), new { upload = upload.Id, upload.Fingerprint });
        await SaveOrConflictAsync(cancellation);
        Directory.Delete(FolderOf(upload), recursive: true);
    }

    public OutcomeResults ReadResults(OutcomeUpload recorded) => OutcomeResults.Load(FolderOf(recorded));

    /// <summary>The customers of a recorded upload who do not want to be contacted again: ready for a do-not-contact list.</summary>
    public IReadOnlyList<string> OptOuts(OutcomeUpload recorded) => [.. OutcomeFile.OptOuts(Path.Combine(FolderOf(recorded), OutcomeFile.FileName))];

    /// <summary>
    /// A new dataset with the rows of the list's, in which the customers with a success are recorded affluent, whether they were contacted or
    /// kept back: the next training learns from what is known now.
    /// </summary>
    /// <exception cref="RefusedException">No outcomes are recorded, or no such dataset can be made.</exception>
    public async Task<DatasetSummary> MakeTrainingFileAsync(TargetList list, Actor actor, CancellationToken cancellation = default)
    {
        var upload = await CurrentAsync(list.Id, cancellation) ?? throw new RefusedException("No outcomes of this list are recorded yet.");
        var dataset = await DatasetOfAsync(list, cancellation) ?? throw new RefusedException("The customer file of this list is gone.");
        var upgraded = OutcomeFile.Read(Path.Combine(FolderOf(upload), OutcomeFile.FileName)).Where(record => record.Responded == true).Select(record => record.CustomerId)
            .ToHashSet(StringComparer.Ordinal);
        var name = $"{Path.GetFileNameWithoutExtension(dataset.FileName)}, with outcomes of {list.Name}.csv";
        var made = await relabelling.CreateAsync(dataset.Id, upgraded, name, list.Id, upload.Id, actor, cancellation);
        trail.Append(db, actor, AuditActions.OutcomesAsLabels, Subject(list.Id), new { upload = upload.Id, dataset = made.Id, made.Derivation?.FromDatasetId, made.Derivation?.ChangedRowCount, made.Derivation?.ChangedCustomerCount });
        await db.SaveChangesAsync(cancellation);
        return made;
    }

    internal const string OutcomeFormSheet = "Outcome form";

    private IQueryable<OutcomeUpload> Current(Guid listId) =>
        db.Set<OutcomeUpload>().AsNoTracking().Where(upload => upload.TargetListId == listId && upload.RecordedUtc != null).OrderByDescending(upload => upload.RecordedUtc);

    private string FolderOf(OutcomeUpload upload) => Path.Combine(files.ListFolder(upload.TargetListId), "outcomes", upload.Id.ToString("N"));

    private static string Subject(Guid listId) => $"list:{listId}";

    private static void RequireLeft(TargetList list)
    {
        if (list.ExportedUtc is null)
        {
            throw new RefusedException(list.Stage switch
            {
                ListStage.Draft => "This list is a draft and never left, so nobody was contacted by it: outcomes belong to a list that was approved and exported.",
                ListStage.InReview => "This list waits for approval and never left, so nobody was contacted by it: outcomes belong to a list that was exported.",
                ListStage.Withdrawn => "This list was withdrawn before it left, so nobody was contacted by it.",
                _ => "This list is approved but never left, so nobody was contacted by it: export it first.",
            });
        }
    }

    private static HashSet<string>? ReadIds(DatasetCatalog datasets, DatasetSummary dataset)
    {
        using var table = datasets.OpenColumns(dataset.Id);
        return DatasetCatalog.ReadCustomers(table, dataset.Roles).CustomerIds.ToHashSet(StringComparer.Ordinal);
    }

    private HashSet<string>? CustomersOf(DatasetSummary? dataset) => dataset is null || dataset.DeletedUtc is not null ? null : ReadIds(datasets, dataset);

    private async Task<DatasetSummary?> DatasetOfAsync(TargetList list, CancellationToken cancellation) =>
        await runs.FindAsync(list.ModelRunId, cancellation) is { } run ? await datasets.FindAsync(run.DatasetId, cancellation) : null;

    private async Task<OutcomeUpload> OpenAsync(TargetList list, Guid uploadId, int seenVersion, CancellationToken cancellation) =>
        await db.Set<OutcomeUpload>().SingleOrDefaultAsync(upload => upload.Id == uploadId && upload.TargetListId == list.Id, cancellation) is { RecordedUtc: null } found && found.Version == seenVersion
            ? found
            : throw Conflict();

    /// <summary>A list that was built before there were receipts has none to go on from.</summary>
    private async Task AddReceiptAsync(TargetList list, OutcomeUpload upload, OutcomeCounts counts, CancellationToken cancellation)
    {
        if (await receipts.LatestAsync(list.Id, cancellation) is null)
        {
            return;
        }

        var tied = new ReceiptOutcome(upload.Id, upload.Fingerprint, CampaignDbContext.ToMicroseconds(upload.RecordedUtc!.Value), new Dictionary<string, int>
        {
            ["target_known"] = counts.TargetKnown,
            ["target_responses"] = counts.TargetResponses,
            ["control_known"] = counts.ControlKnown,
            ["control_responses"] = counts.ControlResponses,
        });
        await receipts.AddAsync(list, ReceiptOccasion.Outcome, content => content with { Outcomes = [.. content.Outcomes, tied] }, cancellation);
    }

    private async Task RecordRefusalAsync(Guid listId, Actor actor)
    {
        db.ChangeTracker.Clear();
        trail.Append(db, actor, AuditActions.OutcomesRefused, Subject(listId));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task SaveOrConflictAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || db.ChangeTracker.Entries<OutcomeUpload>().Any(entry => entry.Entity.SupersedesId is not null))
        {
            // The other save came between our read and our write: of the same upload, or of another one that supersedes the same.
            throw Conflict();
        }
    }

    private static RefusedException Conflict() => new("Somebody else has recorded or discarded outcomes of this list since you opened the page. Load it again and look at what there is now.");
}

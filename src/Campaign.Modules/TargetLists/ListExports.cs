using System.Security.Cryptography;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Modules.TargetLists.Suppression;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>A copy on its way out.</summary>
/// <param name="Content">The bytes that were hashed; the caller disposes.</param>
/// <param name="Name">What to call the file.</param>
/// <param name="Receipt">The receipt that this export made.</param>
public sealed record LeavingCopy(FileStream Content, string Name, string ContentType, ListReceipt Receipt);

/// <summary>
/// Takes target lists out. On a server only approved lists leave; where one person works alone, and for a command, a draft leaves as it is,
/// marked 'not independently reviewed'. Each time is recorded, with the hash of the bytes that leave, before they do.
/// </summary>
public sealed class ListExports(
    CampaignDbContext db, FileStore files, ListReceipts receipts, SuppressionRegister suppression, ContactPolicies policies, EarlierContacts contacts, AuditTrail trail,
    TimeProvider clock)
{
    /// <summary>How often one who was overtaken tries again: each time somebody else has got a copy.</summary>
    private const int MostTries = 20;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ListExport>> ListAsync(Guid listId, CancellationToken cancellation = default) =>
        await db.Set<ListExport>().AsNoTracking().Where(export => export.TargetListId == listId).OrderByDescending(export => export.Utc).ThenByDescending(export => export.Id).ToListAsync(cancellation);

    /// <summary>Why this person may not take the list out now, in one sentence; null where they may.</summary>
    public string? WhyNot(TargetList list, Actor actor) => list switch
    {
        { CountsJson: null } => "This list is not made yet: wait until it is.",
        { Stage: ListStage.Withdrawn } => "This list was withdrawn, so nobody may take it out: make a copy of it.",
        _ when ListStages.WhyExpired(list, clock.GetUtcNow().UtcDateTime) is { } expired => expired,
        { Stage: ListStage.InReview } => "This list waits for approval: it can be taken out when somebody else has approved it.",
        { ApprovedById: null } when !WorksAlone(actor) => "This list is not approved: send it for approval, and somebody else must approve it before it can be taken out.",
        _ => null,
    };

    /// <summary>Why this person wanted the list before; null where they have not taken it out yet.</summary>
    public async Task<string?> ReasonOfAsync(Guid listId, Actor actor, CancellationToken cancellation = default) =>
        (await ListAsync(listId, cancellation)).LastOrDefault(export => export.ActorId == actor.Id)?.Reason;

    /// <summary>The copies that were made of a built list.</summary>
    /// <exception cref="RefusedException">As <see cref="ListReceipts.LatestAsync"/>.</exception>
    public async Task<IReadOnlyList<ListCopy>> CopiesAsync(Guid listId, CancellationToken cancellation = default)
    {
        var files = (await receipts.LatestAsync(listId, cancellation))?.Files ?? [];
        return [.. Enum.GetValues<ListCopy>().Where(copy => files.Any(file => file.Name == ListCopies.FileName(copy)))];
    }

    /// <summary>Records that a copy leaves, in the list's exports, its history where it is the first, a new receipt and the trail.</summary>
    /// <param name="reason">1 to <see cref="ListHistory.LongestReason"/> characters; not looked at where this person has given one before.</param>
    /// <param name="along">Files that leave with it and are tied by the receipt.</param>
    /// <exception cref="RefusedException">As <see cref="WhyNot"/>, no such list or copy, or no reason.</exception>
    /// <exception cref="InvalidDataException">The file on disk is not the one that was made.</exception>
    public async Task<LeavingCopy> ExportAsync(
        Guid listId, ListCopy copy, string? reason, Actor actor, IReadOnlyList<ReceiptFile>? along = null, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await TryExportAsync(listId, copy, reason, actor, along ?? [], cancellation);
            }
            catch (DbUpdateException) when (attempt < MostTries)
            {
                // Another export or a step of the list's took the number that was meant for this one.
            }
        }
    }

    private static bool WorksAlone(Actor actor) => actor.Id == Actor.LocalOwner.Id || actor.Id == Actor.CommandLine.Id;

    private async Task<LeavingCopy> TryExportAsync(
        Guid listId, ListCopy copy, string? reason, Actor actor, IReadOnlyList<ReceiptFile> along, CancellationToken cancellation)
    {
        var list = await db.Set<TargetList>().SingleOrDefaultAsync(list => list.Id == listId, cancellation)
            ?? throw new RefusedException("There is no such target list: choose one from the lists.");
        if (WhyNot(list, actor) is { } why)
        {
            throw new RefusedException(why);
        }

        await RefuseSuppressedSinceAsync(list, cancellation);
        await RefuseOthersControlAsync(list, cancellation);
        var written = await ReasonOfAsync(listId, actor, cancellation) ?? ListHistory.Written(reason);
        var latest = await receipts.LatestAsync(listId, cancellation);
        var made = latest?.Files.FirstOrDefault(file => file.Name == ListCopies.FileName(copy))
            ?? throw new RefusedException($"There is no {ListCopies.InWords(copy)} of this list.");
        if (made.Rows != TargetListRegister.ReadCounts(list)!.ToContact)
        {
            throw new InvalidDataException("The copy's rows are not as many as the list's.");
        }

        var content = new FileStream(
            Path.Combine(ListCopies.FolderOf(list, files.ListFolder(listId)), made.Name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) != made.Hash)
            {
                throw new InvalidDataException("The copy on disk is not the one that was made.");
            }

            content.Position = 0;
            return new(content, $"{ListFacts.ShortId(listId)}-{copy.ToString().ToLowerInvariant()}{Path.GetExtension(made.Name)}", ListCopies.ContentType(copy), await RecordAsync(list, copy, made, written, actor, along, cancellation));
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who was put on a do-not-contact list after the list was made must not leave with it.</summary>
    private async Task RefuseSuppressedSinceAsync(TargetList list, CancellationToken cancellation)
    {
        var suppressed = await suppression.SuppressedAsync(clock.GetUtcNow().UtcDateTime, cancellation);
        if (suppressed.Lists.Count == 0)
        {
            return;
        }

        if (CountTargets(list, suppressed.Ids) is > 0 and var count)
        {
            throw new RefusedException(
                $"{InWords.Count(count, "customer")} of this list {(count == 1 ? "is" : "are")} on a do-not-contact list that came in force after it was made: make a copy of the list, which leaves them out.");
        }
    }

    /// <summary>
    /// A campaign that began after the list was made may keep some of its customers back. Asked when the list leaves for the first time: later it
    /// is itself the earlier campaign.
    /// </summary>
    private async Task RefuseOthersControlAsync(TargetList list, CancellationToken cancellation)
    {
        if (list.ExportedUtc is not null)
        {
            return;
        }

        var earlier = await contacts.ReadAsync(clock.GetUtcNow().UtcDateTime, (await policies.InForceAsync(cancellation)).Caps, list.Id, cancellation);
        if (earlier.RunningControl.Count > 0 && CountTargets(list, earlier.RunningControl) is > 0 and var count)
        {
            throw new RefusedException(
                $"{InWords.Count(count, "customer")} of this list {(count == 1 ? "is" : "are")} kept back to measure another campaign that began after the list was made: make a copy of the list, which leaves them out.");
        }
    }

    private int CountTargets(TargetList list, IdSet ids) =>
        ListMembers.Read(Path.Combine(files.ListFolder(list.Id), ListMembers.FileName)).Count(member => member.Group == ListGroup.Target && ids.Contains(member.CustomerId));

    private async Task<ListReceipt> RecordAsync(
        TargetList list, ListCopy copy, ReceiptFile made, string reason, Actor actor, IReadOnlyList<ReceiptFile> along, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var export = new ListExport
        {
            Id = Guid.CreateVersion7(),
            TargetListId = list.Id,
            Copy = copy,
            Reason = reason,
            RowCount = made.Rows!.Value,
            FileHash = made.Hash,
            ActorId = actor.Id,
            ActorName = actor.Name,
            Utc = now,
        };
        db.Add(export);
        if (list.Stage != ListStage.Exported)
        {
            var from = list.Stage;
            list.Stage = ListStage.Exported;
            list.ExportedUtc = now;
            list.Version++;
            db.Add(ListHistory.Entry(list, ListAct.Exported, from, reason, actor, now));
        }

        var receipt = await receipts.AddAsync(list, ReceiptOccasion.Exported, content => content with { Files = [.. content.Files, .. along] }, cancellation);
        trail.Append(db, actor, AuditActions.Downloaded, $"list:{list.Id}", new { file = made.Name, copy = copy.ToString(), export = export.Id, export.RowCount, export.FileHash, receipt = receipt.Hash });
        await db.SaveChangesAsync(cancellation);
        return receipt;
    }
}

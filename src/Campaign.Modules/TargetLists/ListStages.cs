using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Receipts;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A target list's way: draft, in review, approved, exported; withdrawn from each. Who made or changed a list may not approve it. Past its last
/// day it is neither approved nor exported. Who holds which role is the pages' question.
/// </summary>
public sealed class ListStages(CampaignDbContext db, FileStore files, ListReceipts receipts, AuditTrail trail, TimeProvider clock)
{
    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<TargetListEntry>> HistoryAsync(Guid listId, CancellationToken cancellation = default) =>
        await db.Set<TargetListEntry>().AsNoTracking().Where(entry => entry.TargetListId == listId).OrderByDescending(entry => entry.Number).ToListAsync(cancellation);

    /// <summary>Whether this person made or changed the list and so may not approve it; the local owner, who works alone, always may.</summary>
    public async Task<bool> IsMadeByAsync(Guid listId, Actor actor, CancellationToken cancellation = default) =>
        actor.Id != Actor.LocalOwner.Id
        && await db.Set<TargetListEntry>().AnyAsync(
            entry => entry.TargetListId == listId && entry.ActorId == actor.Id && (entry.Act == ListAct.Made || entry.Act == ListAct.Edited), cancellation);

    /// <summary>A draft is sent for approval.</summary>
    /// <inheritdoc cref="WithdrawAsync"/>
    public async Task SubmitAsync(Guid listId, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(listId, seenVersion, cancellation);
        RequireBuilt(list);
        RequireValid(list);
        Move(list, ListAct.Submitted, ListStage.InReview, reason, actor);
        await ListHistory.SavingAsync(db, list, () => db.SaveChangesAsync(cancellation));
    }

    /// <summary>Back from review to draft.</summary>
    /// <inheritdoc cref="WithdrawAsync"/>
    public async Task SendBackAsync(Guid listId, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(listId, seenVersion, cancellation);
        Move(list, ListAct.SentBack, ListStage.Draft, reason, actor);
        await ListHistory.SavingAsync(db, list, () => db.SaveChangesAsync(cancellation));
    }

    /// <summary>To the last stage: it is never exported again.</summary>
    /// <param name="seenVersion">The list's <see cref="TargetList.Version"/> when the person opened the page.</param>
    /// <param name="reason">1 to <see cref="ListHistory.LongestReason"/> characters.</param>
    /// <exception cref="RefusedException">The stage or the time does not allow it, the reason is empty or too long, or somebody else changed the list meanwhile.</exception>
    public async Task WithdrawAsync(Guid listId, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(listId, seenVersion, cancellation);
        Move(list, ListAct.Withdrawn, ListStage.Withdrawn, reason, actor);
        await ListHistory.SavingAsync(db, list, () => db.SaveChangesAsync(cancellation));
    }

    /// <summary>
    /// From review to approved, by somebody who neither made nor changed it; the attempt of one who did is on the trail. The copies that will
    /// leave are written now, with the approver's name: from here on their bytes do not change.
    /// </summary>
    /// <inheritdoc cref="WithdrawAsync"/>
    public async Task ApproveAsync(Guid listId, int seenVersion, string? reason, Actor actor, CancellationToken cancellation = default)
    {
        var list = await OpenAsync(listId, seenVersion, cancellation);
        if (await IsMadeByAsync(listId, actor, cancellation))
        {
            db.ChangeTracker.Clear();
            trail.Append(db, actor, AuditActions.AccessRefused, $"list:{listId}", new { asked = "approve", because = "maker is not checker" });
            await db.SaveChangesAsync(cancellation);
            throw new RefusedException("You made or changed this list, so somebody else must approve it.");
        }

        RequireValid(list);
        list.ApprovedById = actor.Id;
        list.ApprovedByName = actor.Name;
        list.ApprovedUtc = clock.GetUtcNow().UtcDateTime;
        Move(list, ListAct.Approved, ListStage.Approved, reason, actor);

        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        var listFolder = files.ListFolder(listId);
        await receipts.AddAsync(list, ReceiptOccasion.Approved, content => content with { Files = [.. content.Files.Select(Approve)] }, cancellation);
        list.WorkbookHash = HashOf(ListCopy.Internal);
        list.CallersWorkbookHash = HashOf(ListCopy.Callers);

        // The row first: of two people who approve at once only the one whose row is taken puts the copies in place.
        await ListHistory.SavingAsync(db, list, async () =>
        {
            await using var together = await db.Database.BeginTransactionAsync(cancellation);
            await db.SaveChangesAsync(cancellation);
            FileStore.MoveIntoPlace(staging, Path.Combine(listFolder, ListCopies.ApprovedFolder));
            await together.CommitAsync(cancellation);
        });

        ReceiptFile Approve(ReceiptFile file)
        {
            var (from, to) = (Path.Combine(listFolder, file.Name), Path.Combine(staging, file.Name));
            File.Copy(from, to);
            if (Path.GetExtension(file.Name) == ".xlsx")
            {
                WorkbookApprover.Write(to, list.ApprovedByName + (list.IsReviewed ? "" : ", who works here alone: not independently reviewed"));
            }

            return file with { Hash = ReceiptCheck.HashOf(to) };
        }

        string? HashOf(ListCopy copy) => Path.Combine(staging, ListCopies.FileName(copy)) is var path && File.Exists(path) ? ReceiptCheck.HashOf(path) : null;
    }

    /// <summary>Why a list may not leave or be approved for its age; null where it may.</summary>
    public static string? WhyExpired(TargetList list, DateTime utc) => list.IsExpired(utc)
        ? $"This list was valid until {InWords.Day(list.ValidUntilUtc)}, so it can't be approved or taken out any more: make a copy of it from today's file."
        : null;

    public static string Words(ListAct act) => act switch
    {
        ListAct.Made => "made, a draft",
        ListAct.Edited => "changed and made anew",
        ListAct.Submitted => "sent for approval",
        ListAct.SentBack => "sent back to draft",
        ListAct.Approved => "approved",
        ListAct.Exported => "taken out for the first time",
        _ => "withdrawn",
    };

    public static string Words(ListStage stage) => stage switch
    {
        ListStage.Draft => "a draft",
        ListStage.InReview => "in review",
        ListStage.Approved => "approved",
        ListStage.Exported => "exported",
        _ => "withdrawn",
    };

    /// <summary>The moves that the stages allow but the export's; the database's constraint on the history says the same.</summary>
    private static bool IsAllowed(ListStage from, ListStage to) => (from, to) is
        (ListStage.Draft, ListStage.InReview or ListStage.Withdrawn) or
        (ListStage.InReview, ListStage.Draft or ListStage.Approved or ListStage.Withdrawn) or
        (ListStage.Approved or ListStage.Exported, ListStage.Withdrawn);

    private void Move(TargetList list, ListAct act, ListStage to, string? reason, Actor actor)
    {
        var why = ListHistory.Written(reason);
        var from = list.Stage;
        if (!IsAllowed(from, to))
        {
            throw new RefusedException($"This list is {Words(from)} and can't become {Words(to)} from there.");
        }

        list.Stage = to;
        list.Version++;
        db.Add(ListHistory.Entry(list, act, from, why, actor, clock.GetUtcNow().UtcDateTime));
        trail.Append(db, actor, AuditActions.ListStageSet, $"list:{list.Id}", new { before = from.ToString(), after = to.ToString(), list.MembersHash });
    }

    private async Task<TargetList> OpenAsync(Guid listId, int seenVersion, CancellationToken cancellation)
    {
        var list = await db.Set<TargetList>().SingleOrDefaultAsync(list => list.Id == listId, cancellation)
            ?? throw new RefusedException("There is no such target list: choose one from the lists.");
        return list.Version == seenVersion ? list : throw ListHistory.ChangedMeanwhile();
    }

    private static void RequireBuilt(TargetList list)
    {
        if (list.CountsJson is null)
        {
            throw new RefusedException("This list is not made yet: wait until it is, then send it for approval.");
        }
    }

    private void RequireValid(TargetList list)
    {
        if (WhyExpired(list, clock.GetUtcNow().UtcDateTime) is { } why)
        {
            throw new RefusedException(why);
        }
    }
}

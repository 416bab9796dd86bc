using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists.Receipts;

/// <summary>
/// The receipts of target lists: one when a list is built, and a new one at each approval, export and outcome, which takes over what the one
/// before says and names its hash. The file is written before the row that names it is saved.
/// </summary>
public sealed class ListReceipts(CampaignDbContext db, FileStore files, SigningKey key, TimeProvider clock)
{
    private const string FolderName = "receipts";

    public string PublicKey => key.PublicKey;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ListReceipt>> ListAsync(Guid listId, CancellationToken cancellation = default) =>
        await db.Set<ListReceipt>().AsNoTracking().Where(receipt => receipt.TargetListId == listId).OrderByDescending(receipt => receipt.Number).ToListAsync(cancellation);

    public string PathOf(ListReceipt receipt) => Path.Combine(FolderOf(files, receipt.TargetListId), receipt.FileName);

    /// <summary>Receipt files of one list in a data folder, without a database; in no order.</summary>
    public static IReadOnlyList<string> FilesOf(FileStore files, Guid listId) =>
        Directory.Exists(FolderOf(files, listId)) ? Directory.GetFiles(FolderOf(files, listId), "*.json") : [];

    /// <summary>Receipt files of every list in a data folder, without a database; in no order.</summary>
    public static IEnumerable<string> FilesOf(FileStore files) =>
        Directory.Exists(files.ListsFolder)
            ? Directory.EnumerateDirectories(files.ListsFolder).Select(list => Path.Combine(list, FolderName)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
            : [];

    /// <summary>What the list's latest receipt says; null where it has none.</summary>
    /// <exception cref="RefusedException">It is not there, not whole, or not signed with this installation's key.</exception>
    public async Task<ReceiptContent?> LatestAsync(Guid listId, CancellationToken cancellation = default) =>
        (await ListAsync(listId, cancellation)) is [var latest, ..] ? Read(latest).Content : null;

    /// <summary>Adds the receipt of a list that is built, or built anew, to the unit of work; earlier receipts stay with it.</summary>
    /// <param name="content">What was built; number, time and history are filled in here.</param>
    /// <param name="folder">Where the list's folder is being made.</param>
    public async Task<ListReceipt> AddBuiltAsync(TargetList list, ReceiptContent content, string folder, CancellationToken cancellation)
    {
        var receiptFolder = Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName;
        foreach (var earlier in FilesOf(files, list.Id))
        {
            File.Copy(earlier, Path.Combine(receiptFolder, Path.GetFileName(earlier)));
        }

        var before = await db.Set<ListReceipt>().Where(receipt => receipt.TargetListId == list.Id).OrderByDescending(receipt => receipt.Number).FirstOrDefaultAsync(cancellation);
        return await AddAsync(list, ReceiptOccasion.Built, before, content, receiptFolder, cancellation);
    }

    /// <summary>Adds the list's next receipt to the unit of work, with the history and the exports that are in it; the caller saves.</summary>
    /// <param name="change">What else is new since the receipt before.</param>
    /// <exception cref="RefusedException">As <see cref="LatestAsync"/>, or the list has no receipt.</exception>
    public async Task<ListReceipt> AddAsync(TargetList list, ReceiptOccasion occasion, Func<ReceiptContent, ReceiptContent> change, CancellationToken cancellation = default)
    {
        var before = (await ListAsync(list.Id, cancellation)) is [var latest, ..] ? latest : throw new RefusedException("This list has no receipt: make it anew.");
        return await AddAsync(list, occasion, before, change(Read(before).Content), FolderOf(files, list.Id), cancellation);
    }

    private async Task<ListReceipt> AddAsync(
        TargetList list, ReceiptOccasion occasion, ListReceipt? before, ReceiptContent content, string folder, CancellationToken cancellation)
    {
        var receipt = new ListReceipt { TargetListId = list.Id, Number = (before?.Number ?? 0) + 1, Occasion = occasion, Utc = CampaignDbContext.ToMicroseconds(clock.GetUtcNow().UtcDateTime) };
        (var file, receipt.Hash) = Receipt.Seal(
            content with
            {
                Number = receipt.Number,
                Occasion = occasion,
                Previous = before?.Hash,
                CreatedUtc = receipt.Utc,
                Approval = await ApprovalAsync(list, cancellation),
                Exports = await ExportsAsync(list.Id, cancellation),
            },
            key);
        await using (var stream = new FileStream(Path.Combine(folder, receipt.FileName), FileMode.Create, FileAccess.Write))
        {
            await stream.WriteAsync(file, cancellation);
            stream.Flush(flushToDisk: true);
        }

        db.Add(receipt);
        return receipt;
    }

    private async Task<ReceiptApproval> ApprovalAsync(TargetList list, CancellationToken cancellation)
    {
        var kept = await db.Set<TargetListEntry>().AsNoTracking().Where(entry => entry.TargetListId == list.Id).ToListAsync(cancellation);
        return new(
            list.Stage, list.IsReviewed, list.ApprovedById, list.ApprovedUtc is { } approved ? CampaignDbContext.ToMicroseconds(approved) : null,
            [
                .. kept.Concat(Added<TargetListEntry>().Where(entry => entry.TargetListId == list.Id)).OrderBy(entry => entry.Number)
                    .Select(entry => new ReceiptStep(entry.Number, entry.Act, entry.FromStage, entry.ToStage, entry.ActorId, CampaignDbContext.ToMicroseconds(entry.Utc))),
            ]);
    }

    private async Task<IReadOnlyList<ReceiptExport>> ExportsAsync(Guid listId, CancellationToken cancellation)
    {
        var kept = await db.Set<ListExport>().AsNoTracking().Where(export => export.TargetListId == listId).ToListAsync(cancellation);
        return
        [
            .. kept.Concat(Added<ListExport>().Where(export => export.TargetListId == listId)).OrderBy(export => export.Utc).ThenBy(export => export.Id)
                .Select(export => new ReceiptExport(export.Copy, export.ActorId, CampaignDbContext.ToMicroseconds(export.Utc), export.RowCount, export.FileHash)),
        ];
    }

    private IEnumerable<T> Added<T>()
        where T : class => db.ChangeTracker.Entries<T>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity);

    private Receipt Read(ListReceipt row) =>
        File.Exists(PathOf(row)) && Receipt.ReadFile(PathOf(row)).Receipt is { } receipt && receipt.Hash == row.Hash && receipt.PublicKey == key.PublicKey
            ? receipt
            : throw new RefusedException($"Receipt {row.Number} of this list is missing, was changed, or is not signed with this installation's key: restore the folders lists and keys of the data folder from the backup, or make the list anew.");

    private static string FolderOf(FileStore files, Guid listId) => Path.Combine(files.ListFolder(listId), FolderName);
}

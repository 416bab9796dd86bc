using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Platform;

/// <summary>A place in the chain: the sequence of an entry and its hash; 0 and 64 zeros before the first.</summary>
public sealed record AuditPosition(long Sequence, string Hash);

/// <summary>
/// Seals audit entries: each hash is keyed with a secret that lies outside the database and covers the hash before it, and the latest
/// position is kept outside too (<see cref="AuditHeadFile"/>). So whoever can write the database but not the data folder can neither
/// rewrite an entry nor cut off the last ones unnoticed.
/// </summary>
public sealed class AuditSeal(FileStore files)
{
    internal static readonly string NoHash = new('0', 64);

    // A failure (a full disk) is not kept: the next entry tries again.
    private readonly Lazy<byte[]> _key = new(() => SecretFile.ReadOrCreate(Path.Combine(files.KeysFolder, "audit-trail.key")), LazyThreadSafetyMode.PublicationOnly);

    internal AuditHeadFile HeadFile { get; } = new(files);

    /// <summary>
    /// Numbers, chains and hashes the entries, inside the caller's open transaction. The update of the one head row makes every other
    /// append wait until that transaction ends, so the chain neither forks nor has gaps:
    /// <code>
    /// process A: lock head … file: pending = 7 … commit ……… file: current = 7
    /// process B:        waits ………………………………………… lock head, reads 7 … file: current = 7, pending = 8 … commit
    /// </code>
    /// Killed before the commit, the database ends at <c>current</c>; after it, at <c>pending</c>. Both verify.
    /// </summary>
    internal async Task SealAsync(CampaignDbContext db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        var heads = db.Set<AuditHead>().Where(head => head.Id == AuditHead.OnlyId);
        await heads.ExecuteUpdateAsync(set => set.SetProperty(head => head.SealCount, head => head.SealCount + 1), cancellation);
        var found = await heads.Select(head => new AuditPosition(head.Sequence, head.Hash)).SingleAsync(cancellation);

        var last = found;
        foreach (var entry in entries)
        {
            entry.Sequence = last.Sequence + 1;
            entry.PreviousHash = last.Hash;
            entry.Utc = CampaignDbContext.ToMicroseconds(entry.Utc);
            entry.Hash = HashOf(entry);
            last = new(entry.Sequence, entry.Hash);
        }

        await heads.ExecuteUpdateAsync(
            set => set.SetProperty(head => head.Sequence, last.Sequence).SetProperty(head => head.Hash, last.Hash), cancellation);

        // A second save in one transaction builds on a position that is not committed yet: only the one to come changes.
        var transactionId = db.Database.CurrentTransaction!.TransactionId;
        HeadFile.Announce(db.Sealed?.TransactionId == transactionId ? null : found, last);
        db.Sealed = (transactionId, last);
    }

    /// <summary>The transaction of <see cref="SealAsync"/> has been committed up to <paramref name="last"/>.</summary>
    internal void Committed(AuditPosition last)
    {
        try
        {
            HeadFile.Confirm(last);
        }
        catch (IOException)
        {
            // What the entry describes is saved: failing now would tell the person otherwise. The next append settles the head.
        }
    }

    /// <summary>
    /// At start-up: a commit that was under way when the process ended is found in the database or not, and the head outside follows.
    /// </summary>
    public async Task SettleAsync(CampaignDbContext db, CancellationToken cancellation = default)
    {
        if (HeadFile.Read()?.Pending is { } pending
            && await db.AuditEntries.AnyAsync(entry => entry.Sequence == pending.Sequence && entry.Hash == pending.Hash, cancellation))
        {
            HeadFile.Confirm(pending);
        }
    }

    /// <summary>The keyed hash of an entry over all its fields and the hash before it, 64 lower-case hex digits.</summary>
    internal string HashOf(AuditEntry entry)
    {
        var text = new StringBuilder();
        string?[] fields =
        [
            entry.Sequence.ToString(CultureInfo.InvariantCulture),
            entry.Utc.ToString("O", CultureInfo.InvariantCulture),
            entry.ActorId, entry.ActorName, entry.Action, entry.Subject, entry.DetailsJson, entry.PreviousHash,
        ];
        foreach (var field in fields)
        {
            // The length before each field keeps text from moving between neighbouring fields.
            text.Append(field is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{field.Length}:{field}")).Append('\n');
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(text.ToString())));
    }
}

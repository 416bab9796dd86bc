using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Platform;

/// <summary>What a check of the audit trail found.</summary>
/// <param name="EntryCount">Entries read and recomputed before the first break.</param>
/// <param name="FirstBreak">Where the trail is not as it was written, in words; null where it is whole.</param>
public sealed record AuditVerification(long EntryCount, string? FirstBreak)
{
    public bool IsWhole => FirstBreak is null;
}

/// <summary>Recomputes the whole audit trail and compares its end with the head outside the database. Entries may be added meanwhile.</summary>
public sealed class AuditVerifier(CampaignDbContext db, AuditSeal seal)
{
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellation = default)
    {
        // Read first: entries that are added during the check lie after it.
        var outside = seal.HeadFile.Read();
        var expected = outside?.Current ?? new AuditPosition(0, AuditSeal.NoHash);
        var last = new AuditPosition(0, AuditSeal.NoHash);
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var fault = entry switch
            {
                _ when entry.Sequence != last.Sequence + 1 => $"entry {last.Sequence + 1} is missing",
                _ when entry.PreviousHash != last.Hash => $"entry {entry.Sequence} does not follow entry {last.Sequence}",
                _ when entry.Hash != seal.HashOf(entry) => $"entry {entry.Sequence} was changed after it was written",
                _ when entry.Sequence == expected.Sequence && entry.Hash != expected.Hash => $"entry {entry.Sequence} is not the one that the head outside the database names",
                _ => null,
            };
            if (fault is not null)
            {
                return new(last.Sequence, fault);
            }

            last = new(entry.Sequence, entry.Hash);
        }

        if (last.Sequence < expected.Sequence)
        {
            return new(last.Sequence, $"entries {last.Sequence + 1} to {expected.Sequence} are missing at the end");
        }

        if (outside is null && last.Sequence > 0)
        {
            return new(last.Sequence, "the head outside the database is missing, so entries cut off at the end would not show");
        }

        return new(last.Sequence, outside?.Breaks.Count > 0 ? outside.Breaks[0] : null);
    }
}

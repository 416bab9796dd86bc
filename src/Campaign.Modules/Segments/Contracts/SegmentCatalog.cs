using Campaign.Learning;
using Campaign.Learning.Segments;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Segments.Contracts;

/// <summary>A segment as pages and other modules see it.</summary>
/// <param name="Product">Suggested for its customers; may be empty.</param>
/// <param name="Message">Suggested for its customers; may be empty.</param>
/// <param name="RetiredUtc">When it was deleted; null while it can be chosen.</param>
/// <param name="Version">Counts edits; a form keeps the number that it was opened with.</param>
public sealed record SegmentSummary(
    Guid Id, string Name, SegmentRule Rule, string Product, string Message, string CreatedByName, DateTime CreatedUtc,
    string ChangedByName, DateTime ChangedUtc, DateTime? RetiredUtc, int Version);

/// <summary>The door to the saved segments.</summary>
public sealed class SegmentCatalog(CampaignDbContext db)
{
    /// <summary>Those that can be chosen, in the order of their names.</summary>
    public async Task<IReadOnlyList<SegmentSummary>> ListAsync(CancellationToken cancellation = default) =>
    [
        .. (await db.Set<Segment>().AsNoTracking().Where(segment => segment.RetiredUtc == null).ToListAsync(cancellation))
            .Select(segment => segment.Summary()).OrderBy(segment => segment.Name, StringComparer.OrdinalIgnoreCase).ThenBy(segment => segment.Id),
    ];

    /// <summary>The segments with these ids that are there, deleted ones too, in the order of the ids.</summary>
    public async Task<IReadOnlyList<SegmentSummary>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation = default)
    {
        var found = await db.Set<Segment>().AsNoTracking().Where(segment => ids.Contains(segment.Id)).ToListAsync(cancellation);
        return [.. found.OrderBy(segment => ids.ToList().IndexOf(segment.Id)).Select(segment => segment.Summary())];
    }

    /// <summary>
    /// Notes in the caller's unit of work that a list is made by these segments and by no others; the caller saves both together. While a list
    /// is made by it, a segment can't be deleted. One that is deleted between this look and that save stays readable, as all deleted ones do.
    /// </summary>
    /// <param name="targetListId">New, or a draft that is changed.</param>
    /// <exception cref="RefusedException">One that the list did not use yet was deleted, or never was.</exception>
    public async Task UseAsync(IReadOnlyList<Guid> ids, Guid targetListId, CancellationToken cancellation = default)
    {
        var used = await db.Set<SegmentUse>().Where(use => use.TargetListId == targetListId).ToListAsync(cancellation);
        Guid[] added = [.. ids.Distinct().Except(used.Select(use => use.SegmentId))];
        if (await db.Set<Segment>().CountAsync(segment => added.Contains(segment.Id) && segment.RetiredUtc == null, cancellation) < added.Length)
        {
            throw new RefusedException("A segment that was chosen has been deleted meanwhile: look at the segments and choose again.");
        }

        db.RemoveRange(used.Where(use => !ids.Contains(use.SegmentId)));
        db.AddRange(added.Select(id => new SegmentUse { SegmentId = id, TargetListId = targetListId }));
    }
}

using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Platform;

/// <summary>Which entries to show. What is null does not narrow.</summary>
/// <param name="ActorId">The person's id.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Subject">The start of the subject: <c>dataset:</c> for a kind, the whole for one thing.</param>
/// <param name="FromUtc">At or after.</param>
/// <param name="BeforeUtc">Before.</param>
public sealed record AuditFilter(string? ActorId = null, string? Action = null, string? Subject = null, DateTime? FromUtc = null, DateTime? BeforeUtc = null);

/// <summary>One page of entries, the newest first.</summary>
/// <param name="Total">Entries that fit the filter, on all pages.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, int Total, int PageNumber, int PageCount);

/// <summary>Reads the audit trail for its page.</summary>
public sealed class AuditQuery(CampaignDbContext db)
{
    public const int PageSize = 50;

    /// <param name="pageNumber">From 1; a number past the end shows the last page.</param>
    public async Task<AuditPage> PageAsync(AuditFilter filter, int pageNumber = 1, CancellationToken cancellation = default)
    {
        var entries = Matching(filter);
        var total = await entries.CountAsync(cancellation);
        var pageCount = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(pageNumber, 1, pageCount);
        return new(await OnPage(entries, page).ToListAsync(cancellation), total, page, pageCount);
    }

    /// <summary>The people that the trail names, by name, for the filter.</summary>
    public async Task<IReadOnlyList<Actor>> ActorsAsync(CancellationToken cancellation = default) => await Actors().ToListAsync(cancellation);

    internal IQueryable<AuditEntry> Matching(AuditFilter filter)
    {
        var entries = db.AuditEntries.AsNoTracking();
        entries = filter.ActorId is { } actor ? entries.Where(entry => entry.ActorId == actor) : entries;
        entries = filter.Action is { } action ? entries.Where(entry => entry.Action == action) : entries;
        if (filter.Subject is { } start)
        {
            // A range instead of LIKE, which ignores the letter case on SQLite. The database compares, by code point.
            var end = start + '\uFFFF';
#pragma warning disable CA1309
            entries = entries.Where(entry => string.Compare(entry.Subject, start) >= 0 && string.Compare(entry.Subject, end) < 0);
#pragma warning restore CA1309
        }

        entries = filter.FromUtc is { } from ? entries.Where(entry => entry.Utc >= from) : entries;
        return filter.BeforeUtc is { } before ? entries.Where(entry => entry.Utc < before) : entries;
    }

    internal static IQueryable<AuditEntry> OnPage(IQueryable<AuditEntry> entries, int page) =>
        entries.OrderByDescending(entry => entry.Sequence).Skip((page - 1) * PageSize).Take(PageSize);

    // A person who was renamed shows under the latest name.
    internal IQueryable<Actor> Actors() => db.AuditEntries.AsNoTracking()
        .GroupBy(entry => entry.ActorId)
        .Select(group => new { Id = group.Key, Name = group.OrderByDescending(entry => entry.Sequence).First().ActorName })
        .OrderBy(actor => actor.Name)
        .Select(actor => new Actor(actor.Id, actor.Name));
}

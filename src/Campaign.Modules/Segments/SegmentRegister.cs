using Campaign.Learning;
using Campaign.Learning.Segments;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Segments;

/// <summary>What a person asks of a segment; texts as they were typed.</summary>
public sealed record SegmentRequest(string? Name, SegmentRule Rule, string? Product, string? Message);

/// <summary>Segments as people save, change and delete them.</summary>
public sealed class SegmentRegister(CampaignDbContext db, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Characters.</summary>
    public const int LongestName = 100;

    /// <summary>Characters.</summary>
    public const int LongestProduct = 200;

    /// <summary>Characters.</summary>
    public const int LongestMessage = 1000;

    /// <returns>The segment's id.</returns>
    /// <exception cref="RefusedException">A text is missing or too long, the name is in use, or the rule has no condition.</exception>
    public async Task<Guid> AddAsync(SegmentRequest request, Actor actor, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var segment = new Segment { Id = Guid.CreateVersion7(), CreatedById = actor.Id, CreatedByName = actor.Name, CreatedUtc = now };
        await FillAsync(segment, request, actor, now, cancellation);
        db.Add(segment);
        trail.Append(db, actor, AuditActions.SegmentSaved, Subject(segment.Id), Told(segment, request.Rule));
        await db.SaveChangesAsync(cancellation);
        return segment.Id;
    }

    /// <param name="seenVersion">The segment's version when the person opened the page: a later edit by somebody else is not overwritten.</param>
    /// <exception cref="RefusedException">As of <see cref="AddAsync"/>, or somebody else changed or deleted it meanwhile.</exception>
    public async Task ChangeAsync(Guid id, int seenVersion, SegmentRequest request, Actor actor, CancellationToken cancellation = default)
    {
        var segment = await OpenAsync(id, seenVersion, cancellation);
        await FillAsync(segment, request, actor, clock.GetUtcNow().UtcDateTime, cancellation);
        segment.Version++;
        trail.Append(db, actor, AuditActions.SegmentChanged, Subject(id), Told(segment, request.Rule));
        await SaveAsync(cancellation);
    }

    /// <summary>Takes it out of what can be chosen; its row stays.</summary>
    /// <param name="seenVersion">As of <see cref="ChangeAsync"/>.</param>
    /// <exception cref="RefusedException">A target list uses it, or somebody else changed or deleted it meanwhile.</exception>
    public async Task RetireAsync(Guid id, int seenVersion, Actor actor, CancellationToken cancellation = default)
    {
        var segment = await OpenAsync(id, seenVersion, cancellation);
        if (await UseCountAsync(id, cancellation) is > 0 and var lists)
        {
            throw new RefusedException($"'{segment.Name}' can't be deleted: {InWords.Count(lists, "target list uses", "target lists use")} it. Change it instead, or leave it.");
        }

        segment.RetiredUtc = clock.GetUtcNow().UtcDateTime;
        segment.Version++;
        trail.Append(db, actor, AuditActions.SegmentDeleted, Subject(id), new { segment.Version });
        await SaveAsync(cancellation);
    }

    /// <summary>Target lists that were asked for by it.</summary>
    public Task<int> UseCountAsync(Guid id, CancellationToken cancellation = default) =>
        db.Set<SegmentUse>().CountAsync(use => use.SegmentId == id, cancellation);

    /// <summary>Null where there is none, or it was deleted.</summary>
    public async Task<SegmentSummary?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        (await db.Set<Segment>().AsNoTracking().SingleOrDefaultAsync(segment => segment.Id == id && segment.RetiredUtc == null, cancellation))?.Summary();

    private static string Subject(Guid id) => $"segment:{id}";

    /// <summary>Column names are the bank's own words for its data; bounds, categories and texts are left out.</summary>
    private static object Told(Segment segment, SegmentRule rule) =>
        new { segment.Version, conditions = rule.Conditions.Count, columns = rule.Conditions.Select(condition => condition.Column).Distinct() };

    private async Task<Segment> OpenAsync(Guid id, int seenVersion, CancellationToken cancellation)
    {
        var segment = await db.Set<Segment>().SingleOrDefaultAsync(segment => segment.Id == id, cancellation);
        if (segment is null || segment.RetiredUtc is not null)
        {
            throw new RefusedException("This segment has been deleted: choose another one, or build it anew.");
        }

        return segment.Version == seenVersion ? segment : throw ChangedMeanwhile(segment.ChangedByName);
    }

    private async Task FillAsync(Segment segment, SegmentRequest request, Actor actor, DateTime now, CancellationToken cancellation)
    {
        var name = Written(request.Name, "The name", 1, LongestName);
        if (request.Rule.Conditions.Count == 0)
        {
            throw new RefusedException("Add at least one condition: a segment without one is everybody.");
        }

        var others = await db.Set<Segment>().AsNoTracking().Where(other => other.RetiredUtc == null && other.Id != segment.Id).Select(other => other.Name).ToListAsync(cancellation);
        if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusedException($"There is a segment called '{name}' already: give this one another name, or change that one.");
        }

        var (product, message) = (Written(request.Product, "The product", 0, LongestProduct), Written(request.Message, "The message", 0, LongestMessage));
        (segment.Name, segment.Product, segment.Message) = (name, product, message);
        segment.RuleJson = request.Rule.ToJson();
        segment.ChangedByName = actor.Name;
        segment.ChangedUtc = now;
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other save came between our read and our write.
            db.ChangeTracker.Clear();
            throw ChangedMeanwhile("Somebody else");
        }
    }

    private static RefusedException ChangedMeanwhile(string who) =>
        new($"{who} has changed this segment since you opened it, so nothing of yours was saved. Load it again to see theirs, then make your change.");

    private static string Written(string? text, string what, int shortest, int longest)
    {
        var written = (text ?? "").ReplaceLineEndings("\n").Trim();
        return written.Length >= shortest && written.Length <= longest
            ? written
            : throw new RefusedException($"{what} has {shortest} to {InWords.Count(longest)} characters; this one has {InWords.Count(written.Length)}.");
    }
}

using System.Text.RegularExpressions;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Modeling;

/// <summary>What people wrote about a run.</summary>
/// <param name="Notes">The newest first.</param>
/// <param name="Tags">In the order of the alphabet.</param>
public sealed record NotesOfRun(IReadOnlyList<RunNote> Notes, IReadOnlyList<string> Tags);

/// <summary>
/// Notes and tags of model runs. A note is only ever added and a tag is a row of its own, so two people at once can't overwrite each other's;
/// a tag that is there already, or gone already, is no news.
/// </summary>
public sealed partial class RunNotes(CampaignDbContext db, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Characters.</summary>
    public const int LongestNote = 2000;

    /// <summary>Characters.</summary>
    public const int LongestTag = 40;

    /// <summary>Tags a run.</summary>
    public const int MostTags = 20;

    /// <summary>Notes a run.</summary>
    public const int MostNotes = 500;

    public async Task<NotesOfRun> OfRunAsync(Guid runId, CancellationToken cancellation = default) => new(
        await db.Set<RunNote>().AsNoTracking().Where(note => note.ModelRunId == runId).OrderByDescending(note => note.CreatedUtc).ThenBy(note => note.Id).ToListAsync(cancellation),
        await db.Set<RunTag>().AsNoTracking().Where(tag => tag.ModelRunId == runId).OrderBy(tag => tag.Tag).Select(tag => tag.Tag).ToListAsync(cancellation));

    /// <summary>All tags in use, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> TagsInUseAsync(CancellationToken cancellation = default) =>
        await db.Set<RunTag>().AsNoTracking().Select(tag => tag.Tag).Distinct().OrderBy(tag => tag).ToListAsync(cancellation);

    /// <summary>The audit entry tells the note's id and length, not its words.</summary>
    /// <exception cref="RefusedException">There is no text, too much of it, or too many notes.</exception>
    public async Task AddNoteAsync(Guid runId, string? text, Actor actor, CancellationToken cancellation = default)
    {
        var written = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (written.Length is 0 or > LongestNote)
        {
            throw new RefusedException($"A note has 1 to {InWords.Count(LongestNote)} characters; this one has {InWords.Count(written.Length)}.");
        }

        if (await db.Set<RunNote>().CountAsync(note => note.ModelRunId == runId, cancellation) >= MostNotes)
        {
            throw new RefusedException($"This run has {InWords.Count(MostNotes)} notes, which is the most that one can have.");
        }

        var note = new RunNote
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = runId,
            Text = written,
            CreatedById = actor.Id,
            CreatedByName = actor.Name,
            CreatedUtc = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(note);
        trail.Append(db, actor, AuditActions.NoteAdded, $"run:{runId}", new { note = note.Id, length = written.Length });
        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="RefusedException">It is no tag, or the run has too many.</exception>
    public async Task AddTagAsync(Guid runId, string? text, Actor actor, CancellationToken cancellation = default)
    {
        var tag = Normalise(text);
        if (tag.Length > LongestTag || !Written().IsMatch(tag))
        {
            throw new RefusedException($"A tag has 1 to {LongestTag} letters, digits, spaces, dots or hyphens.");
        }

        var tags = await db.Set<RunTag>().AsNoTracking().Where(one => one.ModelRunId == runId).Select(one => one.Tag).ToListAsync(cancellation);
        if (tags.Contains(tag))
        {
            return;
        }

        if (tags.Count >= MostTags)
        {
            throw new RefusedException($"This run has {MostTags} tags, which is the most that one can have: remove one first.");
        }

        var row = new RunTag { ModelRunId = runId, Tag = tag };
        db.Add(row);
        trail.Append(db, actor, AuditActions.TagAdded, $"run:{runId}", new { tag });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (db.Set<RunTag>().AsNoTracking().Any(one => one.ModelRunId == runId && one.Tag == tag))
        {
            // Somebody else added the same tag between our look and our save: what was wanted is there.
            db.ChangeTracker.Clear();
        }
    }

    public async Task RemoveTagAsync(Guid runId, string? text, Actor actor, CancellationToken cancellation = default)
    {
        var tag = Normalise(text);
        if (await db.Set<RunTag>().SingleOrDefaultAsync(one => one.ModelRunId == runId && one.Tag == tag, cancellation) is not { } row)
        {
            return;
        }

        db.Remove(row);
        trail.Append(db, actor, AuditActions.TagRemoved, $"run:{runId}", new { tag });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else removed it between our look and our save.
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Small letters, single spaces.</summary>
    private static string Normalise(string? text) => Spaces().Replace((text ?? "").Trim(), " ").ToLowerInvariant();

    [GeneratedRegex(@"^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} ._-]*\z")]
    private static partial Regex Written();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

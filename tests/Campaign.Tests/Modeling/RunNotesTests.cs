using Campaign.Learning;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed class RunNotesTests
{
    private readonly SettableClock _clock = new();

    [DatabaseTheory]
    public async Task A_note_is_kept_with_who_and_when_and_the_next_one_leaves_it_as_it_is(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await SampleRuns.AddRunAsync(database);
        await using var db = database.Open();
        var notes = Notes(db);

        await notes.AddNoteAsync(run.Id, "  Too long a list.\r\nLet us try more repeats. ", new Actor("m", "Mei"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await notes.AddNoteAsync(run.Id, "Done: 5 repeats.", new Actor("b", "Ben"));

        var written = (await notes.OfRunAsync(run.Id)).Notes;
        Assert.Equal([("Ben", "Done: 5 repeats."), ("Mei", "Too long a list.\nLet us try more repeats.")], written.Select(note => (note.CreatedByName, note.Text)));
        Assert.Equal(TimeSpan.FromMinutes(1), written[0].CreatedUtc - written[1].CreatedUtc);
        Assert.Empty((await notes.OfRunAsync(Guid.NewGuid())).Notes);
        var entries = await db.AuditEntries.Where(entry => entry.Action == AuditActions.NoteAdded).ToListAsync();
        Assert.Equal(2, entries.Count);
        Assert.DoesNotContain(entries, entry => entry.DetailsJson!.Contains("repeats", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \n ", 0)]
    [InlineData("x", RunNotes.LongestNote + 1)]
    public async Task A_note_without_words_or_with_too_many_is_refused_in_a_sentence(string word, int times)
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await SampleRuns.AddRunAsync(database);
        await using var db = database.Open();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Notes(db).AddNoteAsync(run.Id, times == 0 ? word : new string(word[0], times), SampleRuns.Trainer));

        Assert.Equal($"A note has 1 to 2,000 characters; this one has {(times == 0 ? "0" : "2,001")}.", refusal.Message);
        Assert.Empty((await Notes(db).OfRunAsync(run.Id)).Notes);
    }

    [DatabaseTheory]
    public async Task A_tag_is_there_once_whoever_adds_it_how_often_and_goes_when_it_is_removed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await SampleRuns.AddRunAsync(database);
        await using var first = database.Open();
        await using var second = database.Open();

        await Notes(first).AddTagAsync(run.Id, " For   Review ", SampleRuns.Trainer);
        await Notes(second).AddTagAsync(run.Id, "for review", SampleRuns.Trainer);
        await Notes(second).AddTagAsync(run.Id, "Ärger-2.1", SampleRuns.Trainer);

        Assert.Equal(["for review", "ärger-2.1"], (await Notes(first).OfRunAsync(run.Id)).Tags);
        Assert.Equal(["for review", "ärger-2.1"], await Notes(first).TagsInUseAsync());

        await Notes(second).RemoveTagAsync(run.Id, "FOR REVIEW", SampleRuns.Trainer);
        await Notes(first).RemoveTagAsync(run.Id, "for review", SampleRuns.Trainer);
        Assert.Equal(["ärger-2.1"], (await Notes(first).OfRunAsync(run.Id)).Tags);
        Assert.Equal(1, await first.AuditEntries.CountAsync(entry => entry.Action == AuditActions.TagRemoved));
    }

    [DatabaseTheory]
    public async Task People_who_add_the_same_tag_at_once_all_find_it_there(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await SampleRuns.AddRunAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var own = database.Open();
            await Notes(own).AddTagAsync(run.Id, "same", SampleRuns.Trainer);
        }));

        await using var db = database.Open();
        Assert.Equal(["same"], (await Notes(db).OfRunAsync(run.Id)).Tags);
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.TagAdded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("12345678901234567890123456789012345678901")]
    public async Task What_is_no_tag_is_refused(string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await SampleRuns.AddRunAsync(database);
        await using var db = database.Open();

        Assert.StartsWith("A tag has 1 to 40", (await Assert.ThrowsAsync<RefusedException>(() => Notes(db).AddTagAsync(run.Id, text, SampleRuns.Trainer))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_has_twenty_tags_at_most()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await SampleRuns.AddRunAsync(database);
        await using var db = database.Open();
        for (var i = 0; i < RunNotes.MostTags; i++)
        {
            await Notes(db).AddTagAsync(run.Id, $"tag {i}", SampleRuns.Trainer);
        }

        Assert.Contains("20 tags", (await Assert.ThrowsAsync<RefusedException>(() => Notes(db).AddTagAsync(run.Id, "one more", SampleRuns.Trainer))).Message, StringComparison.Ordinal);
        await Notes(db).AddTagAsync(run.Id, "tag 3", SampleRuns.Trainer);
    }

    private RunNotes Notes(CampaignDbContext db) => new(db, new AuditTrail(_clock), _clock);
}

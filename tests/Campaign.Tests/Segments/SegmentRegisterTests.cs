using Campaign.Learning;
using Campaign.Learning.Segments;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments;
using Campaign.Modules.Segments.Contracts;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Segments;

public sealed class SegmentRegisterTests
{
    private static readonly Actor Aina = new("u1", "Aina");
    private static readonly Actor Ben = new("u2", "Ben");
    private static readonly SegmentRule Savers = new([new NumberCondition("savings", 20_000, FromCounts: false, null, ToCounts: false), new CategoryCondition("job", ["clerk", "pilot"])]);
    private readonly SettableClock _clock = new();

    [DatabaseTheory]
    public async Task A_segment_is_kept_with_its_rule_and_the_trail_tells_no_value_of_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await Register(db).AddAsync(new SegmentRequest(" Savers ", Savers, "Placement", "A\r\nword"), Aina);

        var saved = Assert.Single(await new SegmentCatalog(db).ListAsync());

        Assert.Equal((id, "Savers", "Placement", "A\nword", "Aina", 0), (saved.Id, saved.Name, saved.Product, saved.Message, saved.CreatedByName, saved.Version));
        Assert.Equal(Savers.ToJson(), saved.Rule.ToJson());
        var entry = await db.AuditEntries.SingleAsync();
        Assert.Equal((AuditActions.SegmentSaved, $"segment:{id}"), (entry.Action, entry.Subject));
        Assert.DoesNotContain("20000", entry.DetailsJson, StringComparison.Ordinal);
        Assert.DoesNotContain("pilot", entry.DetailsJson, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task A_second_editor_sees_the_conflict_and_overwrites_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = database.Open();
        await using var other = database.Open();
        var id = await Register(one).AddAsync(new SegmentRequest("Savers", Savers, "", ""), Aina);
        await Register(one).ChangeAsync(id, 0, new SegmentRequest("Savers of Aina", Savers, "", ""), Aina);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Register(other).ChangeAsync(id, 0, new SegmentRequest("Savers of Ben", Savers, "", ""), Ben));

        Assert.StartsWith("Aina has changed this segment since you opened it", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Savers of Aina", (await Register(other).FindAsync(id))!.Name);
    }

    [DatabaseTheory]
    public async Task Two_saves_between_the_same_reads_leave_the_first(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = database.Open();
        await using var other = database.Open();
        var id = await Register(one).AddAsync(new SegmentRequest("Savers", Savers, "", ""), Aina);

        // The other has read the row already when the first one saves.
        await other.Set<Segment>().SingleAsync(segment => segment.Id == id);
        await Register(one).ChangeAsync(id, 0, new SegmentRequest("Of Aina", Savers, "", ""), Aina);

        await Assert.ThrowsAsync<RefusedException>(() => Register(other).ChangeAsync(id, 0, new SegmentRequest("Of Ben", Savers, "", ""), Ben));

        await using var fresh = database.Open();
        Assert.Equal("Of Aina", (await Register(fresh).FindAsync(id))!.Name);
    }

    [DatabaseTheory]
    public async Task A_deleted_segment_can_be_found_but_not_chosen(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var (kept, gone) = (await Register(db).AddAsync(new SegmentRequest("b", Savers, "", ""), Aina), await Register(db).AddAsync(new SegmentRequest("a", Savers, "", ""), Aina));
        await Register(db).RetireAsync(gone, 0, Ben);
        var catalog = new SegmentCatalog(db);

        Assert.Equal([kept], (await catalog.ListAsync()).Select(segment => segment.Id));
        Assert.Equal([gone, kept], (await catalog.FindAsync([gone, kept])).Select(segment => segment.Id));
        Assert.NotNull((await catalog.FindAsync([gone]))[0].RetiredUtc);
        Assert.Null(await Register(db).FindAsync(gone));
        await Assert.ThrowsAsync<RefusedException>(() => catalog.UseAsync([gone, kept], Guid.NewGuid()));

        // Its name is free again.
        await Register(db).AddAsync(new SegmentRequest("A", Savers, "", ""), Aina);
    }

    [DatabaseTheory]
    public async Task A_segment_that_a_list_uses_is_not_deleted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await Register(db).AddAsync(new SegmentRequest("Savers", Savers, "", ""), Aina);
        await new SegmentCatalog(db).UseAsync([id, id], Guid.NewGuid());
        await db.SaveChangesAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Register(db).RetireAsync(id, 0, Aina));

        Assert.Contains("1 target list uses it", refused.Message, StringComparison.Ordinal);
        Assert.Null((await Register(db).FindAsync(id))!.RetiredUtc);
    }

    [DatabaseTheory]
    public async Task A_draft_that_is_changed_uses_what_it_asks_now_and_nothing_twice(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var (first, second) = (await Register(db).AddAsync(new SegmentRequest("a", Savers, "", ""), Aina), await Register(db).AddAsync(new SegmentRequest("b", Savers, "", ""), Aina));
        var list = Guid.NewGuid();
        foreach (Guid[] asked in (Guid[][])[[first], [first], [first, second], [second]])
        {
            await new SegmentCatalog(db).UseAsync(asked, list);
            await db.SaveChangesAsync();
        }

        Assert.Equal((0, 1), (await Register(db).UseCountAsync(first), await Register(db).UseCountAsync(second)));
        await Register(db).RetireAsync(first, 0, Aina);
    }

    [Fact]
    public async Task A_segment_without_a_name_of_its_own_or_without_a_condition_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        await Register(db).AddAsync(new SegmentRequest("Savers", Savers, "", ""), Aina);

        Assert.Contains("1 to 100 characters", await Refusal(new SegmentRequest("  ", Savers, "", "")), StringComparison.Ordinal);
        Assert.Contains("called 'savers' already", await Refusal(new SegmentRequest("savers", Savers, "", "")), StringComparison.Ordinal);
        Assert.Contains("at least one condition", await Refusal(new SegmentRequest("All", new SegmentRule([]), "", "")), StringComparison.Ordinal);
        Assert.Contains("1,000 characters", await Refusal(new SegmentRequest("Long", Savers, "", new string('x', 1001))), StringComparison.Ordinal);
        Assert.Single(await new SegmentCatalog(db).ListAsync());

        async Task<string> Refusal(SegmentRequest request) => (await Assert.ThrowsAsync<RefusedException>(() => Register(db).AddAsync(request, Aina))).Message;
    }

    private SegmentRegister Register(CampaignDbContext db) => new(db, new AuditTrail(_clock), _clock);
}

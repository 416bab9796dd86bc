using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class AuditQueryTests
{
    [DatabaseTheory]
    public async Task Entries_are_filtered_and_paged_the_newest_first(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var clock = new SettableClock();
        var trail = new AuditTrail(clock);
        var start = clock.GetUtcNow().UtcDateTime;
        await using (var db = database.Open())
        {
            for (var i = 0; i < AuditQuery.PageSize + 10; i++)
            {
                var actor = i % 2 == 0 ? new Actor("a", "Ada") : new Actor("b", i == 1 ? "Bob" : "Robert");
                trail.Append(db, actor, i % 3 == 0 ? AuditActions.Downloaded : AuditActions.SignedIn, i < 5 ? $"Dataset:{i}" : $"dataset:{i}");
                clock.Advance(TimeSpan.FromMinutes(1));
            }

            await db.SaveChangesAsync();
        }

        await using var other = database.Open();
        var query = new AuditQuery(other);

        var all = await query.PageAsync(new AuditFilter());
        var second = await query.PageAsync(new AuditFilter(), 2);
        var narrow = await query.PageAsync(new AuditFilter("a", AuditActions.Downloaded, "dataset:", start.AddMinutes(6), start.AddMinutes(13)));

        Assert.Equal((AuditQuery.PageSize + 10, 2, 60L), (all.Total, all.PageCount, all.Entries[0].Sequence));
        Assert.Equal(10, second.Entries.Count);
        Assert.Equal(1, second.Entries[^1].Sequence);
        Assert.Equal(["dataset:12", "dataset:6"], narrow.Entries.Select(entry => entry.Subject));
        Assert.Equal(5, (await query.PageAsync(new AuditFilter(Subject: "Dataset:"))).Total);
        Assert.Equal(2, (await query.PageAsync(new AuditFilter(), 99)).PageNumber);
        Assert.Equal([new Actor("a", "Ada"), new Actor("b", "Robert")], await query.ActorsAsync());
    }
}

using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class CampaignDbContextTests
{
    [DatabaseTheory]
    public async Task A_new_database_has_the_roles_and_nothing_pending(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();

        Assert.Equal(Roles.All.Order(StringComparer.Ordinal), await db.Roles.OrderBy(role => role.Name).Select(role => role.Name!).ToListAsync());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [DatabaseTheory]
    public async Task Times_come_back_as_utc_to_the_microsecond(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = Guid.NewGuid();
        var written = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc).AddTicks(1234567);
        await using (var db = database.Open())
        {
            db.Jobs.Add(new JobRecord { Id = id, CreatedUtc = written });
            await db.SaveChangesAsync();
        }

        await using var other = database.Open();
        var read = (await other.Jobs.SingleAsync(job => job.Id == id)).CreatedUtc;

        Assert.Equal(DateTimeKind.Utc, read.Kind);
        Assert.Equal(written.AddTicks(-7), read);
    }

    [DatabaseTheory]
    public async Task Text_is_ordered_and_compared_by_code_point(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        string[] names = ["Zürich", "zürich", "Ärzte", "apple", "Apple", "_x", "a b", "ab", "10", "9", "é", "e"];
        await using (var db = database.Open())
        {
            db.Jobs.AddRange(names.Select(name => new JobRecord { Id = Guid.NewGuid(), Kind = name }));
            await db.SaveChangesAsync();
        }

        await using var other = database.Open();

        Assert.Equal(names.Order(StringComparer.Ordinal), await other.Jobs.OrderBy(job => job.Kind).Select(job => job.Kind).ToListAsync());
        Assert.Equal(1, await other.Jobs.CountAsync(job => job.Kind == "apple"));
    }

    [DatabaseTheory]
    public async Task Of_two_people_who_edit_the_same_row_the_second_sees_a_conflict(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = Guid.NewGuid();
        await using (var db = database.Open())
        {
            db.Jobs.Add(new JobRecord { Id = id, State = JobState.Running });
            await db.SaveChangesAsync();
        }

        await using var first = database.Open();
        await using var second = database.Open();
        (await first.Jobs.SingleAsync(job => job.Id == id)).State = JobState.Done;
        (await second.Jobs.SingleAsync(job => job.Id == id)).State = JobState.Failed;
        await first.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }
}

using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class AuditTrailTests
{
    private static readonly AuditTrail Trail = new(new SettableClock());

    [DatabaseTheory]
    public async Task An_entry_is_saved_with_what_it_records_or_not_at_all(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = Guid.NewGuid();
        await using (var db = database.Open())
        {
            db.Jobs.Add(new JobRecord { Id = id });
            Trail.Append(db, Actor.CommandLine, AuditActions.TrainingQueued, $"run:{id}", new { Seed = 1 });
            await db.SaveChangesAsync();
        }

        await using (var db = database.Open())
        {
            // The same id again: the database refuses the row.
            db.Jobs.Add(new JobRecord { Id = id });
            Trail.Append(db, Actor.CommandLine, AuditActions.TrainingQueued, $"run:{id}");
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        }

        await AppendAsync(database);
        await using var other = database.Open();
        var entries = await other.AuditEntries.OrderBy(entry => entry.Sequence).ToListAsync();

        Assert.Equal([1, 2], entries.Select(entry => entry.Sequence));
        Assert.Equal("""{"seed":1}""", entries[0].DetailsJson);
        Assert.Equal("command-line", entries[0].ActorId);
        Assert.Equal(new SettableClock().GetUtcNow().UtcDateTime, entries[0].Utc);
        await AssertWholeAsync(database, 2);
    }

    [DatabaseTheory]
    public async Task Many_that_append_at_once_leave_no_gap_and_no_fork(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        const int Writers = 6;
        const int EntriesEach = 10;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            // A seal of its own, as each process has.
            var seal = new AuditSeal(new FileStore(database.Files.Root));
            for (var i = 0; i < EntriesEach; i++)
            {
                await using var db = Migrations.CampaignDatabase.Open(database.Choice, seal);
                Trail.Append(db, new Actor($"{writer}", "Writer"), AuditActions.Downloaded, $"list:{i}");
                await db.SaveChangesAsync();
            }
        })));

        await AssertWholeAsync(database, Writers * EntriesEach);
    }

    [DatabaseTheory]
    public async Task Several_saves_in_one_transaction_are_sealed_together(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await AppendAsync(database);
        await using (var db = database.Open())
        {
            await using var abandoned = await db.Database.BeginTransactionAsync();
            await AppendAsync(db);
            await AppendAsync(db);
        }

        await AssertWholeAsync(database, 1);
        await using (var db = database.Open())
        {
            await using var kept = await db.Database.BeginTransactionAsync();
            await AppendAsync(db);
            await AppendAsync(db);
            await kept.CommitAsync();
        }

        await AssertWholeAsync(database, 3);
        Assert.Null(database.Seal.HeadFile.Read()!.Pending);
    }

    public static TheoryData<string, string> Tampering => new()
    {
        { "UPDATE \"AuditEntries\" SET \"ActorName\" = 'Someone else' WHERE \"Sequence\" = 3", "entry 3 was changed" },
        { "UPDATE \"AuditEntries\" SET \"DetailsJson\" = NULL WHERE \"Sequence\" = 2", "entry 2 was changed" },
        { "UPDATE \"AuditEntries\" SET \"Action\" = 'd', \"Subject\" = 'ownloadedlist:1' WHERE \"Sequence\" = 2", "entry 2 was changed" },
        { "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 3", "entry 3 is missing" },
        { "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 1", "entry 1 is missing" },
        { "DELETE FROM \"AuditEntries\" WHERE \"Sequence\" >= 4", "entries 4 to 5 are missing at the end" },
        { "DELETE FROM \"AuditEntries\"", "entries 1 to 5 are missing at the end" },
        { "UPDATE \"AuditEntries\" SET \"Sequence\" = 9 WHERE \"Sequence\" = 2; UPDATE \"AuditEntries\" SET \"Sequence\" = 2 WHERE \"Sequence\" = 3; UPDATE \"AuditEntries\" SET \"Sequence\" = 3 WHERE \"Sequence\" = 9", "entry 2 does not follow" },
        { "INSERT INTO \"AuditEntries\" SELECT 6, \"Utc\", \"ActorId\", \"ActorName\", \"Action\", \"Subject\", \"DetailsJson\", \"Hash\", \"PreviousHash\" FROM \"AuditEntries\" WHERE \"Sequence\" = 5", "entry 6 " },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task What_is_done_to_the_rows_shows(string sql, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database, count: 5);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(sql);
        }

        var verification = await VerifyAsync(database);

        Assert.Contains(expected, verification.FirstBreak, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_tail_still_shows_when_the_head_row_is_cut_too_and_entries_follow()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database, count: 5);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                DELETE FROM "AuditEntries" WHERE "Sequence" > 3;
                UPDATE "AuditHeads" SET "Sequence" = 3, "Hash" = (SELECT "Hash" FROM "AuditEntries" WHERE "Sequence" = 3);
                """);
        }

        Assert.Equal("entries 4 to 5 are missing at the end", (await VerifyAsync(database)).FirstBreak);

        await AppendAsync(database, count: 4);

        Assert.Contains("ended at entry 3", (await VerifyAsync(database)).FirstBreak, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_rewritten_with_another_key_shows()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database, count: 3);
        using var elsewhere = new TempFolder();
        var forger = new AuditSeal(new FileStore(elsewhere.Path));
        await using (var db = database.Open())
        {
            var previous = AuditSeal.NoHash;
            foreach (var entry in await db.AuditEntries.OrderBy(entry => entry.Sequence).ToListAsync())
            {
                entry.ActorName = "Someone else";
                entry.PreviousHash = previous;
                entry.Hash = previous = forger.HashOf(entry);
            }

            await db.SaveChangesAsync();
        }

        Assert.Equal("entry 1 was changed after it was written", (await VerifyAsync(database)).FirstBreak);
    }

    [Fact]
    public async Task A_kill_before_the_commit_leaves_a_whole_trail()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database, count: 2);
        database.Seal.HeadFile.Announce(database.Seal.HeadFile.Read()!.Current, new AuditPosition(3, new string('a', 64)));

        await AssertWholeAsync(database, 2);
        await AppendAsync(database);
        await AssertWholeAsync(database, 3);
    }

    [Fact]
    public async Task A_kill_between_commit_and_head_leaves_a_whole_trail_and_the_next_start_settles_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database, count: 2);
        var before = database.Seal.HeadFile.Read()!.Current;
        await AppendAsync(database);
        var after = database.Seal.HeadFile.Read()!.Current;
        await File.WriteAllTextAsync(
            Path.Combine(database.Files.TrailFolder, "head.json"),
            $$"""{"current":{"sequence":{{before.Sequence}},"hash":"{{before.Hash}}"},"pending":{"sequence":{{after.Sequence}},"hash":"{{after.Hash}}"},"breaks":[]}""");

        await AssertWholeAsync(database, 3);
        await using var db = database.Open();
        await database.Seal.SettleAsync(db);
        Assert.Equal(after, database.Seal.HeadFile.Read()!.Current);
        Assert.Null(database.Seal.HeadFile.Read()!.Pending);
        await db.AuditEntries.Where(entry => entry.Sequence == 3).ExecuteDeleteAsync();
        Assert.Equal("entries 3 to 3 are missing at the end", (await VerifyAsync(database)).FirstBreak);
    }

    [Fact]
    public async Task The_key_is_read_by_its_owner_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AppendAsync(database);

        var key = new FileInfo(Path.Combine(database.Files.KeysFolder, "audit-trail.key"));

        Assert.Equal(32, key.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode);
        }
    }

    internal static async Task AppendAsync(TestDatabase database, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            await using var db = database.Open();
            await AppendAsync(db);
        }
    }

    private static async Task AppendAsync(CampaignDbContext db)
    {
        Trail.Append(db, Actor.CommandLine, AuditActions.Downloaded, "list:1", new { Count = 1 });
        await db.SaveChangesAsync();
    }

    private static async Task<AuditVerification> VerifyAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await new AuditVerifier(db, database.Seal).VerifyAsync();
    }

    private static async Task AssertWholeAsync(TestDatabase database, long entryCount) =>
        Assert.Equal(new AuditVerification(entryCount, null), await VerifyAsync(database));
}

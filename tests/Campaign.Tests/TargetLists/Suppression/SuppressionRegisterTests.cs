using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Suppression;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.TargetLists.Suppression;

public sealed class SuppressionRegisterTests
{
    private static readonly Actor Aina = new("u1", "Aina");
    private static readonly Actor Mei = new("u7", "Mei");
    private readonly SettableClock _clock = new();

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [DatabaseTheory]
    public async Task Ids_count_from_the_moment_the_list_is_put_in_force_until_it_is_ended(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var register = Register(db, database);
        var list = await ArriveAsync(register, "customer_id\n0012\n0007\n0012\n");
        Assert.Empty((await register.SuppressedAsync(Now)).Lists);

        await register.PutInForceAsync(list.Id, list.Version, Aina);
        var during = Now;
        var suppressed = await register.SuppressedAsync(during);
        _clock.Advance(TimeSpan.FromDays(3));
        await register.EndAsync(list.Id, 1, " settled ", Mei);

        Assert.Equal(["0012", "0007"], suppressed.Ids);
        Assert.Equal(new AppliedSuppression(list.Id, "Complaints", list.IdsHash!, 2), Assert.Single(suppressed.Lists));
        Assert.Empty((await register.SuppressedAsync(Now)).Ids);
        Assert.Equal(["0012", "0007"], (await register.SuppressedAsync(during)).Ids);
        var ended = (await register.FindAsync(list.Id))!;
        Assert.Equal((SuppressionStage.Ended, "Mei", "settled", 2), (ended.Stage, ended.EndedByName, ended.EndReason, ended.IdCount));
        Assert.Equal(
            [AuditActions.SuppressionReceived, AuditActions.SuppressionInForce, AuditActions.SuppressionEnded],
            await db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
        Assert.All(await db.AuditEntries.Select(entry => entry.DetailsJson).ToListAsync(), details => Assert.DoesNotContain("0012", details, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Of_two_who_change_a_list_the_second_is_told(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = database.Open();
        await using var other = database.Open();
        var list = await ArriveAsync(Register(one, database), "0012\n");
        await other.Set<SuppressionList>().SingleAsync();
        await Register(one, database).PutInForceAsync(list.Id, 0, Aina);

        foreach (var act in new Func<Task>[]
        {
            () => Register(other, database).DiscardAsync(list.Id, 0, Mei),
            () => Register(other, database).PutInForceAsync(list.Id, 0, Mei),
            () => Register(other, database).EndAsync(list.Id, 0, "why", Mei),
        })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(act);
            Assert.StartsWith("Somebody else has changed this list", refused.Message, StringComparison.Ordinal);
            other.ChangeTracker.Clear();
        }

        Assert.Equal(SuppressionStage.InForce, (await Register(other, database).FindAsync(list.Id))!.Stage);
    }

    [Fact]
    public async Task All_lists_in_force_are_one_set()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        foreach (var text in new[] { "1\n2\n", "2\n3\n", "4\n" })
        {
            var list = await ArriveAsync(register, text);
            if (text != "4\n")
            {
                await register.PutInForceAsync(list.Id, 0, Aina);
            }
        }

        var suppressed = await register.SuppressedAsync(Now);

        Assert.Equal(["1", "2", "3"], suppressed.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(2, suppressed.Lists.Count);
    }

    [Fact]
    public async Task A_list_whose_ids_are_gone_or_changed_stops_the_work_rather_than_being_left_out()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        var list = await ArriveAsync(register, "0012\n");
        await register.PutInForceAsync(list.Id, 0, Aina);
        var ids = Path.Combine(database.Files.SuppressionFolder(list.Id), "ids.txt");

        File.WriteAllText(ids, "0013\n");
        var changed = await Assert.ThrowsAsync<RefusedException>(() => register.SuppressedAsync(Now));
        Directory.Delete(database.Files.SuppressionFolder(list.Id), recursive: true);
        var gone = await Assert.ThrowsAsync<RefusedException>(() => register.SuppressedAsync(Now));

        Assert.StartsWith("The ids of the do-not-contact list 'Complaints' are missing", changed.Message, StringComparison.Ordinal);
        Assert.Equal(changed.Message, gone.Message);
    }

    [Fact]
    public async Task Where_nobody_can_tell_the_column_it_is_asked_and_the_upload_is_kept_until_then()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        var list = await ArriveAsync(register, "nr,place\n0012,Ipoh\n,Kuching\n0007,Ipoh\n");
        var source = Path.Combine(database.Files.SuppressionFolder(list.Id), "source");
        Assert.Null(list.IdsHash);
        Assert.True(File.Exists(source));
        Assert.Equal(["nr", "place"], (await register.ColumnsAsync(list)).Select(column => column.Name));
        Assert.Contains("which column", (await Assert.ThrowsAsync<RefusedException>(() => register.PutInForceAsync(list.Id, 0, Aina))).Message, StringComparison.Ordinal);
        Assert.Contains("no such column", (await Assert.ThrowsAsync<RefusedException>(() => register.ReadColumnAsync(list.Id, 7, 0, Aina))).Message, StringComparison.Ordinal);

        await register.ReadColumnAsync(list.Id, 0, 0, Aina);
        await register.PutInForceAsync(list.Id, 1, Aina);

        Assert.Equal(["0012", "0007"], (await register.SuppressedAsync(Now)).Ids);
        Assert.False(File.Exists(source));
        var read = (await register.FindAsync(list.Id))!;
        Assert.Equal((1, 3), (read.BlankCount, read.FirstBlankLine));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("customer_id\n\n", "The column 'customer_id' holds no ids.")]
    [InlineData("id,why\nN/A,a\n-,b\n", "The column 'id' holds no ids.")]
    [InlineData("id\n\"12\n", "Line 2: a quote opens")]
    [InlineData("<html>", "The file is a web page")]
    public async Task A_file_without_ids_leaves_nothing_but_an_entry_without_its_values(string text, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ArriveAsync(Register(db, database), text));

        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        await AssertNothingKeptAsync(database, db);
    }

    [Fact]
    public async Task A_list_without_a_name_is_not_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ArriveAsync(Register(db, database), "12\n", name: " "));

        Assert.StartsWith("Give the list a name", refused.Message, StringComparison.Ordinal);
        await AssertNothingKeptAsync(database, db);
    }

    [Fact]
    public async Task Ending_asks_for_the_reason()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        var list = await ArriveAsync(register, "12\n");
        await register.PutInForceAsync(list.Id, 0, Aina);

        foreach (var reason in new[] { null, " ", new string('x', 501) })
        {
            Assert.StartsWith("Give the reason", (await Assert.ThrowsAsync<RefusedException>(() => register.EndAsync(list.Id, 1, reason, Mei))).Message, StringComparison.Ordinal);
        }

        Assert.Single((await register.SuppressedAsync(Now)).Lists);
    }

    [Fact]
    public async Task Discarded_and_undecided_lists_leave_no_ids_and_lists_in_force_stay()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        var inForce = await ArriveAsync(register, "1\n");
        await register.PutInForceAsync(inForce.Id, 0, Aina);
        var discarded = await ArriveAsync(register, "2\n");
        await register.DiscardAsync(discarded.Id, 0, Aina);
        var undecided = await ArriveAsync(register, "3\n");
        var stray = Directory.CreateDirectory(database.Files.SuppressionFolder(Guid.NewGuid())).FullName;
        Directory.SetLastWriteTimeUtc(stray, Now.AddHours(-2));

        await register.SweepAsync();
        Assert.NotNull(await register.FindAsync(undecided.Id));
        _clock.Advance(SuppressionRegister.KeptWaiting + TimeSpan.FromDays(1));
        await register.SweepAsync();

        Assert.Equal(inForce.Id, Assert.Single(await register.ListAsync()).Id);
        Assert.Equal([database.Files.SuppressionFolder(inForce.Id)], Directory.GetDirectories(Path.Combine(database.Files.Root, "suppression")));
    }

    [Fact]
    public async Task What_a_list_stops_is_counted_in_the_latest_file_and_unknown_ids_in_all()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (register, reaches) = (Register(db, database), Reaches(db, database));
        await TakeInAsync(db, database, IntakeFixture.Customers());
        var list = await ArriveAsync(register, "C0001\n C0002\nC0060\nC0061\n0C0003\nZ9\n");
        var first = await reaches.OfAsync(list);

        // The next month's file has one customer more, and one that was there twice.
        await TakeInAsync(db, database, IntakeFixture.Customers(rowCount: 61, change: (row, line) => row == 2 ? line.Replace("C0002", "C0001", StringComparison.Ordinal) : line));
        var next = await reaches.OfAsync(list);

        Assert.Equal((3, 1, 3, 1), (first!.StoppedCount, first.FileCount, first.UnknownCount, first.OnlyWithZerosCount));
        Assert.Equal(("customers.csv", 60), (first.FileName, first.FileRowCount));
        Assert.Equal((3, 2, 2, 1), (next!.StoppedCount, next.FileCount, next.UnknownCount, next.OnlyWithZerosCount));
        Assert.Equal(next, await reaches.OfAsync(list));
    }

    [Fact]
    public async Task Without_a_customer_file_nothing_can_be_said_about_whom_it_stops()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        Assert.Null(await Reaches(db, database).OfAsync(await ArriveAsync(Register(db, database), "1\n")));
    }

    [Fact]
    public async Task The_same_file_again_is_known()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var register = Register(db, database);
        var first = await ArriveAsync(register, "1\n2\n");
        var second = await ArriveAsync(register, "1\n2\n");
        Assert.Empty(await register.TwinsAsync(second));

        await register.PutInForceAsync(first.Id, 0, Aina);

        Assert.Equal(first.Id, Assert.Single(await register.TwinsAsync(second)).Id);
    }

    private static async Task AssertNothingKeptAsync(TestDatabase database, CampaignDbContext db)
    {
        Assert.Empty(await db.Set<SuppressionList>().ToListAsync());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(database.Files.Root, "staging")));
        Assert.False(Directory.Exists(Path.Combine(database.Files.Root, "suppression")));
        var entry = await db.AuditEntries.SingleAsync();
        Assert.Equal((AuditActions.SuppressionRefused, null), (entry.Action, entry.DetailsJson));
    }

    private static Task<SuppressionList> ArriveAsync(SuppressionRegister register, string text, string name = "Complaints") =>
        register.ArriveAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "folder/ids.csv", name, text.Length, Aina);

    private async Task TakeInAsync(CampaignDbContext db, TestDatabase database, string text)
    {
        _clock.Advance(TimeSpan.FromDays(1));
        await new DatasetIntake(db, new DatasetCatalog(db, database.Files), database.Files, new AuditTrail(_clock), _clock)
            .ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "customers.csv", new IntakeOptions(RoleRequest.Guess, Confirm: true), Aina);
    }

    private SuppressionRegister Register(CampaignDbContext db, TestDatabase database) =>
        new(db, new DatasetCatalog(db, database.Files), database.Files, new AuditTrail(_clock), _clock);

    private SuppressionReaches Reaches(CampaignDbContext db, TestDatabase database) => new(new DatasetCatalog(db, database.Files), Register(db, database), database.Files);
}

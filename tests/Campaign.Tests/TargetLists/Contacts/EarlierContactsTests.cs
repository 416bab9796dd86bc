using System.Security.Cryptography;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.TargetLists.Contacts;

public sealed class EarlierContactsTests
{
    private static readonly DateTime Now = new(2026, 6, 30, 12, 0, 0, DateTimeKind.Utc);

    [DatabaseTheory]
    public async Task Contacts_of_exported_lists_within_the_period_count_by_channel(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = (await SampleRuns.AddRunAsync(database)).Id;
        await AddAsync(database, run, exportedDaysAgo: 6.9, [("C1", ContactChannels.Email), ("C2", ContactChannels.Sms), ("C3", ContactChannels.Call)], []);
        await AddAsync(database, run, exportedDaysAgo: 1, [("C1", ContactChannels.Email), ("C2", ContactChannels.Call)], []);
        await AddAsync(database, run, exportedDaysAgo: 7.1, [("C4", ContactChannels.Email)], []);
        await AddAsync(database, run, exportedDaysAgo: -1, [("C5", ContactChannels.Email)], []);
        await AddAsync(database, run, exportedDaysAgo: 1, [("C6", ContactChannels.Email)], [], ListStage.Withdrawn);
        await AddAsync(database, run, exportedDaysAgo: null, [("C7", ContactChannels.Email)], [], ListStage.Approved);
        await using var db = database.Open();

        var history = await new EarlierContacts(db, database.Files).ReadAsync(Now, ContactCaps.Own);

        Assert.Equal((2, 0), (history.CountOf("C1", ContactChannels.Email), history.CountOf("C1", ContactChannels.Sms)));
        Assert.Equal((1, 1), (history.CountOf("C2", ContactChannels.Sms), history.CountOf(" C2 ", ContactChannels.Call)));
        Assert.Equal(3, history.ListedCount);
        Assert.Equal(
            new Dictionary<string, ContactChannels> { ["C1"] = ContactChannels.Email, ["C2"] = ContactChannels.Sms }, history.AtCap(ContactCaps.Own)!.OrderBy(pair => pair.Key).ToDictionary());
        Assert.Equal(["C1"], history.AtCap(new ContactCaps(7, 2, 2, null, null))!.Keys);
        Assert.Equal(ContactChannels.Sms, history.AtCap(ContactCaps.Own)![" C2"]);
        Assert.Null(history.AtCap(new ContactCaps(7, null, null, null, null)));
    }

    [DatabaseTheory]
    public async Task Control_groups_are_kept_back_as_long_as_their_list_is_valid_however_short_the_period(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = (await SampleRuns.AddRunAsync(database)).Id;
        var running = await AddAsync(database, run, exportedDaysAgo: 40, [("C1", ContactChannels.Email)], ["C2"], validDays: 60);
        await AddAsync(database, run, exportedDaysAgo: 40, [("C3", ContactChannels.Email)], ["C4"], validDays: 30);
        await AddAsync(database, run, exportedDaysAgo: 2, [("C5", ContactChannels.Email)], ["C6"], ListStage.Withdrawn);
        var own = await AddAsync(database, run, exportedDaysAgo: 2, [("C7", ContactChannels.Email)], ["C8"]);
        await using var db = database.Open();

        var history = await new EarlierContacts(db, database.Files).ReadAsync(Now, ContactCaps.Own, exceptListId: own.Id);

        Assert.Equal(["C2"], history.RunningControl);
        Assert.Equal(0, history.ListedCount);
        Assert.Equal(new EarlierList(running.Id, running.Name, running.MembersHash!), Assert.Single(history.Lists));
    }

    [Fact]
    public async Task A_contact_by_an_unknown_channel_counts_on_each()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, (await SampleRuns.AddRunAsync(database)).Id, exportedDaysAgo: 1, [("C1", ContactChannels.None)], []);
        await using var db = database.Open();

        var history = await new EarlierContacts(db, database.Files).ReadAsync(Now, ContactCaps.Own);

        Assert.All(ContactChannel.Each, channel => Assert.Equal(1, history.CountOf("C1", channel)));
        Assert.Equal(ContactChannels.Email | ContactChannels.Sms, history.AtCap(ContactCaps.Own)!["C1"]);
    }

    [Fact]
    public async Task Members_that_are_gone_or_changed_stop_the_work_rather_than_being_left_out()
    {
        await using var database = await TestDatabase.CreateAsync();
        var list = await AddAsync(database, (await SampleRuns.AddRunAsync(database)).Id, exportedDaysAgo: 1, [("C1", ContactChannels.Email)], []);
        var path = Path.Combine(database.Files.ListFolder(list.Id), ListMembers.FileName);
        await using var db = database.Open();

        File.AppendAllText(path, "C9,1,target,0.5,A,high,,,,,2\n");
        var changed = await Assert.ThrowsAsync<RefusedException>(() => new EarlierContacts(db, database.Files).ReadAsync(Now, ContactCaps.Own));
        File.Delete(path);
        var gone = await Assert.ThrowsAsync<RefusedException>(() => new EarlierContacts(db, database.Files).ReadAsync(Now, ContactCaps.Own));

        Assert.StartsWith("The members of the exported list 'Spring list' are missing", changed.Message, StringComparison.Ordinal);
        Assert.Equal(changed.Message, gone.Message);
    }

    private static async Task<TargetList> AddAsync(
        TestDatabase database, Guid runId, double? exportedDaysAgo, (string Id, ContactChannels Channel)[] targets, string[] control,
        ListStage stage = ListStage.Exported, int validDays = 14)
    {
        var made = Now.AddDays(-(exportedDaysAgo ?? 1));
        var list = new TargetList
        {
            Id = Guid.CreateVersion7(),
            ModelRunId = runId,
            Name = "Spring list",
            Purpose = "Test",
            DefinitionJson = new ListDefinition().ToJson(),
            Stage = stage,
            CreatedById = "u1",
            CreatedByName = "Aina",
            CreatedUtc = made,
            ValidUntilUtc = made.AddDays(validDays),
            ApprovedById = "u2",
            ApprovedByName = "Mei",
            ApprovedUtc = made,
            ExportedUtc = exportedDaysAgo is null ? null : made,
        };
        var folder = Directory.CreateDirectory(database.Files.ListFolder(list.Id)).FullName;
        using (var file = File.Create(Path.Combine(folder, ListMembers.FileName)))
        {
            ListMembers.Write(file, new TargetListSelection(
                [.. targets.Select((target, i) => Member(target.Id, i) with { BestChannel = target.Channel })], [.. control.Select(Member)], [], new ListCounts([], targets.Length, control.Length, 0)));
            file.Position = 0;
            list.MembersHash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        }

        await using var db = database.Open();
        db.Add(list);
        await db.SaveChangesAsync();
        return list;
    }

    private static ListedCustomer Member(string id, int place) => new(id, place + 1, 0.7, 'A', ListConfidence.High, place + 1);
}

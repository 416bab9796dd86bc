using System.Net;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.TargetLists;

public sealed class ListExportsTests
{
    private static readonly Actor Maker = SampleLists.Maker, Checker = new("checker", "Chen"), Caller = new("caller", "Cara");
    private readonly SettableClock _clock = new();

    [Fact]
    public async Task The_reason_is_asked_once_a_list_and_person_and_each_time_is_recorded()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (exports, id) = (Exports(db, database), await ApprovedAsync(db, database));

        var none = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, " ", Caller));
        await TakeAsync(exports, id, ListCopy.Callers, "Calls in spring", Caller);
        await TakeAsync(exports, id, ListCopy.Internal, null, Caller);
        var other = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, null, Maker));

        Assert.Equal("The reason has 1 to 1,000 characters; this one has 0.", none.Message);
        Assert.Equal(none.Message, other.Message);
        Assert.Equal(
            [("Calls in spring", ListCopy.Internal, 2), ("Calls in spring", ListCopy.Callers, 2)],
            (await exports.ListAsync(id)).Select(export => (export.Reason, export.Copy, export.RowCount)));
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.Downloaded && entry.Subject == $"list:{id}"));
        Assert.DoesNotContain(await db.AuditEntries.Select(entry => entry.DetailsJson ?? "").ToListAsync(), details => details.Contains("spring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_approved_leaves_only_where_one_person_works_alone_and_then_it_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var exports = Exports(db, database);
        var id = await AddAsync(db, database);

        var draft = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", Maker));
        Assert.Equal("This list is not approved: send it for approval, and somebody else must approve it before it can be taken out.", draft.Message);

        await TakeAsync(exports, id, ListCopy.Callers, "For myself", Actor.LocalOwner);
        var receipt = (await Receipts(db, database).LatestAsync(id))!;
        Assert.Equal((ListStage.Exported, false, null), (receipt.Approval.Stage, receipt.Approval.Reviewed, receipt.Approval.By));

        // That the owner took it out makes it no more approved for others.
        Assert.Equal(draft.Message, (await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", Maker))).Message);
    }

    [Fact]
    public async Task Who_was_put_on_a_do_not_contact_list_since_does_not_leave()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (exports, suppression, id) = (Exports(db, database), SampleLists.Suppression(db, database.Files, _clock), await ApprovedAsync(db, database));
        var control = await suppression.ArriveAsync(new MemoryStream("K3\n"u8.ToArray()), "control.csv", "Control", 0, Checker);
        await suppression.PutInForceAsync(control.Id, control.Version, Checker);
        await TakeAsync(exports, id, ListCopy.Callers, "why", Caller);

        db.ChangeTracker.Clear();
        var listed = await suppression.ArriveAsync(new MemoryStream("K2\nX9\n"u8.ToArray()), "opt-outs.csv", "Opt-outs", 0, Checker);
        await suppression.PutInForceAsync(listed.Id, listed.Version, Checker);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, null, Caller));

        Assert.StartsWith("1 customer of this list is on a do-not-contact list", refused.Message, StringComparison.Ordinal);
        Assert.Single(await exports.ListAsync(id));
    }

    [Fact]
    public async Task Whom_another_campaign_keeps_back_since_does_not_leave()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (exports, id) = (Exports(db, database), await ApprovedAsync(db, database));

        // The other list has the same three customers: its control customer K3 is none of this one's targets, so it may leave; K2 is.
        var other = await ApprovedAsync(db, database);
        await TakeAsync(exports, other, ListCopy.Callers, "why", Caller);
        var path = Path.Combine(database.Files.ListFolder(other), ListMembers.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("K2,2,target", "K2,2,control", StringComparison.Ordinal));
        var list = await db.Set<TargetList>().SingleAsync(list => list.Id == other);
        list.MembersHash = ReceiptCheck.HashOf(path);
        await db.SaveChangesAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", Caller));

        Assert.StartsWith("1 customer of this list is kept back to measure another campaign", refused.Message, StringComparison.Ordinal);
        await TakeAsync(exports, other, ListCopy.Callers, null, Caller);
    }

    [DatabaseTheory]
    public async Task Many_people_take_it_out_at_once_and_each_has_a_receipt_of_its_own(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await ApprovedAsync(db, database);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            await using var own = database.Open();
            await TakeAsync(Exports(own, database), id, ListCopy.Callers, "why", new Actor($"caller-{number}", "Cara"));
        }));

        var receipts = await Receipts(db, database).ListAsync(id);
        Assert.Equal([6, 5, 4, 3, 2, 1], receipts.Select(receipt => receipt.Number));
        Assert.Equal(4, (await Receipts(db, database).LatestAsync(id))!.Exports.Select(export => export.By).Distinct().Count());
        Assert.Single(await db.Set<TargetListEntry>().Where(entry => entry.Act == ListAct.Exported).ToListAsync());
    }

    [Fact]
    public async Task A_copy_that_was_changed_on_disk_and_a_list_without_its_receipt_do_not_leave()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (exports, receipts, id) = (Exports(db, database), Receipts(db, database), await ApprovedAsync(db, database));
        var copy = Path.Combine(database.Files.ListFolder(id), ListCopies.ApprovedFolder, ListCopies.FileName(ListCopy.Callers));

        File.AppendAllText(copy, "x");
        await Assert.ThrowsAsync<InvalidDataException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", Caller));
        File.Delete(receipts.PathOf((await receipts.ListAsync(id))[0]));
        var lost = await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", Caller));

        Assert.StartsWith("Receipt 2 of this list is missing, was changed", lost.Message, StringComparison.Ordinal);
        Assert.Empty(await exports.ListAsync(id));
    }

    [Fact]
    public async Task On_a_server_each_role_sees_and_does_what_it_may()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false });
        var id = await server.InScopeAsync(services => SampleLists.AddAsync(
            services.GetRequiredService<CampaignDbContext>(), services.GetRequiredService<FileStore>(), services.GetRequiredService<SigningKey>(), TimeProvider.System));
        var people = new Dictionary<string, HttpClient>();
        foreach (var role in Roles.All)
        {
            people.Add(role, await server.NewPersonClientAsync(role));
        }

        var (review, export) = ($"/lists/{id}/review", $"/lists/{id}/export");

        // Nothing leaves before it is approved, whoever asks.
        foreach (var role in Roles.All)
        {
            using var early = await people[role].PostFormAsync("/datasets", [new("Copy", "Callers"), new("Reason", "why")], export);
            Assert.NotEqual("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", early.Content.Headers.ContentType?.MediaType);
        }

        await PostAsync(people[Roles.CampaignTeam], review + "?handler=Submit", [new("Seen", "0"), new("Reason", "Ready.")]);
        foreach (var (role, mayApprove) in Roles.All.Select(role => (role, role is Roles.Compliance or Roles.Marketer)))
        {
            var person = people[role];
            var page = await person.GetStringAsync(review);
            Assert.Equal((role, mayApprove), (role, page.Contains("handler=Approve", StringComparison.Ordinal)));
            Assert.Equal((role, mayApprove), (role, page.Contains("handler=SendBack", StringComparison.Ordinal)));
            if (!mayApprove)
            {
                using var denied = await person.PostFormAsync("/datasets", [new("Seen", "1"), new("Reason", "I like it.")], review + "?handler=Approve");
                Assert.StartsWith("/denied", denied.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
            }
        }

        var compliance = people[Roles.Compliance];
        await PostAsync(compliance, review + "?handler=Approve", [new("Seen", "1"), new("Reason", "Checked.")]);
        foreach (var (role, mayExport) in Roles.All.Select(role => (role, role is Roles.Marketer or Roles.CampaignTeam)))
        {
            var person = people[role];
            Assert.Equal((role, mayExport), (role, (await person.GetStringAsync(export)).Contains("Excel for callers", StringComparison.Ordinal)));
            using var answer = await person.PostFormAsync("/datasets", [new("Copy", "Callers"), new("Reason", $"{role} needs it")], export);
            Assert.Equal((role, mayExport ? HttpStatusCode.OK : HttpStatusCode.Redirect), (role, answer.StatusCode));
        }

        var told = await compliance.GetStringAsync(export);
        Assert.Contains("campaign team needs it", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Not independently reviewed", told, StringComparison.Ordinal);
        Assert.NotNull(Receipt.Read(await compliance.GetByteArrayAsync(export + "?handler=Receipt&number=4")).Receipt);
        using var none = await compliance.GetAsync(export + "?handler=Receipt&number=9");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("exported", await compliance.GetStringAsync("/lists"), StringComparison.Ordinal);
        using var details = await compliance.GetAsync($"/lists/{id}");
        Assert.Equal(HttpStatusCode.OK, details.StatusCode);
        foreach (var person in people.Values)
        {
            person.Dispose();
        }
    }

    [Fact]
    public async Task The_local_owner_takes_a_draft_out_and_the_pages_say_that_nobody_reviewed_it()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var id = await application.InScopeAsync(services => SampleLists.AddAsync(
            services.GetRequiredService<CampaignDbContext>(), services.GetRequiredService<FileStore>(), services.GetRequiredService<SigningKey>(), TimeProvider.System, Actor.LocalOwner));

        Assert.Contains("You work here alone.", await owner.GetStringAsync($"/lists/{id}/review"), StringComparison.Ordinal);
        Assert.Contains("Not independently reviewed.", await owner.GetStringAsync($"/lists/{id}/export"), StringComparison.Ordinal);
        using var without = await owner.PostFormAsync($"/lists/{id}/export", [new("Copy", "Callers")]);
        Assert.Contains("The reason has 1 to 1,000 characters", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var taken = await owner.PostFormAsync($"/lists/{id}/export", [new("Copy", "Callers"), new("Reason", "For myself")]);

        Assert.EndsWith("-callers.xlsx", taken.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        Assert.Contains("Your reason, as you gave it", await owner.GetStringAsync($"/lists/{id}/export"), StringComparison.Ordinal);
    }

    private static async Task PostAsync(HttpClient client, string action, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var answer = await client.PostFormAsync(action[..action.IndexOf('?', StringComparison.Ordinal)], fields, action);
        Assert.Equal((action, HttpStatusCode.Redirect), (action, answer.StatusCode));
    }

    private static async Task TakeAsync(ListExports exports, Guid id, ListCopy copy, string? reason, Actor actor) =>
        await (await exports.ExportAsync(id, copy, reason, actor)).Content.DisposeAsync();

    private Task<Guid> AddAsync(CampaignDbContext db, TestDatabase database) =>
        SampleLists.AddAsync(db, database.Files, new SigningKey(database.Files.KeysFolder), _clock);

    private async Task<Guid> ApprovedAsync(CampaignDbContext db, TestDatabase database)
    {
        var id = await AddAsync(db, database);
        var stages = new ListStages(db, database.Files, Receipts(db, database), new AuditTrail(_clock), _clock);
        await stages.SubmitAsync(id, 0, "Ready.", Maker);
        await stages.ApproveAsync(id, 1, "Checked.", Checker);
        return id;
    }

    private ListReceipts Receipts(CampaignDbContext db, TestDatabase database) => SampleLists.Receipts(db, database.Files, new SigningKey(database.Files.KeysFolder), _clock);

    private ListExports Exports(CampaignDbContext db, TestDatabase database) => new(db, database.Files, Receipts(db, database), SampleLists.Suppression(db, database.Files, _clock), SampleLists.Policies(db, _clock), new EarlierContacts(db, database.Files), new AuditTrail(_clock), _clock);
}

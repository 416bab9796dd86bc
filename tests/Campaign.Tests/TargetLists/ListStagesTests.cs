using System.IO.Compression;
using System.Xml.Linq;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.TargetLists;

public sealed class ListStagesTests
{
    private static readonly Actor Maker = SampleLists.Maker, Checker = new("checker", "Chen <&>"), Caller = new("caller", "Cara");
    private readonly SettableClock _clock = new();

    [DatabaseTheory]
    public async Task A_list_goes_from_draft_through_review_to_approved_exported_and_withdrawn_with_every_step_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var (stages, exports, receipts) = Services(db, database);
        var id = await AddAsync(db, database);

        await stages.SubmitAsync(id, 0, "Ready.", Maker);
        await stages.SendBackAsync(id, 1, "Who asked for this?", Checker);
        await stages.SubmitAsync(id, 2, "Branch 12 did.", Maker);
        await stages.ApproveAsync(id, 3, "Checked.", Checker);
        await (await exports.ExportAsync(id, ListCopy.Callers, "Calls in spring", Caller)).Content.DisposeAsync();
        var exported = await db.Set<TargetList>().AsNoTracking().SingleAsync();
        await stages.WithdrawAsync(id, 5, "The offer ended.", Checker);

        Assert.Equal((ListStage.Exported, "Chen <&>", true, 5), (exported.Stage, exported.ApprovedByName, exported.IsReviewed, exported.Version));
        Assert.Equal(
            [ListAct.Withdrawn, ListAct.Exported, ListAct.Approved, ListAct.Submitted, ListAct.SentBack, ListAct.Submitted, ListAct.Made],
            (await stages.HistoryAsync(id)).Select(entry => entry.Act));
        Assert.Equal("This list was withdrawn, so nobody may take it out: make a copy of it.", await ExportRefusalAsync(exports, id, Caller));
        Assert.Equal([ReceiptOccasion.Exported, ReceiptOccasion.Approved, ReceiptOccasion.Built], (await receipts.ListAsync(id)).Select(receipt => receipt.Occasion));
        Assert.Equal(5, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ListStageSet && entry.Subject == $"list:{id}"));
    }

    [Fact]
    public async Task The_copies_that_leave_name_the_approver_and_each_receipt_names_the_one_before()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (stages, exports, receipts) = Services(db, database);
        var id = await AddAsync(db, database);
        await stages.SubmitAsync(id, 0, "Ready.", Maker);
        await stages.ApproveAsync(id, 1, "Checked.", Checker);

        var leaving = await exports.ExportAsync(id, ListCopy.Callers, "Calls in spring", Caller);
        await using var content = leaving.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);

        using var zip = new ZipArchive(copy, ZipArchiveMode.Read);
        await using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var texts = XDocument.Load(part).Descendants().Where(node => node.Name.LocalName == "t").Select(node => node.Value).ToList();
        Assert.Equal(["Owner", "Mei", "Approver", "Chen <&>", "workbook for callers"], texts);

        var chain = (await receipts.ListAsync(id)).Reverse().Select(row => Receipt.ReadFile(receipts.PathOf(row)).Receipt!).ToList();
        Assert.Equal([null, chain[0].Hash, chain[1].Hash], chain.Select(receipt => receipt.Content.Previous));
        var last = chain[2].Content;
        Assert.Equal((true, "checker"), (last.Approval.Reviewed, last.Approval.By));
        Assert.Equal(["maker", "maker", "checker", "caller"], last.Approval.History.Select(step => step.By));
        var sent = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(copy.ToArray()));
        Assert.Equal((ListCopy.Callers, "caller", 2, sent), last.Exports.Select(export => (export.Copy, export.By, export.Rows, export.Hash)).Single());
        Assert.Equal(sent, (await db.Set<TargetList>().AsNoTracking().SingleAsync()).CallersWorkbookHash);
        Assert.Equal(CheckState.Same, ReceiptCheck.Of(chain[2], receipts.PathOf((await receipts.ListAsync(id))[0]), [], database.Files).Single(line => line.What.StartsWith("workbook for callers", StringComparison.Ordinal)).State);
    }

    [DatabaseTheory]
    public async Task The_database_itself_refuses_a_maker_or_an_editor_who_approves_and_an_approval_by_nobody(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await AddAsync(db, database, list => list.EditedById = "editor");

        await RefusedAsync(list => list.Stage = ListStage.Approved);
        await RefusedAsync(list => (list.Stage, list.ApprovedById) = (ListStage.Approved, Maker.Id));
        await RefusedAsync(list => (list.Stage, list.ApprovedById) = (ListStage.Approved, "editor"));
        await ChangeAsync(list => (list.Stage, list.ApprovedById) = (ListStage.Approved, Checker.Id));

        Task RefusedAsync(Action<TargetList> change) => Assert.ThrowsAsync<DbUpdateException>(() => ChangeAsync(change));

        async Task ChangeAsync(Action<TargetList> change)
        {
            await using var other = database.Open();
            change(await other.Set<TargetList>().SingleAsync(list => list.Id == id));
            await other.SaveChangesAsync();
        }
    }

    [DatabaseTheory]
    public async Task The_database_itself_refuses_a_step_that_the_stages_do_not_allow(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await AddAsync(db, database);
        ListStage?[] from = [null, .. Enum.GetValues<ListStage>().Select(stage => (ListStage?)stage)];
        var accepted = new List<(string, ListStage?, ListStage)>();
        foreach (var actor in new[] { Caller.Id, Actor.LocalOwner.Id })
        {
            foreach (var (before, after) in from.SelectMany(before => Enum.GetValues<ListStage>().Select(after => (before, after))))
            {
                await using var other = database.Open();
                other.Add(new TargetListEntry { TargetListId = id, Number = 100 + accepted.Count, FromStage = before, ToStage = after, ActorId = actor });
                try
                {
                    await other.SaveChangesAsync();
                    accepted.Add((actor, before, after));
                }
                catch (DbUpdateException)
                {
                }
            }
        }

        (ListStage?, ListStage)[] allowed =
        [
            (null, ListStage.Draft), (ListStage.Draft, ListStage.Draft), (ListStage.Draft, ListStage.InReview), (ListStage.Draft, ListStage.Withdrawn),
            (ListStage.InReview, ListStage.Draft), (ListStage.InReview, ListStage.Approved), (ListStage.InReview, ListStage.Withdrawn),
            (ListStage.Approved, ListStage.Exported), (ListStage.Approved, ListStage.Withdrawn), (ListStage.Exported, ListStage.Withdrawn),
        ];
        Assert.Equal(allowed, accepted.Where(step => step.Item1 == Caller.Id).Select(step => (step.Item2, step.Item3)));
        Assert.Equal([(ListStage.Draft, ListStage.Exported)], accepted.Where(step => step.Item1 == Actor.LocalOwner.Id).Select(step => (step.Item2, step.Item3)).Except(allowed).Select(step => (step.Item1!.Value, step.Item2)));
    }

    [DatabaseTheory]
    public async Task Of_two_people_who_decide_at_once_the_second_is_told_and_puts_no_copy_in_place(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        await using var other = database.Open();
        var (stages, _, _) = Services(db, database);
        var id = await AddAsync(db, database);
        await stages.SubmitAsync(id, 0, "Ready.", Maker);

        await Services(other, database).Stages.SendBackAsync(id, 1, "Not yet.", Checker);
        var late = await Assert.ThrowsAsync<RefusedException>(() => stages.ApproveAsync(id, 1, "Fine.", Caller));

        Assert.StartsWith("Somebody else has changed this list", late.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(database.Files.ListFolder(id), ListCopies.ApprovedFolder)));
        Assert.Equal(ListStage.Draft, (await other.Set<TargetList>().AsNoTracking().SingleAsync()).Stage);
    }

    [Fact]
    public async Task Who_made_or_ever_changed_it_may_not_approve_it_and_the_attempt_is_on_the_trail()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (stages, _, _) = Services(db, database);
        var id = await AddAsync(db, database);
        db.Add(new TargetListEntry { TargetListId = id, Number = 1, Act = ListAct.Edited, FromStage = ListStage.Draft, ToStage = ListStage.Draft, ActorId = Caller.Id });
        (await db.Set<TargetList>().SingleAsync()).Version = 1;
        await db.SaveChangesAsync();
        await stages.SubmitAsync(id, 1, "Ready.", Maker);

        foreach (var own in new[] { Maker, Caller })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => stages.ApproveAsync(id, 2, "I like it.", own));
            Assert.Equal("You made or changed this list, so somebody else must approve it.", refusal.Message);
        }

        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.AccessRefused && entry.Subject == $"list:{id}"));
        await stages.ApproveAsync(id, 2, "Checked.", Checker);
    }

    [Fact]
    public async Task Past_its_last_day_a_list_is_neither_sent_nor_approved_nor_exported_but_withdrawn()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (stages, exports, _) = Services(db, database);
        var id = await AddAsync(db, database);
        await stages.SubmitAsync(id, 0, "Ready.", Maker);
        _clock.Advance(TimeSpan.FromDays(15));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => stages.ApproveAsync(id, 1, "Checked.", Checker));
        Assert.Equal("This list was valid until 16 Mar 2026, so it can't be approved or taken out any more: make a copy of it from today's file.", refusal.Message);
        Assert.Equal(refusal.Message, await ExportRefusalAsync(exports, id, Actor.LocalOwner));
        db.ChangeTracker.Clear();
        await stages.WithdrawAsync(id, 1, "Too old.", Maker);
    }

    [Theory]
    [InlineData("approve", "This list is a draft and can't become approved from there.")]
    [InlineData("send back", "This list is a draft and can't become a draft from there.")]
    [InlineData("no reason", "The reason has 1 to 1,000 characters; this one has 0.")]
    public async Task A_step_that_the_stage_does_not_allow_or_that_nobody_explains_is_refused_in_a_sentence(string step, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var (stages, _, _) = Services(db, database);
        var id = await AddAsync(db, database);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => step switch
        {
            "approve" => stages.ApproveAsync(id, 0, "why", Checker),
            "send back" => stages.SendBackAsync(id, 0, "why", Checker),
            _ => stages.SubmitAsync(id, 0, "  ", Maker),
        });

        Assert.Equal(sentence, refusal.Message);
    }

    [Fact]
    public async Task What_changed_since_the_last_list_is_told_gate_by_gate_and_choice_by_choice()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var first = await AddAsync(db, database);
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await AddAsync(db, database, list => (list.CopiedFromId, list.Threshold, list.DefinitionJson) = (
            first, 0.6, new ListDefinition { Seed = 7, ControlShare = 0.25, Budget = 500, Eligibility = new() { AgeColumn = "C_AGE", FromAge = 30 } }.ToJson()));
        using var cache = new Microsoft.Extensions.Caching.Memory.MemoryCache(new Microsoft.Extensions.Caching.Memory.MemoryCacheOptions());
        var comparisons = new ListComparisons(db, new Campaign.Modules.Modeling.Contracts.ModelRunCatalog(db, database.Files, new WorkThreads(1), cache));

        var compared = (await comparisons.WithLastAsync(await db.Set<TargetList>().AsNoTracking().SingleAsync(list => list.Id == second)))!;

        Assert.Equal(first, compared.Before.Id);
        Assert.Equal(["cut-off: 0.5000 to 0.6000", "eligibility, age column: nothing to C_AGE", "eligibility, from age: nothing to 30", "budget: nothing to 500"], compared.Differences.Select(one => $"{one.What}: {one.Before} to {one.Now}").Order(OrderOf));
        Assert.Equal(new ComparedGate("to contact", "customers", 2, 2), compared.Gates[^1]);
        Assert.Null(await comparisons.WithLastAsync(await db.Set<TargetList>().AsNoTracking().SingleAsync(list => list.Id == first)));
    }

    [Fact]
    public async Task A_segment_that_was_edited_between_two_lists_is_told_by_its_rule_not_by_its_id()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var segment = Guid.NewGuid();
        Action<TargetList> With(string rule, Guid? copiedFrom) => list =>
        {
            list.CopiedFromId = copiedFrom;
            list.DefinitionJson = (list.Definition with { SegmentIds = [segment] }).ToJson();
            list.CountsJson = System.Text.Json.JsonSerializer.Serialize(
                SampleLists.Selection.Counts with { Segments = [new AppliedSegment(segment, 0, "Savers", rule)] }, System.Text.Json.JsonSerializerOptions.Web);
        };
        var first = await AddAsync(db, database, With("savings over 20,000", null));
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await AddAsync(db, database, With("savings over 30,000", first));
        using var cache = new Microsoft.Extensions.Caching.Memory.MemoryCache(new Microsoft.Extensions.Caching.Memory.MemoryCacheOptions());
        var comparisons = new ListComparisons(db, new Campaign.Modules.Modeling.Contracts.ModelRunCatalog(db, database.Files, new WorkThreads(1), cache));

        var compared = (await comparisons.WithLastAsync(await db.Set<TargetList>().AsNoTracking().SingleAsync(list => list.Id == second)))!;

        Assert.Equal(new ListDifference("segments", "Savers: savings over 20,000", "Savers: savings over 30,000"), Assert.Single(compared.Differences));
    }

    /// <summary>The cut-off first, then as they stand in a definition.</summary>
    private static readonly IComparer<string> OrderOf = Comparer<string>.Create((left, right) => Place(left).CompareTo(Place(right)));

    private static int Place(string difference) => Array.FindIndex(["cut-off", "eligibility, age", "eligibility, from", "budget"], start => difference.StartsWith(start, StringComparison.Ordinal));

    private Task<Guid> AddAsync(CampaignDbContext db, TestDatabase database, Action<TargetList>? change = null) =>
        SampleLists.AddAsync(db, database.Files, new SigningKey(database.Files.KeysFolder), _clock, change: change);

    private (ListStages Stages, ListExports Exports, ListReceipts Receipts) Services(CampaignDbContext db, TestDatabase database)
    {
        var receipts = SampleLists.Receipts(db, database.Files, new SigningKey(database.Files.KeysFolder), _clock);
        var trail = new AuditTrail(_clock);
        return (new(db, database.Files, receipts, trail, _clock), new(db, database.Files, receipts, SampleLists.Suppression(db, database.Files, _clock), SampleLists.Policies(db, _clock), new EarlierContacts(db, database.Files), trail, _clock), receipts);
    }

    private static async Task<string> ExportRefusalAsync(ListExports exports, Guid id, Actor actor) =>
        (await Assert.ThrowsAsync<RefusedException>(() => exports.ExportAsync(id, ListCopy.Callers, "why", actor))).Message;
}

using System.Globalization;
using System.Net;
using Campaign.Learning;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Governance;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly Actor Maker = new("maker", "Mei"), Checker = new("checker", "Chen");
    private readonly SettableClock _clock = new();
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    public void Dispose() => _cache.Dispose();

    [DatabaseTheory]
    public async Task A_version_goes_from_draft_through_review_to_approved_champion_and_retired_with_every_step_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var registry = Registry(db, database);
        var id = await RegisteredAsync(database, registry);

        await registry.SubmitAsync(id, 0, "Ready.", Maker);
        await registry.SendBackAsync(id, 1, "The fairness table is missing.", Checker);
        await registry.SubmitAsync(id, 2, "It is there now.", Maker);
        await registry.ApproveAsync(id, 3, "Checked.", Checker);
        await registry.MakeChampionAsync(id, 4, "The first.", Checker);
        var champion = (await registry.FindAsync(id))!;
        await registry.RetireAsync(id, 5, "Too old.", Checker);
        var retired = (await registry.FindAsync(id))!;

        Assert.Equal(("etb 1", ModelStage.Approved, "Chen", true), (champion.FullName, champion.Stage, champion.Reviewer, champion.ChampionSinceUtc is not null));
        Assert.Equal((ModelStage.Retired, null, null), (retired.Stage, retired.ChampionSinceUtc, retired.Reviewer));
        Assert.Equal(
            [ModelAct.Retired, ModelAct.MadeChampion, ModelAct.Approved, ModelAct.Submitted, ModelAct.SentBack, ModelAct.Submitted, ModelAct.Registered],
            (await registry.HistoryAsync(id)).Select(entry => entry.Act));
        Assert.Equal("The fairness table is missing.", (await registry.HistoryAsync(id))[4].Reason);
        Assert.Equal(7, await db.AuditEntries.CountAsync(entry => entry.Subject == $"model:{id}"));
    }

    [DatabaseTheory]
    public async Task Numbers_rise_within_a_name_and_a_run_is_registered_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var registry = Registry(db, database);
        var first = await SampleRuns.AddRunAsync(database);
        var second = await SampleRuns.AddRunAsync(database, first.DatasetId);
        var third = await SampleRuns.AddRunAsync(database, first.DatasetId);

        await registry.RegisterAsync(first.Id, "etb", "First.", Maker);
        await registry.RegisterAsync(second.Id, " etb ", "Second.", Maker);
        await registry.RegisterAsync(third.Id, "premier", "Another name.", Maker);

        Assert.Equal(["etb 2", "etb 1", "premier 1"], (await registry.ListAsync()).Select(version => version.FullName));
        var again = await Assert.ThrowsAsync<RefusedException>(() => registry.RegisterAsync(second.Id, "other", "Again.", Maker));
        Assert.Equal("This run is registered already, as etb 2.", again.Message);
    }

    [DatabaseTheory]
    public async Task Of_a_name_one_version_is_the_champion_and_the_one_before_steps_down(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var registry = Registry(db, database);
        var (first, second, other) = (await ApprovedAsync(database, registry), await ApprovedAsync(database, registry), await ApprovedAsync(database, registry, "premier"));

        await registry.MakeChampionAsync(first, 2, "Better than none.", Checker);
        await registry.MakeChampionAsync(other, 2, "Of its own name.", Checker);
        await registry.MakeChampionAsync(second, 2, "A shorter list.", Checker);

        Assert.Equal(["etb 2", "premier 1"], (await registry.ListAsync()).Where(version => version.ChampionSinceUtc is not null).Select(version => version.FullName));
        var entry = (await registry.HistoryAsync(first))[0];
        Assert.Equal((ModelAct.Succeeded, "etb 2 is the champion now."), (entry.Act, entry.Reason));
    }

    [DatabaseTheory]
    public async Task The_database_itself_refuses_a_second_champion_an_unapproved_one_and_a_maker_who_approves(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var registry = Registry(db, database);
        var (first, second) = (await ApprovedAsync(database, registry), await ApprovedAsync(database, registry));
        var draft = await RegisteredAsync(database, registry);
        await registry.MakeChampionAsync(first, 2, "The first.", Checker);

        await RefusedAsync(second, version => version.ChampionSinceUtc = DateTime.UnixEpoch);
        await RefusedAsync(draft, version => version.ChampionSinceUtc = DateTime.UnixEpoch);
        await RefusedAsync(draft, version => version.Stage = ModelStage.Approved);
        await RefusedAsync(draft, version => (version.Stage, version.ApprovedById) = (ModelStage.Approved, Maker.Id));
        await RefusedAsync(draft, version => (version.Stage, version.ApprovedById) = (ModelStage.Approved, SampleRuns.Trainer.Id));
        await AcceptedAsync(draft, version => (version.Stage, version.ApprovedById) = (ModelStage.Approved, Checker.Id));

        async Task RefusedAsync(Guid id, Action<ModelVersion> change) => await Assert.ThrowsAsync<DbUpdateException>(() => AcceptedAsync(id, change));

        async Task AcceptedAsync(Guid id, Action<ModelVersion> change)
        {
            await using var other = database.Open();
            change(await other.Set<ModelVersion>().SingleAsync(version => version.Id == id));
            await other.SaveChangesAsync();
        }
    }

    [DatabaseTheory]
    public async Task The_database_itself_refuses_a_step_that_the_stages_do_not_allow(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var id = await RegisteredAsync(database, Registry(db, database));
        ModelStage?[] from = [null, .. Enum.GetValues<ModelStage>().Select(stage => (ModelStage?)stage)];
        var accepted = new List<(ModelStage?, ModelStage)>();
        foreach (var (before, after) in from.SelectMany(before => Enum.GetValues<ModelStage>().Select(after => (before, after))))
        {
            await using var other = database.Open();
            other.Add(new ModelVersionEntry { ModelVersionId = id, Number = 100 + accepted.Count, FromStage = before, ToStage = after });
            try
            {
                await other.SaveChangesAsync();
                accepted.Add((before, after));
            }
            catch (DbUpdateException)
            {
            }
        }

        Assert.Equal(
            [
                (null, ModelStage.Draft), (ModelStage.Draft, ModelStage.InReview), (ModelStage.Draft, ModelStage.Retired), (ModelStage.InReview, ModelStage.Draft),
                (ModelStage.InReview, ModelStage.Approved), (ModelStage.Approved, ModelStage.Approved), (ModelStage.Approved, ModelStage.Retired),
            ],
            accepted);
    }

    [DatabaseTheory]
    public async Task Of_two_people_who_decide_at_once_the_second_is_told(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        await using var other = database.Open();
        var registry = Registry(db, database);
        var id = await RegisteredAsync(database, registry);
        await registry.SubmitAsync(id, 0, "Ready.", Maker);

        await Registry(other, database).SendBackAsync(id, 1, "Not yet.", Checker);
        var late = await Assert.ThrowsAsync<RefusedException>(() => registry.ApproveAsync(id, 1, "Fine.", Checker));

        Assert.StartsWith("Somebody else has changed this model version", late.Message, StringComparison.Ordinal);
        Assert.Equal(ModelStage.Draft, (await registry.FindAsync(id))!.Stage);
    }

    [Fact]
    public async Task Who_trained_or_registered_it_may_not_approve_it_and_the_attempt_is_on_the_trail()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var registry = Registry(db, database);
        var id = await RegisteredAsync(database, registry);
        await registry.SubmitAsync(id, 0, "Ready.", Maker);

        foreach (var own in new[] { Maker, SampleRuns.Trainer })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => registry.ApproveAsync(id, 1, "I like it.", own));
            Assert.Equal("You trained or registered this model, so somebody else must approve it.", refusal.Message);
        }

        Assert.Equal(ModelStage.InReview, (await registry.FindAsync(id))!.Stage);
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.AccessRefused && entry.Subject == $"model:{id}"));
    }

    [Theory]
    [InlineData(ModelStage.Draft, "approve", "etb 1 is a draft and can't become approved from there.")]
    [InlineData(ModelStage.Approved, "send back", "etb 1 is approved and can't become a draft from there.")]
    [InlineData(ModelStage.Retired, "submit", "etb 1 is retired and can't become in review from there.")]
    [InlineData(ModelStage.InReview, "champion", "etb 1 is in review; only an approved version can be the champion.")]
    public async Task A_step_that_the_stage_does_not_allow_is_refused_in_a_sentence(ModelStage stage, string step, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var registry = Registry(db, database);
        var id = stage == ModelStage.Draft ? await RegisteredAsync(database, registry) : await ApprovedAsync(database, registry, upTo: stage);
        var seen = (await registry.FindAsync(id))!.Version;

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => step switch
        {
            "approve" => registry.ApproveAsync(id, seen, "why", Checker),
            "send back" => registry.SendBackAsync(id, seen, "why", Checker),
            "submit" => registry.SubmitAsync(id, seen, "why", Maker),
            _ => registry.MakeChampionAsync(id, seen, "why", Checker),
        });

        Assert.Equal(sentence, refusal.Message);
    }

    [Fact]
    public async Task A_reason_is_asked_for_and_an_unfinished_run_is_not_registered()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var registry = Registry(db, database);
        var run = await SampleRuns.AddRunAsync(database);

        Assert.Equal("The reason has 1 to 1,000 characters; this one has 0.", (await Assert.ThrowsAsync<RefusedException>(() => registry.RegisterAsync(run.Id, "etb", " ", Maker))).Message);
        Assert.StartsWith("The name has 1 to 100", (await Assert.ThrowsAsync<RefusedException>(() => registry.RegisterAsync(run.Id, new string('n', 101), "why", Maker))).Message, StringComparison.Ordinal);
        Assert.Equal("Only a finished model run can be registered.", (await Assert.ThrowsAsync<RefusedException>(() => registry.RegisterAsync(Guid.NewGuid(), "etb", "why", Maker))).Message);
    }

    [Fact]
    public async Task The_local_owner_approves_alone_and_it_says_so()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var owner = await application.NewOwnerClientAsync();
        var run = await SampleRuns.AddRunAsync(application);
        using var registered = await owner.PostFormAsync($"/runs/{run.Id}/register", [new("Name", "etb"), new("Reason", "The first.")]);
        var address = registered.Headers.Location!.ToString();

        await ActAsync(owner, address, "Submit", 0);
        Assert.Contains("You work here alone.", await owner.GetStringAsync(address), StringComparison.Ordinal);
        await ActAsync(owner, address, "Approve", 1);
        await ActAsync(owner, address, "Champion", 2);

        var page = await owner.GetStringAsync(address);
        Assert.Contains("Not independently reviewed.", page, StringComparison.Ordinal);
        Assert.Contains("The same person made and approved this version", page, StringComparison.Ordinal);
        Assert.Contains("who works here alone: not independently reviewed", await owner.GetStringAsync("/models"), StringComparison.Ordinal);
        Assert.Contains("champion: version 1", await owner.GetStringAsync("/models"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marketer_hands_in_and_compliance_approves()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        var run = await SampleRuns.AddRunAsync(server);
        using var registered = await marketer.PostFormAsync($"/runs/{run.Id}/register", [new("Name", "etb"), new("Reason", "The first.")]);
        var address = registered.Headers.Location!.ToString();

        Assert.DoesNotContain("handler=Submit", await compliance.GetStringAsync(address), StringComparison.Ordinal);
        await ActAsync(marketer, address, "Submit", 0);
        Assert.DoesNotContain("handler=Approve", await marketer.GetStringAsync(address), StringComparison.Ordinal);
        using var denied = await marketer.PostFormAsync("/datasets/upload", [new("Seen", "1"), new("Reason", "I like it.")], address + "?handler=Approve");
        Assert.StartsWith("/denied", denied.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        await ActAsync(compliance, address, "Approve", 1);

        var page = await compliance.GetStringAsync(address);
        Assert.DoesNotContain("Not independently reviewed", page, StringComparison.Ordinal);
        Assert.Contains("handler=Champion", page, StringComparison.Ordinal);
    }

    private static async Task ActAsync(HttpClient client, string address, string handler, int seen)
    {
        using var answer = await client.PostFormAsync(
            address, [new("Seen", seen.ToString(CultureInfo.InvariantCulture)), new("Reason", "Because.")], $"{address}?handler={handler}");
        Assert.Equal((handler, HttpStatusCode.Redirect), (handler, answer.StatusCode));
    }

    private static async Task<Guid> RegisteredAsync(TestDatabase database, ModelRegistry registry, string name = "etb") =>
        await registry.RegisterAsync((await SampleRuns.AddRunAsync(database)).Id, name, "For the spring campaign.", Maker);

    private static async Task<Guid> ApprovedAsync(TestDatabase database, ModelRegistry registry, string name = "etb", ModelStage upTo = ModelStage.Approved)
    {
        var id = await RegisteredAsync(database, registry, name);
        await registry.SubmitAsync(id, 0, "Ready.", Maker);
        if (upTo != ModelStage.InReview)
        {
            await registry.ApproveAsync(id, 1, "Checked.", Checker);
        }

        if (upTo == ModelStage.Retired)
        {
            await registry.RetireAsync(id, 2, "Old.", Checker);
        }

        return id;
    }

    private ModelRegistry Registry(CampaignDbContext db, TestDatabase database) =>
        new(db, new ModelRunCatalog(db, database.Files, new WorkThreads(1), _cache), new AuditTrail(_clock), _clock);
}

using System.Net;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.TargetLists;

/// <summary>Lists asked for, changed and copied, of a trained run whose cut-off is so low that there are customers enough.</summary>
public sealed class TargetListRegisterTests(TrainedSample sample) : IClassFixture<TrainedSample>, IAsyncLifetime
{
    private static readonly Actor Mei = new("mei", "Mei"), Chen = new("chen", "Chen");

    public async Task InitializeAsync() => await sample.Application.InScopeAsync(async services =>
    {
        var model = (await services.GetRequiredService<ModelRunCatalog>().FindAsync(sample.RunId))!;
        await services.GetRequiredService<ThresholdChoice>().UseAsync(model, model.Version, new ThresholdWish(ThresholdRule.ByHand, 0, 0, 0, 0.001), Mei, default);
        return true;
    });

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_two_people_who_change_a_draft_the_second_is_told_and_overwrites_nothing()
    {
        var id = await MadeAsync();
        var job = await WithRegisterAsync((lists, model) => lists.EditAsync(id, 0, model, Request("Changed by Mei", budget: 20), Mei, default));
        var whileMade = await RefusalAsync((lists, model) => lists.EditAsync(id, 1, model, Request("x"), Chen, default));
        await RunAsync(job);
        var late = await RefusalAsync((lists, model) => lists.EditAsync(id, 0, model, Request("Changed by Chen"), Chen, default));

        Assert.Contains("being made at this moment", whileMade, StringComparison.Ordinal);
        Assert.Contains("Somebody else has changed this list", late, StringComparison.Ordinal);
        var list = (await WithRegisterAsync((lists, _) => lists.FindAsync(id, default)))!;
        Assert.Equal(("Changed by Mei", 1, 20, "mei"), (list.Name, list.Version, list.Definition.Budget, list.EditedById));
        Assert.Equal(20, TargetListRegister.ReadCounts(list)!.ToContact);
    }

    [Fact]
    public async Task A_draft_that_is_changed_is_built_anew_and_the_same_request_gives_the_same_members()
    {
        var id = await MadeAsync();
        var before = (await WithRegisterAsync((lists, _) => lists.FindAsync(id, default)))!.MembersHash;
        await RunAsync(await WithRegisterAsync((lists, model) => lists.EditAsync(id, 0, model, Request("Fewer", budget: 5), Mei, default)));
        var fewer = (await WithRegisterAsync((lists, _) => lists.FindAsync(id, default)))!.MembersHash;
        await RunAsync(await WithRegisterAsync((lists, model) => lists.EditAsync(id, 1, model, Request("As before"), Mei, default)));
        var again = (await WithRegisterAsync((lists, _) => lists.FindAsync(id, default)))!.MembersHash;

        Assert.NotEqual(before, fewer);
        Assert.Equal(before, again);
    }

    [Theory]
    [InlineData(0, 14, "at least 1 customer")]
    [InlineData(5, 0, "1 to 90 days")]
    [InlineData(5, 91, "1 to 90 days")]
    public async Task A_budget_of_nobody_or_a_list_without_days_is_refused(int budget, int days, string words) =>
        Assert.Contains(words, await RefusalAsync((lists, model) => lists.AddAsync(model, Request("x", budget) with { ValidDays = days }, Mei, default)), StringComparison.Ordinal);

    [Fact]
    public async Task The_page_asks_about_consent_and_says_at_once_what_a_choice_gives()
    {
        using var client = await sample.Application.NewOwnerClientAsync();
        var page = $"/runs/{sample.RunId}/lists/new";
        var unanswered = WebUtility.HtmlDecode(await client.GetStringAsync(page));
        using var answered = await client.PostFormAsync(page, Answered(), page + "?handler=Preview");
        var preview = WebUtility.HtmlDecode(await answered.Content.ReadAsStringAsync());
        using var noControl = await client.PostFormAsync(page, Answered("0"), page + "?handler=Preview");
        using var allControl = await client.PostFormAsync(page, Answered("100"), page + "?handler=Preview");

        Assert.Contains("Who agreed to be contacted? Say which column", unanswered, StringComparison.Ordinal);
        Assert.Contains("Kept back to measure", preview, StringComparison.Ordinal);
        Assert.Contains("not applied: consent is not in the file", preview, StringComparison.Ordinal);
        Assert.Contains("Too small to measure", preview, StringComparison.Ordinal);
        Assert.Contains("Without a control group nobody can say", WebUtility.HtmlDecode(await noControl.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("below 100 %", WebUtility.HtmlDecode(await allControl.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_names_the_columns_that_its_new_file_lacks()
    {
        var id = await MadeAsync();
        await sample.Application.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<CampaignDbContext>();
            var list = await db.FindAsync<TargetList>(id);
            list!.DefinitionJson = (list.Definition with { HouseholdColumn = "HOUSE_NO" }).ToJson();
            return await db.SaveChangesAsync();
        });
        using var client = await sample.Application.NewOwnerClientAsync();
        var copy = WebUtility.HtmlDecode(await client.GetStringAsync($"/runs/{sample.RunId}/lists/new?from={id}"));

        Assert.Contains("HOUSE_NO", copy, StringComparison.Ordinal);
        Assert.Contains("This file lacks a column", copy, StringComparison.Ordinal);
        Assert.Contains("no column 'HOUSE_NO'", copy, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Answered(string controlPercent = "10") =>
    [
        new("Input.Name", "Spring"), new("Input.Purpose", "Invite"), new("Input.ConsentElsewhere", "true"), new("Input.Elsewhere", "Call"), new("Input.ControlPercent", controlPercent),
    ];

    private static ListRequest Request(string name, int? budget = null) =>
        new(name, "Invite", new ListDefinition { Budget = budget, Consent = new() { CheckedElsewhere = ContactChannels.Call } });

    private async Task<Guid> MadeAsync(ListRequest? request = null)
    {
        var job = await WithRegisterAsync((lists, model) => lists.AddAsync(model, request ?? Request("Spring"), Mei, default));
        await RunAsync(job);
        return job.SubjectId;
    }

    private Task<bool> RunAsync(JobRecord job) => sample.Application.InScopeAsync(async services =>
    {
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id);
        return true;
    });

    private Task<T> WithRegisterAsync<T>(Func<TargetListRegister, ModelRunSummary, Task<T>> work) => sample.Application.InScopeAsync(async services =>
        await work(services.GetRequiredService<TargetListRegister>(), (await services.GetRequiredService<ModelRunCatalog>().FindAsync(sample.RunId))!));

    private async Task<string> RefusalAsync(Func<TargetListRegister, ModelRunSummary, Task> work) =>
        (await Assert.ThrowsAsync<RefusedException>(() => WithRegisterAsync(async (lists, model) => { await work(lists, model); return true; }))).Message;
}

using System.Net;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Segments;

public sealed class SegmentPagesTests
{
    private const string Builder = "/segments/builder";

    [Fact]
    public async Task A_runs_page_compares_columns_and_sub_groups_and_names_no_customer()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 1500);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/runs/{run}/segments?by=product&against=known"));

        Assert.Contains("What sets them apart from known affluents", page, StringComparison.Ordinal);
        Assert.Contains("balance", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">card</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("C0001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_of_few_known_affluents_has_counts_but_no_rates()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 600, (row, line) => row <= 60 ? line.Replace("card", "gold", StringComparison.Ordinal) : line);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/runs/{run}/segments?by=product"));

        Assert.Single(page.Split("not enough data: fewer than 30 known affluents").Skip(1));
    }

    [Fact]
    public async Task Conditions_are_counted_while_they_are_edited_and_kept_when_they_are_saved()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 1500);
        var address = $"{Builder}?run={run}";
        var normals = Enumerable.Range(1, 1500).Where(row => row % 3 != 0);
        var expected = normals.Count(row => 20 + (row * 7 % 50) is >= 40 and < 50);

        using var added = await client.PostFormAsync(address, [new("run", $"{run}"), new("add", "age")], $"{Builder}?handler=Add");
        Assert.Contains("Condition on age", await added.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var counted = await client.PostFormAsync(address, Fields(run), $"{Builder}?handler=Count");
        var count = WebUtility.HtmlDecode(await counted.Content.ReadAsStringAsync());
        Assert.Contains("age at least 40 and below 50", count, StringComparison.Ordinal);
        Assert.Contains($"<dt>Recorded normal</dt><dd>{expected}</dd>", count, StringComparison.Ordinal);
        Assert.Contains("Retirement planning talk", count, StringComparison.Ordinal);

        using var saved = await client.PostFormAsync(address, [.. Fields(run), new("Input.Name", "Forties"), new("Input.Product", "Own product")], $"{Builder}?handler=Save");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var segment = Assert.Single(await application.InScopeAsync(services => services.GetRequiredService<SegmentCatalog>().ListAsync()));
        Assert.Equal(("Forties", "Own product", "age at least 40 and below 50"), (segment.Name, segment.Product, segment.Rule.Sentence));
        var list = WebUtility.HtmlDecode(await client.GetStringAsync("/segments"));
        Assert.Contains("Forties", list, StringComparison.Ordinal);
        Assert.Contains($"of {expected}<", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_editor_of_a_segment_is_told_and_an_unused_one_can_be_deleted()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 600);
        using var saved = await client.PostFormAsync($"{Builder}?run={run}", [.. Fields(run), new("Input.Name", "Forties")], $"{Builder}?handler=Save");
        var id = (await application.InScopeAsync(services => services.GetRequiredService<SegmentCatalog>().ListAsync()))[0].Id;
        var address = $"{Builder}?run={run}&id={id}";

        using var first = await client.PostFormAsync(address, [.. Fields(run), new("id", $"{id}"), new("Version", "0"), new("Input.Name", "First")], $"{Builder}?handler=Save");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var second = await client.PostFormAsync(address, [.. Fields(run), new("id", $"{id}"), new("Version", "0"), new("Input.Name", "Second")], $"{Builder}?handler=Save");
        Assert.Contains("has changed this segment since you opened it", WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var deleted = await client.PostFormAsync(address, [new("run", $"{run}"), new("id", $"{id}"), new("Version", "1")], $"{Builder}?handler=Delete");

        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
        Assert.Empty(await application.InScopeAsync(services => services.GetRequiredService<SegmentCatalog>().ListAsync()));
        Assert.Contains("No segment yet", await client.GetStringAsync("/segments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_whose_column_a_file_lacks_says_so_in_the_list()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 600);
        using var saved = await client.PostFormAsync($"{Builder}?run={run}", [.. Fields(run), new("Input.Name", "Forties")], $"{Builder}?handler=Save");
        await application.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<CampaignDbContext>();
            db.Set<Campaign.Modules.Segments.Segment>().Single().RuleJson = """{"conditions":[{"is":"presence","column":"wealth","isMissing":false}]}""";
            return await db.SaveChangesAsync();
        });

        Assert.Contains("asks for column 'wealth', which this file does not have", WebUtility.HtmlDecode(await client.GetStringAsync("/segments")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compliance_looks_but_does_not_build()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { RunsJobs = false, IsServer = true });
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        var run = await InventedRun.AddAsync(server, 600);

        var page = await compliance.GetStringAsync($"/runs/{run}/segments");
        using var denied = await compliance.GetAsync($"{Builder}?run={run}");

        Assert.DoesNotContain(Builder, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, denied.StatusCode);
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string>[] Fields(Guid run) =>
    [
        new("run", $"{run}"), new("Input.Conditions[0].Column", "age"), new("Input.Conditions[0].Kind", "Number"), new("Input.Conditions[0].Test", "Between"),
        new("Input.Conditions[0].From", "40"), new("Input.Conditions[0].FromCounts", "true"), new("Input.Conditions[0].To", "50"), new("Input.Conditions[0].ToCounts", "false"),
    ];
}

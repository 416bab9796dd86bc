using System.Net;
using System.Text;
using System.Text.Json;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class QualityPageTests
{
    private static readonly QualityFinding Leak = new(Severity.Warning, "column-gives-class-away", "balance", 0, 0, "'balance' tells all.", "Leave it out.");
    private static readonly QualityFinding Block = new(Severity.Blocking, "class-customers", "segment", 3, 60, "Only 3.", "Send more.");
    private static readonly QualityCheck[] Checks = [new("column-gives-class-away", "Leaks"), new("class-customers", "Few"), new("rows-repeated", "Copies")];

    [Fact]
    public async Task The_page_says_what_was_found_and_leads_on()
    {
        await using var application = await CampaignApplication.StartAsync();
        using var client = await application.NewOwnerClientAsync();
        var id = await ReceiveAsync(application, new QualityReport([Leak], Checks));

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/datasets/{id}/quality"));

        Assert.Contains("Nothing blocks: 1 warning.", page, StringComparison.Ordinal);
        Assert.Contains("'balance' tells all.", page, StringComparison.Ordinal);
        Assert.Contains("Leave it out.", page, StringComparison.Ordinal);
        Assert.Contains("2 checks passed", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/datasets/{id}/train\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/datasets/{id}/look-around\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_blocks_bars_the_way_to_training()
    {
        await using var application = await CampaignApplication.StartAsync();
        using var client = await application.NewOwnerClientAsync();
        var id = await ReceiveAsync(application, new QualityReport([Block, Leak], Checks));

        var page = await client.GetStringAsync($"/datasets/{id}/quality");

        Assert.Contains("1 thing blocks training", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/datasets/{id}/train\"", page, StringComparison.Ordinal);
        Assert.Contains("disabled aria-describedby=\"why-blocked\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_a_column_out_keeps_what_the_others_are_used_for()
    {
        await using var application = await CampaignApplication.StartAsync();
        using var client = await application.NewOwnerClientAsync();
        var id = await ReceiveAsync(application, new QualityReport([Leak], Checks), new RoleRequest(Exclude: ["product"], Sensitive: ["age"]));
        var before = await RolesAsync(application, id);

        using var answer = await client.PostFormAsync($"/datasets/{id}/quality", [new("column", "balance"), new("version", "0")], $"/datasets/{id}/quality?handler=LeaveOut");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var after = await RolesAsync(application, id);
        Assert.Equal(before.LeftOut.Append(new("balance", LeftOutReason.ByUser)).OrderBy(left => left.Name), after.LeftOut.OrderBy(left => left.Name));
        Assert.Equal(before.Features.Except(["balance"]), after.Features);
        Assert.Equal(["age"], after.Sensitive);
        Assert.Equal((before.Id, before.Label, before.AffluentValue), (after.Id, after.Label, after.AffluentValue));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/datasets/{id}/quality"));
        Assert.Contains("Column 'balance' is left out of training.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=LeaveOut", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_out_of_date_changes_nothing()
    {
        await using var application = await CampaignApplication.StartAsync();
        using var client = await application.NewOwnerClientAsync();
        var id = await ReceiveAsync(application, new QualityReport([Leak], Checks));

        using var answer = await client.PostFormAsync($"/datasets/{id}/quality", [new("column", "balance"), new("version", "7")], $"/datasets/{id}/quality?handler=LeaveOut");

        Assert.Contains("Someone else changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("balance", (await RolesAsync(application, id)).Features);
    }

    [Fact]
    public async Task A_file_that_was_not_checked_can_be_and_meanwhile_the_page_says_so()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var id = await ReceiveAsync(application, null);

        Assert.Contains("Not checked yet", await client.GetStringAsync($"/datasets/{id}/quality"), StringComparison.Ordinal);
        using var asked = await client.PostFormAsync($"/datasets/{id}/quality", [], $"/datasets/{id}/quality?handler=Check");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Contains("Checking the file", await client.GetStringAsync($"/datasets/{id}/quality"), StringComparison.Ordinal);
        using var unknown = await client.GetAsync($"/datasets/{Guid.NewGuid()}/quality");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData(0, 0, 0, "Nothing found: all 3 checks passed")]
    [InlineData(0, 2, 5, "Nothing blocks: 2 warnings, 5 notes")]
    [InlineData(0, 0, 1, "Nothing blocks: 1 note")]
    [InlineData(1, 0, 0, "1 thing blocks training")]
    [InlineData(2, 1, 0, "2 things block training: mend them first. Also 1 warning")]
    public void The_verdict_counts_what_was_found(int blocking, int warnings, int notes, string verdict)
    {
        IEnumerable<QualityFinding> Some(int count, Severity severity) => Enumerable.Repeat(Leak with { Severity = severity }, count);

        Assert.Equal(verdict, QualityInWords.Verdict(new([.. Some(blocking, Severity.Blocking), .. Some(warnings, Severity.Warning), .. Some(notes, Severity.Note)], Checks)));
    }

    private static async Task<Guid> ReceiveAsync(CampaignApplication application, QualityReport? report, RoleRequest? roles = null)
    {
        var id = await application.InScopeAsync(async services => (await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers())), "customers.csv", new IntakeOptions(roles ?? RoleRequest.Guess, Confirm: true), IntakeFixture.Actor)).Dataset.Id);
        if (report is not null)
        {
            // As the job leaves it.
            await File.WriteAllTextAsync(DatasetProfiles.QualityIn(application.Files.DatasetFolder(id), 0), JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            await application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().Set<Dataset>()
                .Where(dataset => dataset.Id == id).ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.ProfiledVersion, 0)));
        }

        return id;
    }

    private static Task<ColumnRoles> RolesAsync(CampaignApplication application, Guid id) =>
        application.InScopeAsync(async services => (await services.GetRequiredService<DatasetCatalog>().FindAsync(id))!.Roles);
}

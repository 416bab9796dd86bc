using System.Net;
using Campaign.Modules.Governance;
using Campaign.Modules.Platform;
using Campaign.Tests.Modeling;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Governance;

public sealed class FairnessPageTests
{
    private const string Limits = "/fairness-limits";

    [Fact]
    public async Task Each_sensitive_column_has_its_groups_gaps_and_verdicts_and_no_customer()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();
        var run = await InventedRun.AddAsync(application, 1500);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/runs/{run}/fairness"));

        Assert.Contains("age", page, StringComparison.Ordinal);
        Assert.Contains("Largest gap", page, StringComparison.Ordinal);
        Assert.Contains("Campaign's own; compliance has not set any", page, StringComparison.Ordinal);
        Assert.DoesNotContain("C0001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_of_few_rows_has_no_figures()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        using var client = await application.NewOwnerClientAsync();

        // Ages of all but three rows are missing, so the known ones fill bands of one row each.
        var run = await InventedRun.AddAsync(application, 1500, (row, line) =>
        {
            var cells = line.Split(',');
            cells[1] = row <= 3 ? cells[1] : "";
            return string.Join(',', cells);
        });

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/runs/{run}/fairness"));

        Assert.Equal(3, page.Split("fewer than 5 rows, no figures").Length - 1);
        Assert.Contains("fewer than two groups can be judged", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_compliance_sets_the_limits_and_every_run_is_judged_by_them()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { RunsJobs = false, IsServer = true });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);
        var run = await InventedRun.AddAsync(server, 1500);

        using var denied = await marketer.GetAsync(Limits);
        Assert.Equal(HttpStatusCode.Redirect, denied.StatusCode);
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var withoutReason = await compliance.PostFormAsync(Limits, Fields(gap: "7", reason: ""));
        Assert.Contains("Give the reason.", await withoutReason.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var saved = await compliance.PostFormAsync(Limits, Fields(gap: "7", reason: "Board decision 12"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        Assert.Equal(0.07, (await server.InScopeAsync(services => services.GetRequiredService<FairnessPolicies>().InForceAsync())).Limits.MostGap, 1e-12);
        Assert.Contains("gap of at most 7 percentage points", await marketer.GetStringAsync($"/runs/{run}/fairness"), StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string>[] Fields(string gap, string reason) =>
    [
        new("Version", "0"), new("Input.MostGapPercent", gap), new("Input.LeastRatio", "0.8"), new("Input.LeastAffluent", "30"), new("Input.Reason", reason),
    ];
}

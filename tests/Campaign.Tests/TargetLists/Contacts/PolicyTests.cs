using System.Net;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.TargetLists.Contacts;

public sealed class PolicyTests
{
    private const string Address = "/lists/contact-policy";

    [Fact]
    public async Task Everybody_reads_the_limits_and_compliance_alone_sets_them()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { RunsJobs = false, IsServer = true });
        using var marketer = await server.NewPersonClientAsync(Roles.Marketer);
        using var compliance = await server.NewPersonClientAsync(Roles.Compliance);

        var read = WebUtility.HtmlDecode(await marketer.GetStringAsync(Address));
        Assert.Contains("in any 7 days at most 1 e-mail and 1 SMS; calls and letters are not limited", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Set the limits", read, StringComparison.Ordinal);
        using var denied = await marketer.PostFormAsync("/suppression/upload", Fields("30", "because"), action: Address);
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var withoutReason = await compliance.PostFormAsync(Address, Fields("30", ""));
        Assert.Contains("Give the reason.", await withoutReason.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var saved = await compliance.PostFormAsync(Address, Fields("30", "Board decision 12"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var inForce = await server.InScopeAsync(services => services.GetRequiredService<ContactPolicies>().InForceAsync());
        Assert.Equal(new ContactCaps(30, 2, null, null, 1), inForce.Caps);
    }

    private static KeyValuePair<string, string>[] Fields(string days, string reason) =>
    [
        new("Version", "0"), new("Input.PeriodDays", days), new("Input.Email", "2"), new("Input.Sms", ""), new("Input.Call", ""), new("Input.Post", "1"), new("Input.Reason", reason),
    ];
}

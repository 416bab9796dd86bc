using Campaign.EndToEndTests.Support;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>A server's people: from the first administrator to somebody who may do one thing and not another.</summary>
public sealed class PeopleTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "four plain words here";

    [Fact]
    public async Task The_first_administrator_lets_others_in_with_a_link_that_works_once()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true });
        await using var administrator = await browser.OpenAsync(server);
        var page = administrator.Page;
        await page.FillAsync("input[name='Input.Name']", "Farah");
        await page.FillAsync("input[name='Input.Email']", "farah@example.test");
        await page.FillAsync("input[name='Input.Password']", Password);
        await page.ClickAsync("button[type=submit]");
        await SignInAsync(administrator, "farah@example.test");

        await page.ClickAsync("nav >> text=People");
        await page.FillAsync("input[name='Input.Name']", "Aina");
        await page.FillAsync("input[name='Input.Email']", "aina@example.test");
        await page.CheckAsync("input[name='Input.Roles'][value='campaign team']");
        await page.ClickAsync("text=Add and make a link");
        var link = await page.InputValueAsync("#one-time-link");
        await administrator.AssertAccessibleAsync();

        await using var newcomer = await browser.OpenAsync(server);
        await newcomer.Page.GotoAsync(link);
        await newcomer.Page.FillAsync("input[name='Password']", Password);
        await newcomer.Page.ClickAsync("button[type=submit]");
        await SignInAsync(newcomer, "aina@example.test");
        Assert.Equal(0, await newcomer.Page.Locator("nav >> text=Audit trail").CountAsync());
        await newcomer.Page.GotoAsync("/people");
        Assert.Contains("does not allow", await newcomer.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await newcomer.Page.GotoAsync(link);
        await newcomer.Page.FillAsync("input[name='Password']", "another four plain words");
        await newcomer.Page.ClickAsync("button[type=submit]");
        await newcomer.Page.WaitForSelectorAsync("[role=alert] >> text=has been used");
        newcomer.AssertNoComplaints();
        administrator.AssertNoComplaints();
    }

    private static async Task SignInAsync(WatchedPage watched, string email)
    {
        await watched.Page.WaitForURLAsync("**/sign-in");
        await watched.Page.FillAsync("input[name='Input.Email']", email);
        await watched.Page.FillAsync("input[name='Input.Password']", Password);
        await watched.Page.ClickAsync("button[type=submit]");
        await watched.Page.WaitForSelectorAsync("nav[aria-label=Main]");
    }
}

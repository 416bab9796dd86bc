using Campaign.EndToEndTests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>Pages as people with a small screen, a dark theme or a screen reader meet them.</summary>
public sealed class AccessibilityTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Addresses =
        ["/", "/datasets", "/datasets/upload", "/runs", "/runs/compare", "/models", "/lists", "/audit", "/fairness-limits", "/sign-in", "/not-found", "/denied"];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Pages_are_accessible_and_fit_the_screen(int width, ColorScheme scheme)
    {
        await using var watched = await browser.OpenAsync(width, scheme: scheme);
        foreach (var address in Addresses)
        {
            await watched.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
            await watched.AssertAccessibleAsync();
            await watched.AssertFitsWidthAsync();
        }

        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task The_chosen_theme_is_remembered()
    {
        await using var watched = await browser.OpenAsync();
        await watched.Page.ClickAsync("[data-theme-button]");
        await watched.Page.GotoAsync("/datasets");
        Assert.Equal("dark", await watched.Page.GetAttributeAsync("html", "data-bs-theme"));
    }
}

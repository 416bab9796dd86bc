using Campaign.EndToEndTests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests;

/// <summary>A full run in the browser: the leaderboard, and trials side by side.</summary>
public sealed class CandidatesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int SlowMilliseconds = 240_000;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Candidates_are_compared_and_trials_stand_side_by_side(int width, ColorScheme scheme)
    {
        await using var watched = await browser.OpenAsync(width, scheme: scheme);
        var page = watched.Page;
        page.SetDefaultTimeout(SlowMilliseconds);
        await page.GotoAsync("/datasets/upload");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = MainPathTests.SampleFile(600) });
        await page.ClickAsync("text=Upload and look at it");
        await page.WaitForURLAsync("**/received/**");
        await page.ClickAsync("text=Yes, read and check it");
        await page.WaitForURLAsync("**/columns");
        await page.ClickAsync(".page-head button");
        await page.WaitForURLAsync("**/quality");
        await page.WaitForSelectorAsync("text=Good to know");
        await page.ClickAsync(".page-head >> text=Find look-alikes");
        await page.WaitForURLAsync("**/train");
        await page.ClickAsync("summary:has-text('More')");
        await page.FillAsync("input[name='Input.TrialCount']", "3");
        await page.ClickAsync("button:has-text('Find look-alikes')");
        await page.WaitForSelectorAsync(".page-head >> text=Choose the cut-off");
        await page.ClickAsync("text=All candidates and settings tried");
        await page.WaitForURLAsync("**/candidates");
        Assert.Equal(5, await page.Locator("[aria-label='Leaderboard'] tbody tr").CountAsync());
        Assert.Equal(1, await page.Locator("[aria-label='Leaderboard'] >> text=recommended").CountAsync());
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();

        await page.CheckAsync("[aria-label='Compare trial 1']");
        await page.CheckAsync("[aria-label='Compare trial 3']");
        await page.ClickAsync("text=Compare the chosen ones");
        await page.WaitForSelectorAsync("#side-by-side");
        Assert.Equal(["Side by side", "Trial 1", "Trial 3"], await page.Locator("#side-by-side thead th").AllInnerTextsAsync());
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsWidthAsync();
        watched.AssertNoComplaints();
    }
}

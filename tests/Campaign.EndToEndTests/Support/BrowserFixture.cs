using Campaign.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Campaign.EndToEndTests.Support;

/// <summary>One real application in single-user mode and one real browser for all tests of a class.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private CampaignApplication? _application;

    public IBrowser Browser { get; private set; } = null!;

    public CampaignApplication Application => _application ?? throw new InvalidOperationException("The application has not started.");

    public async Task InitializeAsync()
    {
        _application = await CampaignApplication.StartAsync();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CAMPAIGN_CHROMIUM") ?? "/usr/bin/chromium",

            // The browser's own sandbox refuses to run as root.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-background-networking"] : ["--disable-background-networking"],
        });
    }

    /// <summary>A page of the local owner, in a window and a session of its own.</summary>
    public Task<WatchedPage> OpenAsync(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light) =>
        OpenAsync(Application, width, height, scheme);

    /// <summary>The page that an application says to open, in a window and a session of its own.</summary>
    public async Task<WatchedPage> OpenAsync(CampaignApplication application, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = application.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        var page = new WatchedPage(await context.NewPageAsync());
        await page.Page.GotoAsync(await application.OpeningAddressAsync());
        return page;
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }
}

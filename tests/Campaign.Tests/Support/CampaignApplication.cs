using System.Net;
using Campaign.Modules.Platform;
using Campaign.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Tests.Support;

/// <summary>The real application on a temporary data folder and a free port of this machine, with a real server; gone when disposed.</summary>
public sealed class CampaignApplication : IAsyncDisposable
{
    private readonly TempFolder? _ownFolder;

    private CampaignApplication(WebApplication app, TempFolder? ownFolder)
    {
        App = app;
        _ownFolder = ownFolder;
        Address = new Uri(app.Urls.First());
    }

    public WebApplication App { get; }

    /// <summary>Without token or path.</summary>
    public Uri Address { get; }

    public FileStore Files => App.Services.GetRequiredService<FileStore>();

    /// <param name="configure">Changes the options: server mode, another database, a clock.</param>
    /// <param name="dataFolder">An existing folder, to start on what another start left there; otherwise a temporary one.</param>
    public static async Task<CampaignApplication> StartAsync(Func<CampaignOptions, CampaignOptions>? configure = null, string? dataFolder = null)
    {
        var folder = dataFolder is null ? new TempFolder() : null;
        var options = new CampaignOptions { DataFolder = dataFolder ?? folder!.Combine("data"), Urls = ["http://127.0.0.1:0"] };
        var app = CampaignHost.Build(configure?.Invoke(options) ?? options);
        try
        {
            await app.StartAsync();
            return new(app, folder);
        }
        catch
        {
            await app.DisposeAsync();
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>The address that the application prints.</summary>
    public Task<string> OpeningAddressAsync() => CampaignHost.OpeningAddressAsync(App);

    /// <summary>A browser of its own: keeps cookies, follows no redirects. Nobody is signed in.</summary>
    public HttpClient NewClient()
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>The local owner's browser, let in by the printed address.</summary>
    public async Task<HttpClient> NewOwnerClientAsync()
    {
        var client = NewClient();
        using var answer = await client.GetAsync(await OpeningAddressAsync());
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"The printed address answered {answer.StatusCode}.");
    }

    /// <summary>Work on the services, in a scope of its own.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _ownFolder?.Dispose();
    }
}

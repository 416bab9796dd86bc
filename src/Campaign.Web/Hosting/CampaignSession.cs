using Campaign.Modules.Platform;

namespace Campaign.Web.Hosting;

/// <summary>
/// The modules without web pages and without the scheduler, for the command line: its jobs run by
/// <see cref="JobRunner.RunNowAsync"/>.
/// </summary>
public sealed class CampaignSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CampaignSession(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    /// <summary>Takes the data folder, and brings an embedded database up to date.</summary>
    /// <exception cref="Campaign.Learning.RefusedException">The data folder is in use, or the shared database is not up to date.</exception>
    public static async Task<CampaignSession> OpenAsync(CampaignOptions options, CancellationToken cancellation = default)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddCampaignLog(LogLevel.Warning))
            .AddCampaign(options, new FileStore(options.DataFolder))
            .BuildServiceProvider(validateScopes: true);
        try
        {
            await services.GetRequiredService<StartUp>().StartingAsync(cancellation);
            return new(services);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using Campaign.Modules.Platform;
using Campaign.Web.Hosting;

namespace Campaign.Web.CommandLine;

/// <summary>
/// The data folder that a command works in: the named one, whose dataset, run and trail stay, or a private temporary one that is removed.
/// What leaves the temporary one is signed with the key of the default data folder, so that it can be told later on this machine.
/// </summary>
public sealed class WorkPlace : IAsyncDisposable
{
    private readonly CampaignSession _session;
    private readonly string? _temporaryFolder;

    private WorkPlace(CampaignSession session, string? temporaryFolder)
    {
        _session = session;
        _temporaryFolder = temporaryFolder;
    }

    public IServiceProvider Services => _session.Services;

    /// <param name="dataFolder">Null for a temporary one.</param>
    public static async Task<WorkPlace> OpenAsync(string? dataFolder, int threadCount, CancellationToken cancellation)
    {
        var temporaryFolder = dataFolder is null ? Directory.CreateTempSubdirectory("campaign-").FullName : null;
        try
        {
            var options = new CampaignOptions { DataFolder = dataFolder ?? temporaryFolder!, ThreadCount = threadCount, RunsJobs = false, KeysFolder = dataFolder is null ? FileStore.KeysIn(ServeCommand.DefaultDataFolder) : null };
            return new WorkPlace(await CampaignSession.OpenAsync(options, cancellation), temporaryFolder);
        }
        catch
        {
            Remove(temporaryFolder);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Remove(_temporaryFolder);
    }

    private static void Remove(string? folder)
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaign.Modules.Datasets;

/// <summary>
/// Removes what a process that was killed left behind: staging folders whose owner is gone, and dataset folders that no row mentions. A
/// claimed staging folder has a lock file beside it, which the system frees with its process.
/// </summary>
public static class DatasetSweep
{
    /// <summary>Between a dataset's folder and its row lie seconds; a folder without a row that is older is left over.</summary>
    private static readonly TimeSpan FolderAge = TimeSpan.FromHours(1);

    /// <summary>A folder nobody claimed may belong to work of another kind, which can take long.</summary>
    private static readonly TimeSpan UnclaimedAge = TimeSpan.FromHours(24);

    /// <summary>Says that this process is at work in a staging folder, until the claim is disposed.</summary>
    public static IDisposable Claim(string stagingFolder) =>
        new FileStream(LockOf(stagingFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>Folders removed.</summary>
    public static async Task<int> RunAsync(CampaignDbContext db, FileStore files, TimeProvider clock, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var removedCount = 0;
        foreach (var folder in FoldersIn(Path.Combine(files.Root, "staging")))
        {
            if (IsLeftOver(folder, now))
            {
                Remove(folder);
                removedCount++;
            }
        }

        var known = (await db.Set<Dataset>().Select(dataset => dataset.Id).ToListAsync(cancellation)).Select(files.DatasetFolder).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in FoldersIn(Path.Combine(files.Root, "datasets")))
        {
            if (!known.Contains(folder) && now - Directory.GetLastWriteTimeUtc(folder) > FolderAge)
            {
                Remove(folder);
                removedCount++;
            }
        }

        return removedCount;
    }

    /// <summary>Removes a folder that may be gone already.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It has become a dataset's folder.
        }
    }

    private static bool IsLeftOver(string folder, DateTime now)
    {
        try
        {
            using var claim = new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return now - Directory.GetLastWriteTimeUtc(folder) > UnclaimedAge;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string LockOf(string stagingFolder) => stagingFolder + ".lock";

    private static string[] FoldersIn(string parent) => Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];
}

/// <summary>Sweeps once when the application starts.</summary>
internal sealed class DatasetSweepAtStart(IServiceScopeFactory scopes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await DatasetSweep.RunAsync(
            services.GetRequiredService<CampaignDbContext>(), services.GetRequiredService<FileStore>(), services.GetRequiredService<TimeProvider>(), stoppingToken);
    }
}

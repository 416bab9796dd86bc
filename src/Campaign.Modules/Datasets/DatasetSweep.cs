using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaign.Modules.Datasets;

/// <summary>
/// Removes what a process that was killed left behind: staging folders whose owner is gone, and dataset folders that no row mentions or
/// whose row says that they were deleted; brings back columns whose change was cut off; removes received files that nobody decided about.
/// A claimed staging folder has a lock file beside it, which the system frees with its process.
/// </summary>
public static class DatasetSweep
{
    /// <summary>Between a dataset's folder and its row lie seconds; a folder without a row that is older is left over.</summary>
    private static readonly TimeSpan FolderAge = TimeSpan.FromHours(1);

    /// <summary>A folder nobody claimed may belong to work of another kind, which can take long.</summary>
    private static readonly TimeSpan UnclaimedAge = TimeSpan.FromHours(24);

    private const string LockEnding = ".lock";

    /// <summary>Says that this process is at work in a staging folder, until the claim is disposed.</summary>
    public static IDisposable Claim(string stagingFolder) =>
        new FileStream(LockOf(stagingFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>Folders removed.</summary>
    public static async Task<int> RunAsync(
        CampaignDbContext db, FileStore files, AuditTrail trail, TimeProvider clock, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var removedCount = 0;
        var staging = Path.Combine(files.Root, "staging");
        foreach (var folder in FoldersIn(staging))
        {
            if (IsAbandoned(folder) ?? now - Directory.GetLastWriteTimeUtc(folder) > UnclaimedAge)
            {
                Remove(folder);
                removedCount++;
            }
        }

        // Between the rename that took its folder away and its end, a claim stands alone.
        foreach (var claim in Directory.Exists(staging) ? Directory.GetFiles(staging, "*" + LockEnding) : [])
        {
            IsAbandoned(claim[..^LockEnding.Length]);
        }

        await ForgetUndecidedAsync(db, files, trail, now - ReceivedFiles.KeptFor, cancellation);
        var datasets = await db.Set<Dataset>().Where(dataset => dataset.DeletedUtc == null).Select(dataset => dataset.Id).ToListAsync(cancellation);
        var received = await db.Set<ReceivedFile>().Select(file => file.Id).ToListAsync(cancellation);
        var known = datasets.Concat(received).Select(files.DatasetFolder).ToHashSet(StringComparer.Ordinal);
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

    /// <summary>Ends changes of columns that were cut off. Nothing may read a dataset before.</summary>
    public static async Task MendAsync(CampaignDbContext db, FileStore files, CancellationToken cancellation = default)
    {
        foreach (var dataset in await db.Set<Dataset>().Where(dataset => dataset.DeletedUtc == null).Select(dataset => new { dataset.Id, dataset.Version }).ToListAsync(cancellation))
        {
            ColumnChange.Mend(files.DatasetFolder(dataset.Id), dataset.Version);
        }
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

    private static async Task ForgetUndecidedAsync(CampaignDbContext db, FileStore files, AuditTrail trail, DateTime beforeUtc, CancellationToken cancellation)
    {
        var undecided = await db.Set<ReceivedFile>().Where(file => file.ReceivedUtc < beforeUtc).ToListAsync(cancellation);
        foreach (var file in undecided)
        {
            db.Remove(file);
            trail.Append(db, Actor.System, AuditActions.FileDiscarded, DatasetIntake.Subject(file.Id), new { file.Fingerprint, undecidedDays = ReceivedFiles.KeptFor.Days });
        }

        await db.SaveChangesAsync(cancellation);
        foreach (var file in undecided)
        {
            Remove(files.DatasetFolder(file.Id));
        }
    }

    /// <summary>Whether the process that claimed it is gone, which ends the claim; null where nobody claimed it.</summary>
    private static bool? IsAbandoned(string stagingFolder)
    {
        try
        {
            using var claim = new FileStream(LockOf(stagingFolder), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string LockOf(string stagingFolder) => stagingFolder + LockEnding;

    private static string[] FoldersIn(string parent) => Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];
}

/// <summary>At the start of the application: mends before any job or page reads a dataset, then sweeps beside them, once.</summary>
internal sealed class DatasetSweepAtStart(IServiceScopeFactory scopes) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await DatasetSweep.MendAsync(scope.ServiceProvider.GetRequiredService<CampaignDbContext>(), scope.ServiceProvider.GetRequiredService<FileStore>(), cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await DatasetSweep.RunAsync(
            services.GetRequiredService<CampaignDbContext>(), services.GetRequiredService<FileStore>(), services.GetRequiredService<AuditTrail>(), services.GetRequiredService<TimeProvider>(), stoppingToken);
    }
}

using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Web.Hosting;

/// <summary>
/// Before anything else runs: takes the embedded data folder for this process, brings its database up to date (a shared database is the
/// administrators' to change), and settles the audit trail's head after a kill.
/// </summary>
internal sealed class StartUp(IServiceScopeFactory scopes, FileStore files, DatabaseChoice database, AuditSeal seal) : IHostedLifecycleService, IDisposable
{
    private DataFolderLock? _folderLock;

    /// <exception cref="RefusedException">The data folder is in use, or the shared database is not up to date.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!database.IsShared)
        {
            _folderLock = DataFolderLock.Take(files);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CampaignDbContext>();
        if (!database.IsShared)
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        else if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new RefusedException("The database is not up to date with this version of Campaign. Run 'campaign migrate' with the same --database and --connection, or have the script of 'campaign migrate --script' run.");
        }

        await seal.SettleAsync(db, cancellationToken);
    }

    public void Dispose() => _folderLock?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

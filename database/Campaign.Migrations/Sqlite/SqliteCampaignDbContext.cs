using System.Data.Common;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Campaign.Migrations.Sqlite;

/// <summary>The embedded database. Its text compares by bytes (BINARY) by default.</summary>
public sealed class SqliteCampaignDbContext(DbContextOptions<SqliteCampaignDbContext> options, AuditSeal? seal = null) : CampaignDbContext(options, seal);

/// <summary>
/// Readers don't wait for a writer (write-ahead log), a writer waits for another one instead of failing, and what was committed survives
/// a power cut.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Campaign.Migrations;
using Campaign.Modules.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Campaign.Tests.Support;

/// <summary>A migrated, empty database and the data folder beside it, for one test; removed afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private TestDatabase(Func<FileStore, DatabaseChoice> choose)
    {
        Files = new FileStore(_folder.Combine("data"));
        Choice = choose(Files);
        Seal = new AuditSeal(Files);
    }

    public DatabaseChoice Choice { get; }

    public FileStore Files { get; }

    public AuditSeal Seal { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var database = await CreateEmptyAsync(provider);
        await using var db = database.Open();
        await db.Database.MigrateAsync();
        return database;
    }

    /// <summary>Without a table.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider)
    {
        var name = $"campaign_{Guid.NewGuid():N}";
        var database = new TestDatabase(files => provider switch
        {
            DatabaseProvider.Sqlite => DatabaseChoice.EmbeddedIn(files),
            DatabaseProvider.PostgreSql => new(provider, $"{PostgreSqlServer.Instance.Connection};Database={name}"),
            DatabaseProvider.SqlServer => new(provider, $"{DatabaseTheoryAttribute.SqlServerConnection};Initial Catalog={name}"),
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        });
        await using var db = database.Open();
        await db.GetService<IRelationalDatabaseCreator>().CreateAsync();
        return database;
    }

    /// <summary>A context of its own; the caller disposes.</summary>
    public CampaignDbContext Open() => CampaignDatabase.Open(Choice, Seal);

    public async ValueTask DisposeAsync()
    {
        await using (var db = Open())
        {
            switch (db.Database.GetDbConnection())
            {
                case SqliteConnection sqlite:
                    SqliteConnection.ClearPool(sqlite);
                    break;
                case NpgsqlConnection postgres:
                    NpgsqlConnection.ClearPool(postgres);
                    await db.Database.EnsureDeletedAsync();
                    break;
                default:
                    await db.Database.EnsureDeletedAsync();
                    break;
            }
        }

        _folder.Dispose();
    }
}

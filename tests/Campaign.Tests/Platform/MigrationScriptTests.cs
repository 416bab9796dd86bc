using Campaign.Migrations;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Platform;

/// <summary>None of these needs a server.</summary>
public sealed class MigrationScriptTests
{
    public static TheoryData<DatabaseProvider, string> Databases => new()
    {
        { DatabaseProvider.Sqlite, "Data Source=model-only" },
        { DatabaseProvider.PostgreSql, "Host=model-only" },
        { DatabaseProvider.SqlServer, "Server=model-only" },
    };

    [Theory]
    [MemberData(nameof(Databases))]
    public void The_script_in_the_repository_is_the_one_that_the_migrations_make(DatabaseProvider provider, string connection)
    {
        var kept = File.ReadAllText(RepositoryFiles.PathOf($"database/scripts/{provider.ToString().ToLowerInvariant()}/campaign.sql"));

        Assert.Equal(kept, MigrationScript.Generate(new(provider, connection)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void The_migrations_make_the_whole_model(DatabaseProvider provider, string connection)
    {
        using var db = CampaignDatabase.Open(new(provider, connection));

        Assert.False(db.Database.HasPendingModelChanges(), "Run database/new-migration.");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Text_that_is_a_key_or_an_index_has_a_length(DatabaseProvider provider, string connection)
    {
        using var db = CampaignDatabase.Open(new(provider, connection));
        var columns = db.Model.GetEntityTypes()
            .SelectMany(type => type.GetKeys().SelectMany(key => key.Properties).Concat(type.GetIndexes().SelectMany(index => index.Properties)))
            .Where(property => property.ClrType == typeof(string));

        Assert.All(columns, property => Assert.NotNull(property.GetMaxLength()));
    }

    [DatabaseTheory]
    public async Task The_script_makes_a_database_that_needs_no_migration(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = database.Open();

        // A script's batches end at GO on SQL Server; the others take it whole.
        foreach (var batch in MigrationScript.Generate(database.Choice).Split("\nGO\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = batch;
            await db.Database.OpenConnectionAsync();
            await command.ExecuteNonQueryAsync();
        }

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(Roles.All.Count, await db.Roles.CountAsync());
    }
}

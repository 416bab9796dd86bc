using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Campaign.Migrations;

/// <summary>The SQL that brings a database up to date, for the bank's own administrators to read and run.</summary>
public static class MigrationScript
{
    /// <summary>
    /// All migrations in one script, with LF line ends. For PostgreSQL and SQL Server it skips what the database already has; SQLite can't
    /// express that, so its script is for an empty file.
    /// </summary>
    public static string Generate(DatabaseChoice choice)
    {
        using var db = CampaignDatabase.Open(choice);
        var options = choice.Provider == DatabaseProvider.Sqlite ? MigrationsSqlGenerationOptions.Script : MigrationsSqlGenerationOptions.Script | MigrationsSqlGenerationOptions.Idempotent;
        return db.GetService<IMigrator>().GenerateScript(options: options).ReplaceLineEndings("\n").TrimStart('\uFEFF');
    }
}

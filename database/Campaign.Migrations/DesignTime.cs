using Campaign.Migrations.PostgreSql;
using Campaign.Migrations.Sqlite;
using Campaign.Migrations.SqlServer;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore.Design;

namespace Campaign.Migrations;

// The migration tool opens the contexts through these; it reads the model only and never connects.

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCampaignDbContext>
{
    public SqliteCampaignDbContext CreateDbContext(string[] args) =>
        (SqliteCampaignDbContext)CampaignDatabase.Open(new(DatabaseProvider.Sqlite, "Data Source=model-only"));
}

internal sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlCampaignDbContext>
{
    public PostgreSqlCampaignDbContext CreateDbContext(string[] args) =>
        (PostgreSqlCampaignDbContext)CampaignDatabase.Open(new(DatabaseProvider.PostgreSql, "Host=model-only"));
}

internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerCampaignDbContext>
{
    public SqlServerCampaignDbContext CreateDbContext(string[] args) =>
        (SqlServerCampaignDbContext)CampaignDatabase.Open(new(DatabaseProvider.SqlServer, "Server=model-only"));
}

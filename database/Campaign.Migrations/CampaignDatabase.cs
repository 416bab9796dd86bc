using Campaign.Migrations.PostgreSql;
using Campaign.Migrations.Sqlite;
using Campaign.Migrations.SqlServer;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Migrations;

/// <summary>Opens the context of the chosen database.</summary>
public static class CampaignDatabase
{
    /// <summary>Registers <see cref="CampaignDbContext"/> for the chosen database, one a scope.</summary>
    public static IServiceCollection AddCampaignDatabase(this IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        return choice.Provider switch
        {
            DatabaseProvider.Sqlite => services.AddDbContext<CampaignDbContext, SqliteCampaignDbContext>(options => Configure(options, choice)),
            DatabaseProvider.PostgreSql => services.AddDbContext<CampaignDbContext, PostgreSqlCampaignDbContext>(options => Configure(options, choice)),
            DatabaseProvider.SqlServer => services.AddDbContext<CampaignDbContext, SqlServerCampaignDbContext>(options => Configure(options, choice)),
            _ => throw new ArgumentOutOfRangeException(nameof(choice)),
        };
    }

    /// <summary>A context outside of any container, for commands and tests. The caller disposes.</summary>
    /// <param name="seal">Needed to save audit entries.</param>
    public static CampaignDbContext Open(DatabaseChoice choice, AuditSeal? seal = null) => choice.Provider switch
    {
        DatabaseProvider.Sqlite => new SqliteCampaignDbContext(Options<SqliteCampaignDbContext>(choice), seal),
        DatabaseProvider.PostgreSql => new PostgreSqlCampaignDbContext(Options<PostgreSqlCampaignDbContext>(choice), seal),
        DatabaseProvider.SqlServer => new SqlServerCampaignDbContext(Options<SqlServerCampaignDbContext>(choice), seal),
        _ => throw new ArgumentOutOfRangeException(nameof(choice)),
    };

    private static DbContextOptions<TContext> Options<TContext>(DatabaseChoice choice)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        Configure(builder, choice);
        return builder.Options;
    }

    private static void Configure(DbContextOptionsBuilder options, DatabaseChoice choice)
    {
        var migrations = typeof(CampaignDatabase).Assembly.GetName().Name;
        _ = choice.Provider switch
        {
            DatabaseProvider.Sqlite => options.UseSqlite(choice.Connection, sqlite => sqlite.MigrationsAssembly(migrations)).AddInterceptors(new SqliteSettings()),
            DatabaseProvider.PostgreSql => options.UseNpgsql(choice.Connection, postgres => postgres.MigrationsAssembly(migrations)),
            DatabaseProvider.SqlServer => options.UseSqlServer(choice.Connection, sqlServer => sqlServer.MigrationsAssembly(migrations)),
            _ => throw new ArgumentOutOfRangeException(nameof(choice)),
        };
    }
}

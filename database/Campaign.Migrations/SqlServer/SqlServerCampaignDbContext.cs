using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Migrations.SqlServer;

/// <summary>SQL Server: text compares by code point; its usual collations would ignore the letter case.</summary>
public sealed class SqlServerCampaignDbContext(DbContextOptions<SqlServerCampaignDbContext> options, AuditSeal? seal = null)
    : CampaignDbContext(options, seal)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("Latin1_General_100_BIN2");
        configurationBuilder.Properties<Enum>().UseCollation("Latin1_General_100_BIN2");
    }
}

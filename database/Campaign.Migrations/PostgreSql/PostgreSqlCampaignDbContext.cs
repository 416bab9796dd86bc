using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Migrations.PostgreSql;

/// <summary>PostgreSQL: text compares by bytes, whatever the locale that the bank's database was made with.</summary>
public sealed class PostgreSqlCampaignDbContext(DbContextOptions<PostgreSqlCampaignDbContext> options, AuditSeal? seal = null)
    : CampaignDbContext(options, seal)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
        configurationBuilder.Properties<Enum>().UseCollation("C");
    }
}

using Campaign.Modules.Platform;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Campaign.Web.Hosting;

/// <summary>Can the database be reached?</summary>
internal sealed class DatabaseCheck(CampaignDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}

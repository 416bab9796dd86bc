using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>Sweeps once, at the start of the application, beside its work.</summary>
internal sealed class SuppressionSweep(IServiceScopeFactory scopes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SuppressionRegister>().SweepAsync(stoppingToken);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Governance;

/// <summary>The door of governance: model cards, audit reports, their printing.</summary>
public static class GovernanceModule
{
    public static IServiceCollection AddGovernance(this IServiceCollection services) => services
        .AddSingleton(_ => ChromiumPrinter.OfThisMachine())
        .AddScoped<FairnessPolicies>()
        .AddScoped<RunFairnessReader>()
        .AddScoped<ModelCardBuilder>()
        .AddScoped<AuditReportBuilder>()
        .AddScoped<RunDocuments>();
}

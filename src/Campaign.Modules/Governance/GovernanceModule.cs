using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Governance;

/// <summary>The door of governance: the model register, model cards, audit reports, their printing, runs for MLflow.</summary>
public static class GovernanceModule
{
    public static IServiceCollection AddGovernance(this IServiceCollection services) => services
        .AddSingleton(_ => ChromiumPrinter.OfThisMachine())
        .AddScoped<FairnessPolicies>()
        .AddScoped<RunFairnessReader>()
        .AddScoped<ModelRegistry>()
        .AddScoped<ModelCardBuilder>()
        .AddScoped<AuditReportBuilder>()
        .AddScoped<RunDocuments>()
        .AddScoped<MlflowExport>();
}

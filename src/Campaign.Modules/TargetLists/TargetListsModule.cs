using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Contracts;
using Campaign.Modules.TargetLists.Outcomes;
using Campaign.Modules.TargetLists.Receipts;
using Campaign.Modules.TargetLists.Suppression;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.TargetLists;

/// <summary>The door of the target lists.</summary>
public static class TargetListsModule
{
    public static IServiceCollection AddTargetLists(this IServiceCollection services) => services
        .AddScoped<TargetListCatalog>()
        .AddScoped<TargetListRegister>()
        .AddScoped<SuppressionRegister>()
        .AddScoped<SuppressionReaches>()
        .AddHostedService<SuppressionSweep>()
        .AddScoped<ContactPolicies>()
        .AddScoped<EarlierContacts>()
        .AddScoped<ListStages>()
        .AddScoped<ListExports>()
        .AddScoped<ListComparisons>()
        .AddScoped<ListReceipts>()
        .AddScoped<ListInputsReader>()
        .AddScoped<OutcomeRegister>()
        .AddScoped<ICampaignJob, BuildTargetListJob>();
}

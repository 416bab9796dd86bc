using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.TargetLists;

/// <summary>The door of the target lists.</summary>
public static class TargetListsModule
{
    public static IServiceCollection AddTargetLists(this IServiceCollection services) => services
        .AddScoped<TargetListCatalog>()
        .AddScoped<TargetListRegister>()
        .AddScoped<ListInputsReader>()
        .AddScoped<ICampaignJob, BuildTargetListJob>();
}

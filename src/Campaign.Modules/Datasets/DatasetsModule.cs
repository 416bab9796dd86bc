using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.LookAround;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Datasets;

/// <summary>The door of the Datasets module.</summary>
public static class DatasetsModule
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddScoped<DatasetCatalog>()
        .AddScoped<DatasetIntake>()
        .AddScoped<DatasetProfiles>()
        .AddHostedService<DatasetSweepAtStart>();
}

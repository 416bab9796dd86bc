using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Datasets;

/// <summary>The door of the Datasets module.</summary>
public static class DatasetsModule
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services
        .AddScoped<DatasetCatalog>()
        .AddScoped<DatasetDeletion>()
        .AddScoped<DatasetQuality>()
        .AddScoped<DatasetIntake>()
        .AddScoped<DatasetRelabelling>()
        .AddScoped<ReceivedFiles>()
        .AddScoped<UnfinishedFiles>()
        .AddScoped<DatasetColumns>()
        .AddScoped<DatasetProfiles>()
        .AddScoped<ICampaignJob, CheckFileJob>()
        .AddScoped<ICampaignJob, ProfileDatasetJob>()
        .AddHostedService<DatasetSweepAtStart>();
}

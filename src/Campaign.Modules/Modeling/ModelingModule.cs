using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Modeling;

/// <summary>The door of the modelling module.</summary>
public static class ModelingModule
{
    public static IServiceCollection AddModeling(this IServiceCollection services) => services
        .AddMemoryCache()
        .AddScoped<ModelRunCatalog>()
        .AddScoped<ModelRuns>()
        .AddScoped<RunNotes>()
        .AddScoped<ScoredRowsReader>()
        .AddScoped<ThresholdChoice>()
        .AddScoped<MoneyChoice>()
        .AddScoped<WhatIf>()
        .AddScoped<ICampaignJob, TrainModelJob>();
}

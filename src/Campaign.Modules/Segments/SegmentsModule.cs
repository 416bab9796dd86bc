using Campaign.Modules.Segments.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Campaign.Modules.Segments;

/// <summary>The door of the segments.</summary>
public static class SegmentsModule
{
    public static IServiceCollection AddSegments(this IServiceCollection services) => services
        .AddSingleton<KeptCustomers>()
        .AddScoped<SegmentCatalog>()
        .AddScoped<SegmentRegister>()
        .AddScoped<RunSegments>();
}

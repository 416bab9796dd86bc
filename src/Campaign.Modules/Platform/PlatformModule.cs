using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Campaign.Modules.Platform;

/// <summary>The door of the platform: files, audit trail, jobs. The database itself is registered by the host.</summary>
public static class PlatformModule
{
    private const int JobThreads = 2;

    public static IServiceCollection AddPlatform(this IServiceCollection services, FileStore files, DatabaseChoice database, InstallationMode mode)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(files);
        services.AddSingleton(mode);
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditTrail>();
        services.AddScoped<AuditVerifier>();
        services.AddScoped<AuditQuery>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRunner>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "campaign";
                scheduler.GenerateInstanceId = database.IsShared;

                // How soon a free process sees a job that another one queued.
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(2);
            });
            quartz.UseDefaultThreadPool(JobThreads);
            quartz.UsePersistentStore(store => UseDatabase(store, database));
        });
        return services;
    }

    /// <summary>Runs queued jobs in this process.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services) => services
        .AddQuartzHostedService(options => options.WaitForJobsToComplete = true)
        .AddHostedService<JobRecovery>();

    /// <summary>Follow and cancel jobs.</summary>
    public static void MapPlatform(this IEndpointRouteBuilder endpoints) => endpoints.MapJobs();

    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseChoice database)
    {
        store.ProvisionSchema();
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                store.UseSqlite(database.Connection);
                return;
            case DatabaseProvider.PostgreSql:
                store.UsePostgres(database.Connection);
                break;
            default:
                store.UseSqlServer(database.Connection);
                break;
        }

        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = TimeSpan.FromSeconds(5);
            cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
        });
    }
}

using Campaign.Migrations;
using Campaign.Modules.Datasets;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments;
using Campaign.Modules.TargetLists;

namespace Campaign.Web.Hosting;

/// <summary>The modules, one line each: the same for the web pages and for the command line.</summary>
internal static class CampaignServices
{
    public static IServiceCollection AddCampaign(this IServiceCollection services, CampaignOptions options, FileStore files)
    {
        var database = options.Database ?? DatabaseChoice.EmbeddedIn(files);
        services.AddSingleton(options.Clock);
        services.AddCampaignDatabase(database);
        services.AddPlatform(files, database, ModeOf(options));

        services.AddSingleton(new SigningKey(options.KeysFolder ?? files.KeysFolder));
        services.AddSingleton(new WorkThreads(options.ThreadCount));
        services.AddDatasets();
        services.AddModeling();
        services.AddSegments();
        services.AddTargetLists();
        services.AddGovernance();
        services.AddSingleton<StartUp>();
        return services;
    }

    public static InstallationMode ModeOf(CampaignOptions options) => new(IsSingleUser: !options.IsServer);

    /// <summary>
    /// What is logged, and where: to the error stream, without the messages that may quote a value, a query or a connection.
    /// </summary>
    public static void AddCampaignLog(this ILoggingBuilder logging, LogLevel own)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Campaign", own);

        // Their errors are told by FaultLog, by JobRunner and by whoever starts the host, without the messages.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // The keys folder is open to its owner alone; that the keys in it are not encrypted again is no news at each start.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}

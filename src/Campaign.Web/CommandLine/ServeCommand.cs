using System.CommandLine;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Web.Hosting;

namespace Campaign.Web.CommandLine;

/// <summary>The program without a command: the web app.</summary>
public static class ServeCommand
{
    public static RootCommand Create()
    {
        var data = DataOption();
        var server = new Option<bool>("--server") { Description = "Ask for sign-in; needed for any address that other machines reach." };
        var urls = new Option<string>("--urls") { DefaultValueFactory = _ => "http://127.0.0.1:5080", Description = "Addresses to listen on, separated by semicolons." };
        var (database, connection) = DatabaseOptions();
        var root = new RootCommand("Campaign finds the hidden affluents among a bank's customers and turns them into a campaign. Without a command it starts the web app.")
        {
            data, server, urls, database, connection,
        };
        root.SetAction(async (parsed, cancellation) =>
        {
            var options = new CampaignOptions
            {
                DataFolder = parsed.GetValue(data)!,
                Database = Database(parsed.GetValue(database)!, parsed.GetValue(connection)),
                IsServer = parsed.GetValue(server),
                Urls = parsed.GetValue(urls)!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            };
            await using var app = CampaignHost.Build(options);
            await StartAsync(app, cancellation);
            Console.WriteLine($"Campaign is ready. Open {await CampaignHost.OpeningAddressAsync(app)}");
            Console.WriteLine("Stop it with Ctrl+C.");
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return root;
    }

    /// <summary>The data folder where nobody names one.</summary>
    public static string DefaultDataFolder =>
        Environment.GetEnvironmentVariable("CAMPAIGN_DATA") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".campaign");

    public static Option<string> DataOption() => new("--data")
    {
        DefaultValueFactory = _ => DefaultDataFolder,
        Description = "The folder for everything that Campaign keeps.",
    };

    public static (Option<string> Database, Option<string?> Connection) DatabaseOptions() => (
        new Option<string>("--database") { DefaultValueFactory = _ => "sqlite", Description = "sqlite (in the data folder), postgres or sqlserver." },
        new Option<string?>("--connection") { Description = "The connection string of a server's database." });

    /// <returns>Null for the embedded database.</returns>
    /// <exception cref="RefusedException">No such database, or its connection is missing.</exception>
    public static DatabaseChoice? Database(string name, string? connection)
    {
        var provider = name switch
        {
            "sqlite" => DatabaseProvider.Sqlite,
            "postgres" => DatabaseProvider.PostgreSql,
            "sqlserver" => DatabaseProvider.SqlServer,
            _ => throw new RefusedException($"There is no database '{name}': use sqlite, postgres or sqlserver with --database."),
        };
        if (provider == DatabaseProvider.Sqlite)
        {
            return connection is null
                ? null
                : throw new RefusedException("The embedded database lies in the data folder and takes no --connection: leave it out, or name --database postgres or sqlserver.");
        }

        return new DatabaseChoice(provider, connection ?? throw new RefusedException($"--database {name} needs the server's connection string in --connection."));
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException inUse) when (inUse.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new RefusedException("The address is in use by another program: stop it, or name another one with --urls, for example http://127.0.0.1:5081.");
        }
    }
}

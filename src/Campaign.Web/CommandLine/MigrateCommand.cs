using System.CommandLine;
using Campaign.Migrations;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Web.CommandLine;

/// <summary><c>campaign migrate</c>: brings the database up to date, or prints the SQL for the bank's own administrators.</summary>
public static class MigrateCommand
{
    public static Command Create()
    {
        var data = ServeCommand.DataOption();
        var (database, connection) = ServeCommand.DatabaseOptions();
        var script = new Option<bool>("--script") { Description = "Print the SQL instead of running it; needs no server." };
        var command = new Command("migrate", "Brings the database up to date, or prints the SQL for the bank's own administrators.") { data, database, connection, script };
        command.SetAction(async (parsed, cancellation) =>
        {
            var isEmbedded = parsed.GetValue(database) == "sqlite";
            if (parsed.GetValue(script))
            {
                // The SQL depends on the kind of database alone, so no connection is asked for.
                var kind = ServeCommand.Database(parsed.GetValue(database)!, isEmbedded ? null : "") ?? new DatabaseChoice(DatabaseProvider.Sqlite, "");
                Console.Out.Write(MigrationScript.Generate(kind));
                return 0;
            }

            var choice = ServeCommand.Database(parsed.GetValue(database)!, parsed.GetValue(connection))
                ?? DatabaseChoice.EmbeddedIn(new FileStore(parsed.GetValue(data)!));
            await using var db = CampaignDatabase.Open(choice);
            await db.Database.MigrateAsync(cancellation);
            Console.WriteLine("The database is up to date.");
            return 0;
        });
        return command;
    }
}

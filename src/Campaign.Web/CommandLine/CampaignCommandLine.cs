using System.CommandLine;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Platform;

namespace Campaign.Web.CommandLine;

/// <summary>
/// The one start of the program: without a command it serves the web app; each command walks the same modules as the pages. Exit codes: 0
/// done; 1 a fault of ours; 2 the input or the command is refused; 3 the recall promise can't be made; 4 (verify) not ours, or changed.
/// </summary>
public static class CampaignCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        // Registered once for all: reading Excel files and Windows-1252 text needs the code pages.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var root = ServeCommand.Create();
        root.Subcommands.Add(SampleCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(ScoreCommand.Create());
        root.Subcommands.Add(DocumentsCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(MigrateCommand.Create());

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(TerminalText.Escape(parsed.Errors[0].Message + " See 'campaign --help'."));
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (RefusedException refused)
        {
            await Console.Error.WriteLineAsync(TerminalText.Escape(refused.Message));
            return refused.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was written.");
            return 1;
        }
        catch (Exception fault) when (DiskSpace.IsFull(fault))
        {
            var refused = DiskSpace.Refusal();
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The text of a fault can carry a customer's value, so it goes nowhere unless it is asked for.
            var detail = Environment.GetEnvironmentVariable("CAMPAIGN_SHOW_FAULTS") == "1" ? Environment.NewLine + fault : "";
            await Console.Error.WriteLineAsync(
                $"Something went wrong on our side ({fault.GetType().Name}); nothing was written. Set CAMPAIGN_SHOW_FAULTS=1 and try again to see the technical detail.{detail}");
            return 1;
        }
    }
}

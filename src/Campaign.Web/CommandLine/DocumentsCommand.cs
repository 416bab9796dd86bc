using System.CommandLine;
using Campaign.Modules.Governance;

namespace Campaign.Web.CommandLine;

/// <summary><c>campaign documents</c>: makes the PDFs of a run that was done where no browser was found.</summary>
public static class DocumentsCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "The folder that 'campaign run' wrote." };
        var command = new Command("documents", "Makes the PDFs of a run that was done where no browser was found.") { folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            await RunDocuments.PrintRecordedAsync(parsed.GetValue(folder)!, ChromiumPrinter.OfThisMachine(), cancellation);
            await Console.Error.WriteLineAsync("The documents are made.");
            return 0;
        });
        return command;
    }
}

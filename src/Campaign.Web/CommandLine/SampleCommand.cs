using System.CommandLine;
using Campaign.Learning;
using Campaign.Modules.Datasets;

namespace Campaign.Web.CommandLine;

/// <summary><c>campaign sample</c>: a synthetic customer file whose hidden affluents are known.</summary>
public static class SampleCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Required = true, Description = "The customer file to write; - for standard output." };
        var truth = new Option<string?>("--truth") { Description = "A file that tells each row's true segment." };
        var rows = new Option<int>("--rows") { DefaultValueFactory = _ => SampleBank.DefaultRowCount, Description = "Rows to write." };
        var hidden = new Option<double>("--hidden") { DefaultValueFactory = _ => SampleBank.DefaultHiddenShare, Description = "Share of the truly affluent that is recorded normal, 0 to below 1." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Same seed, same file." };
        var command = new Command("sample", "Writes a synthetic customer file whose hidden affluents are known.") { output, truth, rows, hidden, seed };
        command.SetAction(parsed =>
        {
            var bank = new SampleBank(parsed.GetValue(rows), parsed.GetValue(hidden), parsed.GetValue(seed));
            Write(parsed.GetValue(output)!, parsed.GetValue(truth), bank);
            return 0;
        });
        return command;
    }

    private static void Write(string output, string? truth, SampleBank bank)
    {
        using var truthFile = truth is null ? null : new OutputFile(truth);
        if (output == "-")
        {
            using var standardOutput = Console.OpenStandardOutput();
            bank.Write(standardOutput, truthFile?.Stream);
        }
        else
        {
            using var file = new OutputFile(output);
            bank.Write(file.Stream, truthFile?.Stream);
            file.Commit();
        }

        truthFile?.Commit();
    }
}

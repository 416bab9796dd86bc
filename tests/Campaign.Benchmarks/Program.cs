using System.Globalization;
using System.Text.Json;
using Campaign.Web.CommandLine;

namespace Campaign.Benchmarks;

/// <summary>
/// How the main job's cost grows: for each row count a sample bank is written and <c>campaign run --quick --budget 5000</c> is done on it, in
/// this process; prints one table row a stage group. Arguments: row counts, smallest first (memory is the process's peak so far).
/// </summary>
public static class Program
{
    private static readonly int[] DefaultRowCounts = [10_000, 100_000];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["reading", ..])
        {
            await ReadingCase.RunAsync(args[1..]);
            return 0;
        }

        int[] rowCounts = args.Length == 0 ? DefaultRowCounts : [.. args.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var folder = Directory.CreateTempSubdirectory("campaign-benchmark-");
        try
        {
            Console.WriteLine("| rows | reading | training and scoring | reasons | other | all (s) | peak memory (MB) |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var rowCount in rowCounts)
            {
                await MeasureAsync(folder.FullName, rowCount);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, int rowCount)
    {
        var rows = rowCount.ToString(CultureInfo.InvariantCulture);
        var file = Path.Combine(folder, rows + ".csv");
        var output = Path.Combine(folder, "out-" + rows);
        await RunAsync("sample", "--rows", rows, "--out", file);
        await RunAsync("run", file, "--out", output, "--quick", "--budget", "5000");
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "run.json")));
        var stages = report.RootElement.GetProperty("stages").EnumerateArray()
            .ToLookup(stage => stage.GetProperty("name").GetString()!, stage => stage.GetProperty("seconds").GetDouble());
        double Seconds(string start) => stages.Where(stage => stage.Key.StartsWith(start, StringComparison.Ordinal)).Sum(stage => stage.Sum());
        double reading = Seconds("Reading the file"), training = Seconds("Training"), reasons = Seconds("Working out"), all = Seconds("");
        var peak = report.RootElement.GetProperty("peak_memory_bytes").GetInt64() / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {reading:0.0} | {training:0.0} | {reasons:0.0} | {all - reading - training - reasons:0.0} | {all:0.0} | {peak:0} |"));
    }

    private static async Task RunAsync(params string[] command)
    {
        if (await CampaignCommandLine.RunAsync(command) is not 0 and var code)
        {
            throw new InvalidOperationException($"'campaign {command[0]}' ended with {code}.");
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;

namespace Campaign.Benchmarks;

/// <summary>
/// The profile of an invented file of 35 numbers and 15 categories, one cell in twenty missing. The same cells are left as CSV for
/// <c>pandas_profile.py</c> where the variable <c>CAMPAIGN_BENCHMARK_CSV</c> names a folder.
/// </summary>
internal static class ProfileCase
{
    internal const string Header = "| rows | profile (s) | processor (s) | peak memory (MB) |\n|---|---|---|---|";

    private const int NumberCount = 35;
    private const int CategoryCount = 15;
    private const double MissingShare = 0.05;

    internal static Task MeasureAsync(string folder, int rowCount)
    {
        var tableFolder = Path.Combine(folder, "profile-" + rowCount.ToString(CultureInfo.InvariantCulture));
        var affluent = Write(tableFolder, rowCount);
        using var table = ColumnTable.Open(tableFolder);
        var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var profile = ProfileBuilder.Build(table, affluent, [.. table.Columns.Select(column => column.Name)], Environment.ProcessorCount);
        watch.Stop();
        process.Refresh();
        if (profile.Principal is null || profile.SelfOrganising is null)
        {
            throw new InvalidOperationException("The profile has no map.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {watch.Elapsed.TotalSeconds:0.00} | {(process.TotalProcessorTime - processor).TotalSeconds:0.00} | {process.PeakWorkingSet64 / 1e6:0} |"));
        return Task.CompletedTask;
    }

    internal static bool[] Write(string folder, int rowCount)
    {
        var names = Enumerable.Range(0, NumberCount).Select(i => $"number {i}").Concat(Enumerable.Range(0, CategoryCount).Select(i => $"category {i}"));
        using var csv = Environment.GetEnvironmentVariable("CAMPAIGN_BENCHMARK_CSV") is { } csvFolder
            ? new StreamWriter(Path.Combine(csvFolder, $"profile-{rowCount.ToString(CultureInfo.InvariantCulture)}.csv"))
            : null;
        csv?.WriteLine(string.Join(',', names.Append("affluent")));
        using var writer = new ColumnTableWriter(
            folder, [.. names.Select((name, i) => new ColumnPlan(name, i < NumberCount ? ColumnKind.Number : ColumnKind.Category))]);
        var affluent = new bool[rowCount];
        var random = SeededRandom.For(1, rowCount);
        for (var row = 0; row < rowCount; row++)
        {
            affluent[row] = random.NextShare() < 0.1;
            var wealth = Normal(ref random) + (affluent[row] ? 1 : 0);
            for (var i = 0; i < NumberCount + CategoryCount; i++)
            {
                var text = "";
                if (random.NextShare() < MissingShare)
                {
                    writer.AddMissing(i);
                }
                else if (i < NumberCount)
                {
                    var value = Number(i, wealth, ref random);
                    writer.AddNumber(i, value);
                    text = csv is null ? "" : value.ToString("R", CultureInfo.InvariantCulture);
                }
                else
                {
                    text = Category(i - NumberCount, wealth, ref random);
                    writer.AddText(i, Encoding.UTF8.GetBytes(text));
                }

                csv?.Write(text);
                csv?.Write(',');
            }

            csv?.WriteLine(affluent[row] ? "1" : "0");
            writer.EndRow();
        }

        writer.Complete();
        return affluent;
    }

    /// <summary>In turn amounts of money, counts, ages, shares and plain normals, some with the wealth.</summary>
    private static float Number(int column, double wealth, ref SeededRandom random)
    {
        var value = (column % 7 / 7.0 * wealth) + Normal(ref random);
        return (column % 5) switch
        {
            0 => (float)Math.Round(Math.Exp(7 + (1.5 * value)), 2),
            1 => (float)Math.Max(0, Math.Round(value * 2)),
            2 => (float)Math.Clamp(Math.Round(45 + (15 * value)), 18, 99),
            3 => (float)random.NextShare(),
            _ => (float)value,
        };
    }

    private static string Category(int column, double wealth, ref SeededRandom random)
    {
        var count = 3 + (column * 5);
        var share = 1 / (1 + Math.Exp(-(column % 3 * wealth) - Normal(ref random)));
        return string.Create(CultureInfo.InvariantCulture, $"value {(int)(share * share * count)}");
    }

    private static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(random.NextShare())) * Math.Cos(2 * Math.PI * random.NextShare());
}

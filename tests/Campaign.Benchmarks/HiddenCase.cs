using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;

namespace Campaign.Benchmarks;

/// <summary>
/// How often the range of <see cref="HiddenEstimate"/> holds the true number of hidden affluents. Arguments: a labelled file, its truth file
/// or '-', rows a repeat, repeats, then cells: scar20 (each affluent hidden with the same chance, 20 %), sar40 (the less obvious more
/// likely) or recorded (as the file records them; needs a truth file). Low, mid and high are means of the number over the true one.
/// </summary>
internal static class HiddenCase
{
    private const string Header = "| file | cell | rows | repeats | known | hidden | low | mid | high | range held (95 %) | low was true | high was true |\n|---|---|---|---|---|---|---|---|---|---|---|---|";

    internal static void Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("campaign-hidden-");
        try
        {
            using var file = LabelledFile.Read(args[0], args[1] == "-" ? null : args[1], Path.Combine(folder.FullName, "all"));
            int rowCount = int.Parse(args[2], CultureInfo.InvariantCulture), repeatCount = int.Parse(args[3], CultureInfo.InvariantCulture);
            var name = Path.GetFileNameWithoutExtension(args[0]);
            Console.WriteLine(Header);
            foreach (var cell in args[4..])
            {
                Repeat[] repeats = [.. Enumerable.Range(1, repeatCount)
                    .Select(repeat => Measure(file, rowCount, cell, repeat, Path.Combine(folder.FullName, "part"), $"{name}-{rowCount}-{cell}-{repeat}.csv"))];
                Print(name, cell, rowCount, repeats);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Repeat Measure(LabelledFile file, int rowCount, string cell, int repeat, string folder, string csvName)
    {
        var random = SeededRandom.For(repeat, 77);
        int[] rows = [.. Enumerable.Range(0, file.Truth.Length)];
        random.Shuffle<int>(rows);
        rows = [.. rows.Take(rowCount)];
        bool[] affluent;
        if (cell == "recorded")
        {
            affluent = [.. rows.Select(row => file.Recorded[row])];
        }
        else
        {
            var share = int.Parse(cell.AsSpan().TrimStart("scar"), CultureInfo.InvariantCulture) / 100.0;
            var hidden = file.Hide(rows, share, lessObvious: cell.StartsWith("sar", StringComparison.Ordinal), ref random);
            affluent = [.. rows.Select(row => file.Truth[row] && !hidden.Contains(row))];
        }

        var scores = file.Score(rows, affluent, repeat, folder);
        if (Environment.GetEnvironmentVariable("CAMPAIGN_BENCHMARK_CSV") is { } csvFolder)
        {
            File.WriteAllLines(Path.Combine(csvFolder, csvName), rows
                .Select((row, i) => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scores.Folds.OfRepeat(0)[i]},{scores.LogOdds[i]:R},{(affluent[i] ? 1 : 0)},{(file.Truth[row] ? 1 : 0)}"))
                .Prepend("fold,log_odds,recorded,truth"));
        }

        var estimate = HiddenEstimate.Of(scores.LogOdds, affluent, CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]), repeat)
            ?? throw new InvalidOperationException("Too few known affluents: take more rows.");
        return new Repeat(estimate, rows.Where((row, i) => file.Truth[row] && !affluent[i]).Count());
    }

    private static void Print(string name, string cell, int rowCount, Repeat[] repeats)
    {
        var low = repeats.Count(repeat => repeat.Estimate.Low <= repeat.Hidden);
        var high = repeats.Count(repeat => repeat.Estimate.High >= repeat.Hidden);
        var held = new Rate(repeats.Count(repeat => repeat.Estimate.Low <= repeat.Hidden && repeat.Hidden <= repeat.Estimate.High), repeats.Length);
        var interval = WilsonInterval.Of(held);
        double Mean(Func<Repeat, double> number) => repeats.Average(number);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {cell} | {rowCount:N0} | {repeats.Length} | {Mean(one => one.Estimate.KnownAffluent):N0} | {Mean(one => one.Hidden):N0} | {Mean(one => one.Estimate.Low / one.Hidden):0.00} | {Mean(one => one.Estimate.Mid / one.Hidden):0.00} | {Mean(one => one.Estimate.High / one.Hidden):0.00} | {held.Count} of {held.OutOf} ({interval.Low:P0} to {interval.High:P0}) | {low} | {high} |"));
    }

    private sealed record Repeat(HiddenEstimate Estimate, int Hidden);
}

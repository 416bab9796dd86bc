using System.Diagnostics;
using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;
using Campaign.Learning.Thresholds;

namespace Campaign.Benchmarks;

/// <summary>
/// The segment builder's live count on an invented file of 20 numbers and 10 categories, a tenth of the rows known and a tenth hidden
/// affluents: the columns opened, a rule of five conditions asked, customers counted by group. Median and slowest of 50, each rule another.
/// Beside it, once each, what the run's page waits for: the customers' groups, the search, the comparison.
/// </summary>
internal static class SegmentsCase
{
    internal const string Header =
        "| rows | live count, median (ms) | slowest (ms) | mean CPU (ms) | groups (ms) | search (s) | comparison (s) |\n|---|---|---|---|---|---|---|";

    private const int NumberCount = 20;
    private const int CategoryCount = 10;
    private const int CountCount = 50;

    internal static Task MeasureAsync(string folder, int rowCount)
    {
        var columns = Path.Combine(folder, rowCount.ToString(CultureInfo.InvariantCulture));
        Write(columns, rowCount);
        var random = SeededRandom.For(9, rowCount);
        var (scores, affluent) = (new double[rowCount], new bool[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            affluent[row] = random.NextShare() < 0.1;
            scores[row] = random.NextShare() < 0.1 ? 0.9 : 0.1;
        }

        var rows = CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]);
        var watch = Stopwatch.StartNew();
        var customers = SegmentCustomers.Of(scores, affluent, rows, new OperatingThreshold(0.5));
        var groups = watch.Elapsed.TotalMilliseconds;

        Ask(columns, customers, 0);
        var times = new double[CountCount];
        var before = Environment.CpuUsage.TotalTime;
        for (var question = 0; question < CountCount; question++)
        {
            watch.Restart();
            Ask(columns, customers, question);
            times[question] = watch.Elapsed.TotalMilliseconds;
        }

        var processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / CountCount;
        Array.Sort(times);
        using var table = ColumnTable.Open(columns);
        string[] names = [.. table.Columns.Select(column => column.Name)];
        watch.Restart();
        SegmentSearch.Find(table, customers, names, Environment.ProcessorCount);
        var search = watch.Elapsed.TotalSeconds;
        watch.Restart();
        ColumnByGroup.ForAll(table, customers, names, Environment.ProcessorCount);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {times[CountCount / 2]:0.0} | {times[^1]:0.0} | {processor:0.0} | {groups:0} | {search:0.00} | {watch.Elapsed.TotalSeconds:0.00} |"));
        return Task.CompletedTask;
    }

    private static SegmentCount Ask(string columns, SegmentCustomers customers, int question)
    {
        using var table = ColumnTable.Open(columns);
        var rule = new SegmentRule(
        [
            new NumberCondition($"n{question % NumberCount}", 100 + question, FromCounts: true, 900, ToCounts: false),
            new NumberCondition($"n{(question + 1) % NumberCount}", null, FromCounts: true, 800, ToCounts: true),
            new CategoryCondition($"c{question % CategoryCount}", ["value 1", "value 3", "value 7"]),
            new CategoryCondition($"c{(question + 1) % CategoryCount}", ["value 2"], Excluded: true),
            new PresenceCondition($"n{(question + 2) % NumberCount}", IsMissing: false),
        ]);
        return customers.CountMatching(rule, table);
    }

    private static void Write(string folder, int rowCount)
    {
        var random = SeededRandom.For(8, rowCount);
        byte[][] values = [.. Enumerable.Range(0, 12).Select(value => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"value {value}")))];
        using var writer = new ColumnTableWriter(
            folder,
            [
                .. Enumerable.Range(0, NumberCount).Select(i => new ColumnPlan($"n{i}", ColumnKind.Number)),
                .. Enumerable.Range(0, CategoryCount).Select(i => new ColumnPlan($"c{i}", ColumnKind.Category)),
            ]);
        for (var row = 0; row < rowCount; row++)
        {
            for (var i = 0; i < NumberCount; i++)
            {
                writer.AddNumber(i, random.NextShare() < 0.05 ? float.NaN : random.Next(100_000) / 100f);
            }

            for (var i = 0; i < CategoryCount; i++)
            {
                writer.AddText(NumberCount + i, values[random.Next(values.Length)]);
            }

            writer.EndRow();
        }

        writer.Complete();
    }
}

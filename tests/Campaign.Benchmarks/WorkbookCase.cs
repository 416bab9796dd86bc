using System.Diagnostics;
using System.Globalization;
using Campaign.Learning;
using Campaign.Modules.TargetLists;

namespace Campaign.Benchmarks;

/// <summary>
/// How long the workbook of a finished list takes to write to disk: invented customers, 20 columns on the Target list sheet, of them five
/// reasons with numbers of their own. The Target list sheet alone, the whole internal workbook (with the outcome form of 12 columns, and
/// half as many customers excluded), and the list as CSV. Private memory is the peak above that with the customers in it, sampled every 5 ms.
/// </summary>
internal static class WorkbookCase
{
    internal const string Header =
        "| customers | list sheet (s) | CPU (s) | memory (MB) | file (MB) | whole workbook (s) | CPU (s) | memory (MB) | file (MB) | CSV (s) |\n|---|---|---|---|---|---|---|---|---|---|";

    private const int ColumnCount = 20;

    internal static Task MeasureAsync(string folder, int rowCount)
    {
        var listed = Customers(rowCount);
        ExcludedCustomer[] excluded = [.. listed.Take(rowCount / 2).Select(customer => new ExcludedCustomer(customer.CustomerId, customer.Row, ExclusionCause.BeyondBudget))];
        var selection = new TargetListSelection(
            listed, listed[..(rowCount / 10)], excluded,
            new ListCounts([new("uploaded rows", "rows", 2 * rowCount), new("to contact", "customers", rowCount)], rowCount, rowCount / 10, rowCount / 2));
        var columns = TargetListColumns.TargetList(selection, Facts, Values, internalCopy: true);
        if (columns.Count != ColumnCount)
        {
            throw new InvalidOperationException($"{columns.Count} columns, not {ColumnCount}.");
        }

        var sheet = Measured(Path.Combine(folder, "sheet.xlsx"), file =>
        {
            using var writer = new XlsxWriter(file);
            writer.WriteSheet(
                new XlsxSheet("Target list", [.. columns.Select(column => column.ToXlsx())]),
                listed,
                (customer, cells) =>
                {
                    var row = new ListedRow(customer, Reasons(customer));
                    for (var column = 0; column < cells.Length; column++)
                    {
                        cells[column] = columns[column].Cell(row);
                    }
                });
            writer.Finish("Benchmark", DateTime.UnixEpoch);
        });
        var whole = Measured(Path.Combine(folder, "workbook.xlsx"), file => TargetListWorkbook.Write(file, selection, Facts, Values, Reasons, internalCopy: true));
        var csv = Measured(Path.Combine(folder, "list.csv"), file => TargetListCsv.Write(file, selection, Facts, Values, Reasons));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rowCount:N0} | {sheet.Seconds:0.00} | {sheet.Cpu:0.00} | {sheet.Megabytes:0} | {sheet.FileMegabytes:0.0} | {whole.Seconds:0.00} | {whole.Cpu:0.00} | {whole.Megabytes:0} | {whole.FileMegabytes:0.0} | {csv.Seconds:0.00} |"));
        return Task.CompletedTask;
    }

    private static readonly string[] Names = ["A. Invented", "B. Invented", "C. Invented", "D. Invented", "E. Invented", "F. Invented", "G. Invented"];

    private static readonly ListFacts Facts = new(
        "TL-1A2B3C4D", "Benchmark", "Benchmark", "Marketing", null, new DateTime(2026, 3, 2), new DateTime(2026, 3, 16), "Run", "7f3a", 0.5, "set by hand",
        "customers.csv", new DateTime(2026, 3, 1), new string('a', 64), new ListDefinition(), null);

    private static readonly ListValues Values = new()
    {
        Shown =
        [
            new(ListField.RelationshipManager, "RM", row => XlsxValue.OfText(Names[row % Names.Length])),
            new(ListField.Branch, "BRANCH", row => XlsxValue.OfText(Names[row % 3])),
            new(ListField.LastContacted, "LAST", row => XlsxValue.OfDate(DateTime.UnixEpoch.AddDays(20_000 + (row % 300)))),
        ],
    };

    private static ListedCustomer[] Customers(int count)
    {
        var random = SeededRandom.For(3, count);
        return [.. Enumerable.Range(0, count).Select(place => new ListedCustomer(
            string.Create(CultureInfo.InvariantCulture, $"{place * 37 % 100_000_000:00000000}"), place + 1, 1 - (0.5 * (place + random.NextShare()) / count),
            "ABCD"[Math.Min(3, 4 * place / count)], (ListConfidence)(place % 3), place + 1))];
    }

    private static ListedReasons Reasons(ListedCustomer customer)
    {
        var row = customer.Row;
        string Reason(string column, int factor) => string.Create(CultureInfo.InvariantCulture, $"{column} is high ({row * (long)factor % 9_999_991 / 100.0:N2}; typical of affluents 48,310)");
        return new(
            [Reason("Average balance of 12 months", 7919), Reason("Unit trusts", 6007), Reason("Card limit", 104_729)],
            [Reason("Loan balance", 1299), Reason("Transactions a year", 31_337)]);
    }

    private static (double Seconds, double Cpu, double Megabytes, double FileMegabytes) Measured(string path, Action<FileStream> write)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var idle = ReadingCase.PrivateBytes();
        var peak = idle;
        using var stop = new CancellationTokenSource();
        var sampling = new Thread(() =>
        {
            while (!stop.Token.WaitHandle.WaitOne(5))
            {
                peak = Math.Max(peak, ReadingCase.PrivateBytes());
            }
        });
        sampling.Start();
        var cpuBefore = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        using (var file = File.Create(path))
        {
            write(file);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpu = (process.TotalProcessorTime - cpuBefore).TotalSeconds;
        stop.Cancel();
        sampling.Join();
        return (seconds, cpu, (peak - idle) / 1e6, new FileInfo(path).Length / 1e6);
    }
}

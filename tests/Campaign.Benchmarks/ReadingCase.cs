using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Benchmarks;

/// <summary>
/// How fast a customer file is taken in: stored with its SHA-256, examined, checked and parsed into typed columns on disk, without the
/// database. Arguments: row counts, smallest first, of an invented file of 30 columns and about 200 bytes a row; or a path to a CSV.
/// Private memory is the peak above that before the first file, sampled every 5 ms.
/// </summary>
internal static class ReadingCase
{
    private static readonly string[] DefaultSources = ["10000", "100000"];

    public static async Task RunAsync(string[] sources)
    {
        var folder = Directory.CreateTempSubdirectory("campaign-reading-");
        try
        {
            Console.WriteLine("| rows | MB | seconds | MB/s | of which storing | CPU seconds | peak private memory (MB) |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var source in sources.Length == 0 ? DefaultSources : sources)
            {
                var file = source;
                if (int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var rowCount))
                {
                    file = Path.Combine(folder.FullName, $"{rowCount}.csv");
                    Write(file, rowCount);
                }

                await MeasureAsync(file, Path.Combine(folder.FullName, "out"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string path, string output)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var idle = PrivateBytes();
        var peak = idle;
        using var stop = new CancellationTokenSource();
        var sampling = Task.Factory.StartNew(
            () =>
            {
                while (!stop.Token.WaitHandle.WaitOne(5))
                {
                    peak = Math.Max(peak, PrivateBytes());
                }
            },
            TaskCreationOptions.LongRunning);
        var cpuBefore = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(output);
        var stored = Path.Combine(output, "source.csv");
        await StoreAsync(path, stored);
        var storing = watch.Elapsed.TotalSeconds;
        var file = FileExamination.Of(stored, "customers.csv", ReadingChoices.Find);
        var id = ColumnRoleGuess.FindId(file, RoleRequest.Guess);
        var label = ColumnRoleGuess.FindLabel(file, RoleRequest.Guess, id);
        var reading = DatasetReader.Read(
            stored, file, new ReadingPlan(id, label, new Dictionary<string, ColumnKind>(), new HashSet<string>()), Path.Combine(output, "columns"), CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpu = (process.TotalProcessorTime - cpuBefore).TotalSeconds;
        await stop.CancelAsync();
        await sampling;
        var megabytes = new FileInfo(path).Length / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {reading.RowCount:N0} | {megabytes:0.0} | {seconds:0.00} | {megabytes / seconds:0} | {storing:0.00} | {cpu:0.00} | {(peak - idle) / 1e6:0} |"));
        Directory.Delete(output, recursive: true);
    }

    private static async Task StoreAsync(string path, string stored)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        await using var content = File.OpenRead(path);
        await using var file = File.Create(stored, 1);
        int read;
        while ((read = await content.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read));
        }

        hash.GetHashAndReset();
    }

    /// <summary>Memory that is this process's own; the pages of mapped files are not.</summary>
    internal static long PrivateBytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PrivateMemorySize64;
        }

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>Invented customers: an id, 24 amounts and counts (some blank), four categories, the recorded class.</summary>
    private static void Write(string path, int rowCount)
    {
        string[] cities = ["Kuala Lumpur", "Singapore", "Penang", "Johor Bahru", "Ipoh", "Kuching"];
        string[] products = ["current account", "savings", "card", "mortgage"];
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        file.Write("customer_id");
        for (var column = 1; column <= 24; column++)
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $",amount_{column}"));
        }

        file.WriteLine(",city,product,channel,gender,segment");
        var random = new Random(1);
        for (var row = 1; row <= rowCount; row++)
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $"C{row:00000000}"));
            for (var column = 1; column <= 24; column++)
            {
                var amount = random.NextDouble();
                file.Write(amount < 0.1 ? "," : column % 4 == 0
                    ? string.Create(CultureInfo.InvariantCulture, $",{(int)(amount * 1000)}")
                    : string.Create(CultureInfo.InvariantCulture, $",{amount * 90_000:0.00}"));
            }

            file.WriteLine($",{cities[random.Next(6)]},{products[random.Next(4)]},{(row % 3 == 0 ? "branch" : "online")},{(row % 2 == 0 ? "F" : "M")},{(random.Next(6) == 0 ? "affluent" : "normal")}");
        }
    }
}

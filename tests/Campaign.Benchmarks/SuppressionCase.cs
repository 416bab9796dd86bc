using System.Diagnostics;
using System.Globalization;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists.Suppression;

namespace Campaign.Benchmarks;

/// <summary>
/// A do-not-contact list of so many invented ids of ten digits: read from its CSV and saved, loaded with its hash checked, asked about a million
/// customers of whom half are on it; what the ids take in memory, and what a set of texts would. Medians of five.
/// </summary>
internal static class SuppressionCase
{
    internal const string Header =
        "| ids | read and saved (ms) | loaded (ms) | 1,000,000 customers asked (ms) | memory (MB) | set of texts: memory (MB) | asked (ms) |\n|---|---|---|---|---|---|---|";

    private const int CustomerCount = 1_000_000;
    private const int Repeats = 5;

    internal static Task MeasureAsync(string folder, int idCount)
    {
        var path = Path.Combine(folder, $"ids-{idCount}.csv");
        File.WriteAllLines(path, Enumerable.Range(0, idCount).Select(Id).Prepend("customer_id"));
        var saved = Path.Combine(folder, $"ids-{idCount}.txt");
        var hash = "";
        var read = Median(() =>
        {
            File.Delete(saved);
            var file = IdFile.Examine(path, "ids.csv", []);
            var ids = new IdSet();
            file.Read(file.Column!, id => ids.Add(id));
            hash = ids.Save(saved);
        });
        var load = Median(() => IdSet.Load(saved, hash));

        var customers = Enumerable.Range(0, CustomerCount).Select(customer => Id(customer % 2 == 0 ? customer % idCount : idCount + customer)).ToArray();
        var (set, memory) = Kept(() => IdSet.Load(saved, hash));
        var (texts, textMemory) = Kept(() => File.ReadLines(saved).ToHashSet(StringComparer.Ordinal));
        var asked = Median(() => Count(customers, set.Contains));
        var textsAsked = Median(() => Count(customers, texts.Contains));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {idCount:N0} | {read:0} | {load:0} | {asked:0} | {memory:0.0} | {textMemory:0.0} | {textsAsked:0} |"));
        GC.KeepAlive(set);
        GC.KeepAlive(texts);
        return Task.CompletedTask;
    }

    private static string Id(int number) => (1_000_000_000L + (number * 7919L)).ToString("0000000000", CultureInfo.InvariantCulture);

    private static void Count(string[] customers, Func<string, bool> isOn)
    {
        if (customers.Count(isOn) != CustomerCount / 2)
        {
            throw new InvalidOperationException("Half of the customers are on the list.");
        }
    }

    /// <summary>What it makes, and the megabytes that stay taken.</summary>
    private static (T Made, double Megabytes) Kept<T>(Func<T> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var made = make();
        return (made, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6);
    }

    /// <summary>In milliseconds; a first try, which pays for compiling, is left out.</summary>
    private static double Median(Action act)
    {
        act();
        var times = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var watch = Stopwatch.StartNew();
            act();
            times[repeat] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Repeats / 2];
    }
}

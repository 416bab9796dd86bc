using System.Globalization;
using Campaign.Learning.Metrics;

namespace Campaign.Modules.Platform;

/// <summary>Numbers and times as the pages write them: the same on every machine, whatever its language.</summary>
public static class InWords
{
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: '1 row', '2 rows'.</summary>
    public static string Count(long count, string noun, string? plural = null) => $"{Count(count)} {(count == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>A share of 0 to 1 as a percentage with one decimal; a dash where it is undefined (NaN). Nothing short of all is '100.0 %'.</summary>
    public static string Percent(double share) => share switch
    {
        double.NaN => "–",
        < 1 => Math.Min(100 * share, 99.9).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        _ => "100.0 %",
    };

    /// <summary>A share as a percentage with as few decimals as it needs: 0.9 is '90 %'.</summary>
    public static string ShortPercent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number with three decimals; a dash where it is undefined (NaN).</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>'95 % interval 0.812 to 0.845'; says so where it is undefined (NaN).</summary>
    /// <param name="words">Writes either end.</param>
    public static string Interval(double low, double high, Func<double, string> words) =>
        double.IsNaN(low) || double.IsNaN(high) ? "no 95 % interval" : $"95 % interval {words(low)} to {words(high)}";

    /// <summary>A rate with Wilson's 95 % interval: '91.2 % (89.9 to 92.4)'; a dash where it is undefined.</summary>
    public static string WithInterval(Rate rate)
    {
        var interval = WilsonInterval.Of(rate);
        return rate.IsDefined
            ? string.Create(CultureInfo.InvariantCulture, $"{Percent(rate.Share)} ({100 * interval.Low:0.0} to {100 * interval.High:0.0})")
            : Percent(rate.Share);
    }

    /// <summary>A score of 0 to 1 with four decimals, as on the threshold page.</summary>
    public static string Score(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>For example '22 Nov 2026, 13:26 UTC'.</summary>
    public static string When(DateTime utc) => utc.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For example '22 Nov 2026'.</summary>
    public static string Day(DateTime utc) => utc.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => Count(Math.Max(1, bytes / 1000)) + " kB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
    };

    public static string Duration(double seconds)
    {
        if (seconds < 59.5)
        {
            return seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";
        }

        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalMinutes} min {whole.Seconds} s");
    }

    /// <summary>The first twelve digits of a fingerprint or hash, enough to recognise it by.</summary>
    public static string ShortHash(string hash) => hash.Length <= 12 ? hash : hash[..12];
}

using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>A column's values as a reader writes them; dates are days since 1970-01-01.</summary>
internal static class ValueText
{
    private const string Undefined = "–";

    /// <summary>'41,000', '3.25', '3 May 2011'; a dash where undefined (NaN).</summary>
    public static string Of(ColumnKind kind, double value) => !double.IsFinite(value) ? Undefined
        : kind == ColumnKind.Date ? Date(value, "d MMM yyyy")
        : Math.Abs(value) >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 10 ? value.ToString("0.#", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Of"/>, but short enough for an axis: '41k', '1.5M', 'May 2011'.</summary>
    public static string Short(ColumnKind kind, double value) => !double.IsFinite(value) ? ""
        : kind == ColumnKind.Date ? Date(value, "MMM yyyy")
        : Math.Abs(value) switch
        {
            >= 1e9 => Scaled(value / 1e9) + "bn",
            >= 1e6 => Scaled(value / 1e6) + "M",
            >= 1e4 => Scaled(value / 1e3) + "k",
            _ => Of(kind, value),
        };

    /// <summary>'20 to 30' (30 not included), '20 to 29' where all values are whole, 'under 20', '90 or more' for open ends, '3' for one value.</summary>
    public static string Range(ColumnProfile column, NumberBin bin, bool isLast)
    {
        if (double.IsNegativeInfinity(bin.From))
        {
            return "under " + Of(column.Kind, bin.To);
        }

        if (double.IsPositiveInfinity(bin.To))
        {
            return Of(column.Kind, bin.From) + " or more";
        }

        var isWhole = column.Kind == ColumnKind.Date || column.Numbers is { AreWhole: true };
        var to = isWhole && !isLast ? Math.Max(bin.From, Math.Ceiling(bin.To) - 1) : bin.To;
        return isWhole && Math.Ceiling(bin.From) >= to ? Of(column.Kind, to) : $"{Of(column.Kind, bin.From)} to {Of(column.Kind, to)}";
    }

    /// <summary>The column's ranges in order, short enough for the side of a chart.</summary>
    public static string ShortRange(ColumnProfile column, NumberBin bin, bool isLast)
    {
        var whole = Range(column, bin, isLast);
        return whole.Length <= 17 || !double.IsFinite(bin.From) || !double.IsFinite(bin.To)
            ? whole
            : $"{Short(column.Kind, bin.From)} to {Short(column.Kind, bin.To)}";
    }

    /// <summary>'1,234 (12.3 %)'.</summary>
    public static string CountAndShare(long count, long outOf) => $"{InWords.Count(count)} ({Share(count, outOf)})";

    public static string Share(long count, long outOf) => outOf == 0 ? Undefined : InWords.Percent((double)count / outOf);

    private static string Scaled(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : Math.Abs(value) < 100 ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Date(double days, string format) => Math.Abs(days) > 700_000
        ? days.ToString("N0", CultureInfo.InvariantCulture) + " days since 1970"
        : new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(days).ToString(format, CultureInfo.InvariantCulture);
}

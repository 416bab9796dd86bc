using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Segments;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Segments;

/// <summary>What the pages of segments say in numbers.</summary>
internal static class SegmentsInWords
{
    public static string Of(CustomerGroup group) => group switch
    {
        CustomerGroup.KnownAffluent => "known affluents",
        CustomerGroup.HiddenAffluent => "hidden affluents",
        _ => "typical normals",
    };

    public static string Heading(CustomerGroup group) => group switch
    {
        CustomerGroup.KnownAffluent => "Known affluents",
        CustomerGroup.HiddenAffluent => "Hidden affluents",
        _ => "Typical normals",
    };

    /// <summary>'4.1 times'; a dash where undefined.</summary>
    public static string Times(double lift) => double.IsNaN(lift) ? "–" : double.IsPositiveInfinity(lift) ? "only here" : string.Create(CultureInfo.InvariantCulture, $"{lift:0.0#} times");

    /// <summary>'3.8 to 4.4'; says so where undefined.</summary>
    public static string Between(Interval interval) => !interval.IsDefined ? "no 95 % interval"
        : string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.0#} to {(double.IsPositiveInfinity(interval.High) ? "any" : interval.High.ToString("0.0#", CultureInfo.InvariantCulture))}");

    /// <summary>'24.1 to 27.9 %'; empty where undefined.</summary>
    public static string Between(Rate rate) => WilsonInterval.Of(rate) is { Low: >= 0 } interval
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:0.0} to {100 * interval.High:0.0} %")
        : "";

    /// <summary>A standardised difference with its sign: '+0.82'.</summary>
    public static string Difference(double difference) => double.IsNaN(difference) ? "–" : difference.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A group's typical value: the median of numbers and days; for categories the most frequent one of the column's bins.</summary>
    public static string Typical(ColumnByGroup column, CustomerGroup group)
    {
        if (column.Kind == ColumnKind.Category)
        {
            return column.Bins.Where(bin => bin.Of(group).Count > 0).MaxBy(bin => bin.Of(group).Count) is { } most
                ? $"{most.Words} ({InWords.Percent(most.Of(group).Share)})"
                : "–";
        }

        var median = column.ValuesOf(group).Median;
        return float.IsNaN(median) ? "–" : column.Kind == ColumnKind.Date ? ColumnTable.DateText(median) : Number(median);
    }

    /// <summary>A segment's counts in a sentence: '312 hidden affluents among 1,204 customers recorded normal, 4.1 times the average'.</summary>
    public static string Of(SegmentCount count) => count.HiddenShare.OutOf == 0
        ? "No customer recorded normal meets this."
        : $"{InWords.Count(count.Hidden.Count, "hidden affluent")} among {InWords.Count(count.HiddenShare.OutOf, "customer")} recorded normal, {Times(count.Lift.Lift)} the average";

    private static string Number(float value) => MathF.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 0.1f => value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}

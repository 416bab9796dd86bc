using Campaign.Learning.Metrics;
using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>The two charts of a column: how its values are spread in each class, and how many are affluent along it.</summary>
internal static class ColumnCharts
{
    public const string Normals = "normals";
    public const string Affluents = "affluents";

    private const double RowHeight = 24;

    /// <summary>Null for text and where no row has a value.</summary>
    public static Chart? Distribution(ColumnProfile column) => column switch
    {
        { Present.Rows: 0 } => null,
        { Numbers: { Histogram.Count: > 0 } numbers } => Histogram(column, numbers),
        { Categories: { } categories } => Bars(column, categories),
        _ => null,
    };

    /// <summary>Null where <see cref="Distribution"/> is.</summary>
    public static Chart? AffluentShares(ColumnProfile column, DatasetProfile profile)
    {
        if (Distribution(column) is null)
        {
            return null;
        }

        var groups = column.Numbers is { } numbers
            ? [.. numbers.Tenths.Select((bin, place) => new Group(
                ValueText.ShortRange(column, bin, place == numbers.Tenths.Count - 1), ValueText.Range(column, bin, place == numbers.Tenths.Count - 1), bin.Count))]
            : Groups(column.Categories!);
        if (column.Missing.Rows > 0)
        {
            groups.Add(new("no value", "no value", column.Missing));
        }

        var overall = ColumnWordings.Overall(profile).Share;
        var highest = groups.Max(group => WilsonInterval.Of(ColumnWordings.AffluentRate(group.Count)).High);
        return new Chart(
            $"Affluent share by {column.Name}",
            ChartAxis.Shares("share recorded affluent", Math.Max(highest, overall)),
            ChartAxis.Names("", [.. groups.Select(group => group.ShortName)]),
            [
                new("share, with 95 % interval", ChartTone.Affluent,
                [
                    .. groups.Select((group, place) =>
                    {
                        var rate = ColumnWordings.AffluentRate(group.Count);
                        var interval = WilsonInterval.Of(rate);
                        return new ChartDot(rate.Share, place + 0.5, interval.Low, interval.High, $"{group.Name}: {ValueText.Share(rate.Count, rate.OutOf)} of {InWords.Count(rate.OutOf, "row")}");
                    }),
                ]),
            ])
        {
            Description = $"The whole file's share is {InWords.Percent(overall)}.",
            Rules = [new("whole file", ChartTone.Overall, overall)],
            PlotHeight = RowHeight * groups.Count,
            Table = new(
                [column.Name, "Rows", "Affluent", "Share", "95 % interval"],
                [
                    .. groups.Select(group =>
                    {
                        var rate = ColumnWordings.AffluentRate(group.Count);
                        var interval = WilsonInterval.Of(rate);
                        return (IReadOnlyList<string>)
                        [
                            group.Name, InWords.Count(rate.OutOf), InWords.Count(rate.Count), InWords.Percent(rate.Share),
                            rate.IsDefined ? $"{InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)}" : "–",
                        ];
                    }),
                ]),
        };
    }

    private static Chart Histogram(ColumnProfile column, NumberProfile numbers)
    {
        var bins = numbers.Histogram;
        Group[] groups = [.. bins.Select((bin, place) => new Group("", ValueText.Range(column, bin, place == bins.Count - 1), bin.Count))];
        string[] edges = [.. bins.Select(bin => ValueText.Short(column.Kind, bin.From)), ValueText.Short(column.Kind, bins[^1].To)];
        return new Chart(
            $"How {column.Name} is spread",
            ChartAxis.Edges(column.Name, edges),
            ChartAxis.Shares("share of the class", Highest(column, groups)),
            Series(column, groups, (place, share, half, title) => new ChartBox(place + 0.5 - half, place + 0.5 + half, 0, share, title)))
        {
            Description = $"Half of the normals lie between {ValueText.Of(column.Kind, numbers.Normal.P25)} and {ValueText.Of(column.Kind, numbers.Normal.P75)}, half of the affluents between {ValueText.Of(column.Kind, numbers.Affluent.P25)} and {ValueText.Of(column.Kind, numbers.Affluent.P75)}.",
            PlotHeight = 200,
            Table = Table(column, groups),
        };
    }

    private static Chart Bars(ColumnProfile column, CategoryProfile categories)
    {
        var groups = Groups(categories);
        return new Chart(
            $"How {column.Name} is spread",
            ChartAxis.Shares("share of the class", Highest(column, groups)),
            ChartAxis.Names("", [.. groups.Select(group => group.ShortName)]),
            Series(column, groups, (place, share, half, title) => new ChartBox(0, share, place + 0.5 - half, place + 0.5 + half, title)))
        {
            Description = InWords.Count(categories.DistinctCount, "different value") + ".",
            PlotHeight = RowHeight * groups.Count,
            Table = Table(column, groups),
        };
    }

    /// <summary>Wide pale bars of the normals with slim dark ones of the affluents before them.</summary>
    private static ChartSeries[] Series(ColumnProfile column, IReadOnlyList<Group> groups, Func<int, double, double, string, ChartBox> box)
    {
        ChartSeries One(string name, ChartTone tone, double half, long total, Func<ClassCount, long> of) => new(name, tone,
        [
            .. groups.Select((group, place) => box(place, total == 0 ? 0 : (double)of(group.Count) / total, half, $"{group.Name}: {name} {ValueText.CountAndShare(of(group.Count), total)}")),
        ]);

        return
        [
            One(Normals, ChartTone.Normal, 0.44, column.Present.Normal, count => count.Normal),
            One(Affluents, ChartTone.Affluent, 0.2, column.Present.Affluent, count => count.Affluent),
        ];
    }

    private static double Highest(ColumnProfile column, IReadOnlyList<Group> groups) => groups.Max(group => Math.Max(
        (double)group.Count.Normal / Math.Max(1, column.Present.Normal), (double)group.Count.Affluent / Math.Max(1, column.Present.Affluent)));

    private static ChartTable Table(ColumnProfile column, IEnumerable<Group> groups) => new(
        [column.Name, "Normals", "Affluents"],
        [
            .. groups.Select(group => (IReadOnlyList<string>)
            [
                group.Name, ValueText.CountAndShare(group.Count.Normal, column.Present.Normal), ValueText.CountAndShare(group.Count.Affluent, column.Present.Affluent),
            ]),
        ]);

    private static List<Group> Groups(CategoryProfile categories)
    {
        List<Group> groups = [.. categories.Bars.Select(bar => new Group(bar.Value, bar.Value, bar.Count))];
        if (categories.Others.Rows > 0)
        {
            var others = $"{InWords.Count(categories.DistinctCount - categories.Bars.Count)} others";
            groups.Add(new(others, others, categories.Others));
        }

        return groups;
    }

    private sealed record Group(string ShortName, string Name, ClassCount Count);
}

using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>The two maps of the customers, counted by cell: nobody's point is drawn.</summary>
internal static class CustomerMaps
{
    private const int PanelWidth = 300;
    private const int PlaneWidth = 160;

    public static Markup Principal(CustomerMap map)
    {
        var html = new Markup()
            .Element("p", "Customers who are alike in all columns lie near each other. The two directions are the mixes of columns in which customers differ most.", "look-sentence")
            .Open("ul", "look-list");
        foreach (var (axis, way) in map.Axes.Zip((string[])["to the right", "upwards"]))
        {
            html.Element("li", $"Farther {way}: {Pulls(axis, 5)}. This direction holds {InWords.Percent(axis.ExplainedShare)} of all differences.");
        }

        html.Close("ul");
        Thin(html, map);
        return html.Add(Panels("Where the customers lie", map, Title(map, 0, "→"), Title(map, 1, "↑")));
    }

    public static Markup SelfOrganising(CustomerMap map, DatasetProfile profile)
    {
        var html = new Markup()
            .Element("p", "This map has no directions: it lays out groups of alike customers so that neighbours are alike too. The small maps below show which values a region stands for.", "look-sentence");
        Thin(html, map);
        html.Add(Panels("How many customers each group holds", map, "", ""));
        if (map.Planes.Count > 0)
        {
            html.Add(ChartFigure.Panels(
                "What the regions stand for", map.Planes.Select(plane => Plane(map, plane, profile)),
                new(
                    ["Cell", .. map.Planes.Select(plane => plane.Column)],
                    [.. map.Cells.Select((cell, place) => (IReadOnlyList<string>)[Name(cell), .. map.Planes.Select(plane => ValueText.Of(KindOf(plane.Column, profile), plane.Means[place]))])]),
                "chart-planes"));
        }

        return html;
    }

    private static Markup Panels(string title, CustomerMap map, string across, string up)
    {
        var (normals, affluents) = (map.Cells.Sum(cell => cell.Count.Normal), map.Cells.Sum(cell => cell.Count.Affluent));
        var mostAffluent = map.Cells.Select(cell => ColumnWordings.AffluentRate(cell.Count).Share).DefaultIfEmpty(0).Max();
        return ChartFigure.Panels(
            title,
            [
                Density("Normals", cell => cell.Count.Normal, normals),
                Density("Affluents", cell => cell.Count.Affluent, affluents),
                Panel("Affluent share", map, across, up, map.Cells.Select(cell =>
                {
                    var rate = ColumnWordings.AffluentRate(cell.Count);
                    return (cell, mostAffluent == 0 ? 0 : rate.Share / mostAffluent, $"{Name(cell)}: {ValueText.CountAndShare(rate.Count, rate.OutOf)} affluent of {InWords.Count(rate.OutOf, "row")}");
                }), new("0 %", InWords.Percent(mostAffluent), ChartTone.HeatSteps)),
            ],
            new(
                ["Cell", "Normals", "Affluents", "Affluent share"],
                [
                    .. map.Cells.Select(cell => (IReadOnlyList<string>)
                    [
                        Name(cell), InWords.Count(cell.Count.Normal), InWords.Count(cell.Count.Affluent), ValueText.Share(cell.Count.Affluent, cell.Count.Rows),
                    ]),
                ]));

        // By the square root, so that the many cells with few rows are told apart too.
        Chart Density(string name, Func<MapCell, long> of, long total)
        {
            var most = Math.Max(1, map.Cells.Select(of).DefaultIfEmpty(0).Max());
            return Panel(
                name, map, across, up,
                map.Cells.Where(cell => of(cell) > 0).Select(cell => (cell, Math.Sqrt((double)of(cell) / most), $"{Name(cell)}: {ValueText.CountAndShare(of(cell), total)}")),
                new("few", $"up to {InWords.Count(most)} a cell", ChartTone.HeatSteps));
        }
    }

    /// <summary>By rank, so that one very high cell does not make all others alike.</summary>
    private static Chart Plane(CustomerMap map, MapPlane plane, DatasetProfile profile)
    {
        var kind = KindOf(plane.Column, profile);
        double[] means = [.. plane.Means.Where(double.IsFinite).Order()];
        var cells = map.Cells.Zip(plane.Means).Where(pair => double.IsFinite(pair.Second)).Select(pair =>
            (pair.First, (double)(Array.BinarySearch(means, pair.Second) + 1) / means.Length, $"{Name(pair.First)}: {ValueText.Of(kind, pair.Second)}"));
        var (low, high) = means.Length == 0 ? ("", "") : (ValueText.Short(kind, means[0]), ValueText.Short(kind, means[^1]));
        return Panel(plane.Column, map, "", "", cells, new(low, high, ChartTone.HeatSteps)) with { Width = PlaneWidth };
    }

    private static Chart Panel(string title, CustomerMap map, string across, string up, IEnumerable<(MapCell Cell, double Share, string Title)> cells, ChartScale scale) => new(
        title,
        ChartAxis.Cells(across, map.Width),
        ChartAxis.Cells(up, map.Height),
        [
            .. cells.GroupBy(cell => ChartTone.Heat(cell.Share)).OrderBy(group => group.Key.CssClass, StringComparer.Ordinal).Select(group => new ChartSeries(
                "", group.Key, [.. group.Select(cell => new ChartBox(cell.Cell.X, cell.Cell.X + 1, cell.Cell.Y, cell.Cell.Y + 1, cell.Title))])),
        ])
    {
        Description = $"{InWords.Count(map.Cells.Count, "cell")}; the stronger the colour, the more.",
        Scale = scale,
        IsSquare = true,
        Width = PanelWidth,
    };

    private static void Thin(Markup html, CustomerMap map) => html.Element(
        "p",
        map.ThinRows == 0
            ? $"Every cell drawn holds at least {CustomerMap.LeastRows} rows."
            : $"{InWords.Count(map.ThinRows, "row")} in thin cells, with fewer than {CustomerMap.LeastRows} rows each, {(map.ThinRows == 1 ? "is" : "are")} not drawn: there nobody could stay unrecognised, and a share would rest on chance.",
        "look-meaning");

    private static string Title(CustomerMap map, int axis, string arrow) => axis < map.Axes.Count ? $"{arrow} {Pulls(map.Axes[axis], 2)}" : "";

    /// <summary>'more A, B; less C'.</summary>
    private static string Pulls(MapAxis axis, int most)
    {
        string[] more = [.. axis.Pulls.Take(most).Where(pull => pull.Loading > 0).Select(pull => pull.Column)];
        string[] less = [.. axis.Pulls.Take(most).Where(pull => pull.Loading < 0).Select(pull => pull.Column)];
        return string.Join("; ", new[] { ("more", more), ("less", less) }.Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1} {string.Join(", ", part.Item2)}"));
    }

    private static string Name(MapCell cell) => $"{InWords.Count(cell.X + 1)} across, {InWords.Count(cell.Y + 1)} up";

    private static ColumnKind KindOf(string column, DatasetProfile profile) => profile.Columns.FirstOrDefault(one => one.Name == column)?.Kind ?? ColumnKind.Number;
}

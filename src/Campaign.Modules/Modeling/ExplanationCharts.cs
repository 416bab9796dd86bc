using System.Globalization;
using Campaign.Learning.Explanations;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Modeling;

/// <summary>What the models go by, drawn: one customer's reasons, and each column's weight and direction over many.</summary>
internal static class ExplanationCharts
{
    private const int MostParts = 10;

    private const double RowHeight = 24;

    /// <summary>One customer: the bars, and the strongest reasons for and against in words.</summary>
    public static Markup Explained(RowExplanation explanation)
    {
        var html = new Markup().Open("div", "explained");
        if (!explanation.AddsUp)
        {
            return html.Element("p", "No reason is shown: its parts don't add up to the score, so they would not be the truth.", "muted").Close("div");
        }

        html.Add(ChartFigure.Of(Parts(explanation))).Open("div");
        Sentences(html, "Speaks for", explanation.Reasons);
        Sentences(html, "Speaks against", explanation.Against);
        return html.Close("div").Close("div");
    }

    /// <summary>The columns that matter most, each with the range over the fold models.</summary>
    public static Markup Weights(GlobalImportance importance, int most)
    {
        var shown = importance.Columns.Take(most).ToArray();
        return ChartFigure.Of(new Chart(
            "How much each column moves the score",
            ChartAxis.Numbers("mean size, in log-odds", 0, Math.Max(1e-3, shown.Max(column => column.HighestFold)), Plain),
            ChartAxis.Names("", [.. shown.Select(column => column.Column)]),
            [
                new("mean, and range over the fold models", ChartTone.Affluent,
                [
                    .. shown.Select((column, place) => new ChartDot(
                        column.MeanSize, place + 0.5, column.LowestFold, column.HighestFold,
                        $"{column.Column}: {InWords.Number(column.MeanSize)}, {InWords.Number(column.LowestFold)} to {InWords.Number(column.HighestFold)}")),
                ]),
            ])
        {
            Description = $"{shown[0].Column} matters most.",
            PlotHeight = RowHeight * shown.Length,
            Table = new(
                ["Column", "Mean", "Lowest fold model", "Highest fold model", "Place in the fold models", "Direction"],
                [
                    .. shown.Select(column => new[]
                    {
                        column.Column, InWords.Number(column.MeanSize), InWords.Number(column.LowestFold), InWords.Number(column.HighestFold),
                        Places(column), column.Direction,
                    }),
                ]),
        });
    }

    /// <summary>What a column's values add on average; null where no bin has enough rows.</summary>
    public static Markup? Direction(ColumnImportance column) => column.Bins.Count == 0 ? null : ChartFigure.Of(new Chart(
        column.Column,
        ChartAxis.Numbers("adds to the log-odds, mean", Math.Min(0, column.Bins.Min(bin => bin.Low)), Math.Max(0, column.Bins.Max(bin => bin.High)), Signed),
        ChartAxis.Names("", [.. column.Bins.Select(bin => bin.Values)]),
        [
            new("mean, with 95 % interval", ChartTone.Affluent,
            [
                .. column.Bins.Select((bin, place) => new ChartDot(
                    bin.Mean, place + 0.5, bin.Low, bin.High, $"{bin.Values}: {Signed(bin.Mean)}, {InWords.Count(bin.RowCount, "row")}")),
            ]),
        ])
    {
        Description = column.Direction + ".",
        Rules = [new("no effect", ChartTone.Overall, 0)],
        PlotHeight = RowHeight * column.Bins.Count,
        Table = new(
            ["Value", "Rows", "Adds on average", "95 % interval"],
            [.. column.Bins.Select(bin => new[] { bin.Values, InWords.Count(bin.RowCount), Signed(bin.Mean), $"{Signed(bin.Low)} to {Signed(bin.High)}" })]),
    });

    /// <summary>For example '1st to 3rd', as numbers.</summary>
    public static string Places(ColumnImportance column) => column.BestRank == column.WorstRank
        ? InWords.Count(column.BestRank)
        : $"{InWords.Count(column.BestRank)} to {InWords.Count(column.WorstRank)}";

    /// <summary>The largest parts as bars to either side, the rest as one.</summary>
    private static Chart Parts(RowExplanation explanation)
    {
        var shown = explanation.Parts.Where(part => part.Contribution != 0).Take(MostParts).ToArray();
        var rest = explanation.Parts.Where(part => part.Contribution != 0).Skip(MostParts).ToArray();
        List<(string Name, string Value, double Adds)> bars = [.. shown.Select(part => (part.Column, part.Value, part.Contribution))];
        if (rest.Length > 0)
        {
            bars.Add((InWords.Count(rest.Length, "other column"), "", rest.Sum(part => part.Contribution)));
        }

        return new Chart(
            "What each value adds to the log-odds",
            ChartAxis.Numbers(
                "adds to the log-odds", bars.Select(bar => bar.Adds).Append(0).Min(), bars.Select(bar => bar.Adds).Append(1e-3).Max(), Signed),
            ChartAxis.Names("", [.. bars.Select(bar => bar.Name)]),
            [
                .. new ChartSeries[] { new("raises the score", ChartTone.Affluent, Boxes(adds => adds > 0)), new("lowers the score", ChartTone.Second, Boxes(adds => adds < 0)) }
                    .Where(series => series.Marks.Count > 0),
            ])
        {
            Description = $"Together with {Signed(explanation.Base)} before any value is known they make {Signed(explanation.LogOdds)}.",
            Rules = [new("no effect", ChartTone.Overall, 0)],
            PlotHeight = RowHeight * Math.Max(1, bars.Count),
            Table = new(
                ["Column", "Value", "Adds"],
                [
                    ["Before any value is known", "", Signed(explanation.Base)],
                    .. bars.Select(bar => new[] { bar.Name, bar.Value, Signed(bar.Adds) }),
                    ["Together: the log-odds", "", Signed(explanation.LogOdds)],
                ]),
        };

        IReadOnlyList<ChartMark> Boxes(Func<double, bool> belongs) =>
        [
            .. bars.Select((bar, place) => (bar, place)).Where(one => belongs(one.bar.Adds)).Select(one => new ChartBox(
                Math.Min(0, one.bar.Adds), Math.Max(0, one.bar.Adds), one.place + 0.18, one.place + 0.82, $"{one.bar.Name} {one.bar.Value}: {Signed(one.bar.Adds)}")),
        ];
    }

    private static void Sentences(Markup html, string title, IEnumerable<Reason> reasons)
    {
        Reason[] told = [.. reasons];
        html.Element("h3", title, "h5");
        if (told.Length == 0)
        {
            html.Element("p", "Nothing on file.", "muted");
            return;
        }

        html.Open("ol", "reasons");
        foreach (var reason in told)
        {
            html.Element("li", reason.Sentence);
        }

        html.Close("ol");
    }

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture);
}

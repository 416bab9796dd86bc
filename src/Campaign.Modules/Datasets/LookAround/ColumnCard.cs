using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>One column: what it says of the two classes, in a sentence, in two charts and in figures.</summary>
internal static class ColumnCard
{
    public static Markup Of(ColumnProfile column, DatasetProfile profile)
    {
        var telling = ColumnWordings.TellingOf(column);
        var html = new Markup().Open("article", "look-card")
            .Open("header", "look-head").Element("h3", column.Name).Open("p", "look-marks")
            .Element("span", ColumnWordings.Of(column.Kind), "look-mark").Text(" ")
            .Element("span", ColumnWordings.Of(telling), $"look-mark telling-{(int)telling}").Close("p").Close("header")
            .Element("p", ColumnWordings.Difference(column, profile), "look-sentence");
        if (ColumnWordings.Meaning(column) is { Length: > 0 } meaning)
        {
            html.Element("p", meaning, "look-meaning");
        }

        if (ColumnCharts.Distribution(column) is { } distribution && ColumnCharts.AffluentShares(column, profile) is { } shares)
        {
            html.Open("div", "look-pair").Add(ChartFigure.Of(distribution)).Add(ChartFigure.Of(shares)).Close("div");
        }

        html.Open("div", "chart-scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", $"Figures of {column.Name}"))
            .Add(ChartFigure.Of(Figures(column))).Close("div");
        return html.Close("article");
    }

    private static ChartTable Figures(ColumnProfile column)
    {
        var rows = new List<IReadOnlyList<string>>
        {
            Counts("Rows with a value", column.Present, column.Present + column.Missing),
            Counts("Missing", column.Missing, column.Present + column.Missing),
        };
        if (column.Numbers is { } numbers && column.Present.Rows > 0)
        {
            rows.Add(Counts("Exactly 0", numbers.Zeros, column.Present));
            if (numbers.Negatives.Rows > 0 && column.Kind != Learning.Columns.ColumnKind.Date)
            {
                rows.Add(Counts("Below 0", numbers.Negatives, column.Present));
            }

            if (numbers.Outliers.Rows > 0)
            {
                rows.Add(Counts("Far outside", numbers.Outliers, column.Present));
            }

            string[] Quantile(string name, Func<Quantiles, double> of) =>
                [name, ValueText.Of(column.Kind, of(numbers.All)), ValueText.Of(column.Kind, of(numbers.Normal)), ValueText.Of(column.Kind, of(numbers.Affluent))];
            rows.Add(Quantile("A quarter lies below", quantiles => quantiles.P25));
            rows.Add(Quantile("Half lies below", quantiles => quantiles.P50));
            rows.Add(Quantile("Three quarters lie below", quantiles => quantiles.P75));
            rows.Add(Quantile("95 % lie below", quantiles => quantiles.P95));
        }

        if (column.Categories is { } categories)
        {
            rows.Add(["Different values", InWords.Count(categories.DistinctCount), "", ""]);
        }

        return new(["", "All", "Normals", "Affluents"], rows);
    }

    private static string[] Counts(string name, ClassCount count, ClassCount outOf) =>
    [
        name, ValueText.CountAndShare(count.Rows, outOf.Rows), ValueText.CountAndShare(count.Normal, outOf.Normal),
        ValueText.CountAndShare(count.Affluent, outOf.Affluent),
    ];
}

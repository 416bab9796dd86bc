using Campaign.Learning.Columns;
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

        html.Open("div", "look-columns");
        if (ColumnCharts.Distribution(column) is { } distribution && ColumnCharts.AffluentShares(column, profile) is { } shares)
        {
            html.Add(ChartFigure.Of(distribution)).Add(ChartFigure.Of(shares));
        }

        html.Open("div", "chart-scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", $"Figures of {column.Name}")).Add(ChartFigure.Of(Figures(column))).Close("div");
        return html.Close("div").Close("article");
    }

    private static ChartTable Figures(ColumnProfile column)
    {
        var all = column.Present + column.Missing;
        var rows = new List<IReadOnlyList<string>>
        {
            (string[])["Rows", InWords.Count(all.Rows), InWords.Count(all.Normal), InWords.Count(all.Affluent)],
            Shares("Missing", column.Missing, all),
        };
        if (column.Numbers is { } numbers && column.Present.Rows > 0)
        {
            if (column.Kind == ColumnKind.Number)
            {
                rows.Add(Shares("Exactly 0", numbers.Zeros, column.Present));
                rows.Add(Shares("Below 0", numbers.Negatives, column.Present));
            }

            rows.Add(Shares("Far from all others", numbers.Outliers, column.Present));

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

        return new(["Figure", "All", "Normals", "Affluents"], rows);
    }

    private static string[] Shares(string name, ClassCount count, ClassCount outOf) =>
        [name, ValueText.Share(count.Rows, outOf.Rows), ValueText.Share(count.Normal, outOf.Normal), ValueText.Share(count.Affluent, outOf.Affluent)];
}

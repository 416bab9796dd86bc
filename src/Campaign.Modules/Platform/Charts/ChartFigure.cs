namespace Campaign.Modules.Platform.Charts;

/// <summary>Charts in a page: title, drawing, and the numbers behind it in a table that opens without a script.</summary>
internal static class ChartFigure
{
    public static Markup Of(Chart chart)
    {
        var html = new Markup().Open("figure", "chart-figure").Element("figcaption", chart.Title).Add(ChartSvg.Draw(chart));
        if (chart.Table is { } table)
        {
            Numbers(html, chart.Title, table);
        }

        return html.Close("figure");
    }

    /// <summary>A chart wider than a telephone, which scrolls in its own frame.</summary>
    public static Markup Wide(Chart chart)
    {
        var html = new Markup().Open("figure", "chart-figure chart-wide").Element("figcaption", chart.Title);
        Scrolling(html, chart.Title).Add(ChartSvg.Draw(chart)).Close("div");
        if (chart.Table is { } table)
        {
            Numbers(html, chart.Title, table);
        }

        return html.Close("figure");
    }

    /// <summary>Small charts of the same cells beside each other, with one table.</summary>
    public static Markup Panels(string title, IEnumerable<Chart> charts, ChartTable table, string cssClass = "chart-panels")
    {
        var html = new Markup().Open("figure", "chart-figure").Element("figcaption", title).Open("div", cssClass);
        foreach (var chart in charts)
        {
            html.Open("div").Element("p", chart.Title, "panel-title").Add(ChartSvg.Draw(chart)).Close("div");
        }

        html.Close("div");
        Numbers(html, title, table);
        return html.Close("figure");
    }

    private static void Numbers(Markup html, string title, ChartTable table)
    {
        html.Open("details", "chart-numbers").Element("summary", "The numbers");
        Scrolling(html, "Numbers: " + title).Add(Of(table)).Close("div").Close("details");
    }

    public static Markup Of(ChartTable table)
    {
        var html = new Markup().Open("table", "chart-table").Open("thead").Open("tr");
        foreach (var header in table.Headers)
        {
            html.Element("th", header, null, ("scope", "col"));
        }

        html.Close("tr").Close("thead").Open("tbody");
        foreach (var row in table.Rows)
        {
            html.Open("tr").Element("th", row[0], null, ("scope", "row"));
            foreach (var cell in row.Skip(1))
            {
                html.Element("td", cell);
            }

            html.Close("tr");
        }

        return html.Close("tbody").Close("table");
    }

    private static Markup Scrolling(Markup html, string label) => html.Open("div", "chart-scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", label));
}

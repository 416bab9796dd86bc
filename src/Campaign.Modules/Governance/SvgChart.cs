using System.Globalization;
using System.Text;

namespace Campaign.Modules.Governance;

/// <summary>One line of a chart.</summary>
/// <param name="Points">x and y of 0 to 1, in the order of x.</param>
internal sealed record ChartLine(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A share with its interval, one a group; NaN is not drawn.</summary>
internal sealed record ChartInterval(string Name, double Low, double Share, double High);

/// <summary>Charts for print, drawn here as vectors: no script runs when a document is printed. Colours differ in lightness too.</summary>
internal static class SvgChart
{
    public const string Navy = "#12305f";
    public const string Amber = "#d9822b";

    private const int Width = 720;
    private const int Left = 48;
    private const int Right = 16;
    private const int Top = 28;
    private const int PlotWidth = Width - Left - Right;

    /// <summary>Lines over a common axis of 0 to 1, with a vertical mark (the threshold) where one is given.</summary>
    /// <param name="description">What the chart shows, for people who can't see it.</param>
    public static string Lines(string description, string axis, IReadOnlyList<ChartLine> lines, double? mark)
    {
        const int height = 260;
        const int plotHeight = height - Top - 44;
        var svg = Open(height, description);
        Grid(svg, plotHeight, ["0", "0.25", "0.5", "0.75", "1"], axis);
        for (var place = 0; place < lines.Count; place++)
        {
            var points = string.Join(' ', lines[place].Points.Where(point => !double.IsNaN(point.Y))
                .Select(point => $"{Text(X(point.X))},{Text(Y(point.Y, plotHeight))}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{lines[place].Colour}\" stroke-width=\"2\"/>");
            Legend(svg, place, lines[place].Colour, lines[place].Name);
        }

        if (mark is { } at)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Text(X(at))}\" x2=\"{Text(X(at))}\" y1=\"{Top}\" y2=\"{Top + plotHeight}\" stroke=\"#a1241b\" stroke-dasharray=\"4 3\"/>");
            Legend(svg, lines.Count, "#a1241b", "threshold");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Two distributions over bins of 0 to 1, each as the share of its own rows in the bin.</summary>
    public static string Distributions(
        string description, string axis, (string Name, IReadOnlyList<int> Counts) first, (string Name, IReadOnlyList<int> Counts) second, double? mark)
    {
        const int height = 240;
        const int plotHeight = height - Top - 44;
        var svg = Open(height, description);
        var (firstShares, secondShares) = (Shares(first.Counts), Shares(second.Counts));
        var highest = Math.Max(0.01, firstShares.Concat(secondShares).Max());
        Grid(svg, plotHeight, [.. Enumerable.Range(0, 5).Select(step => (highest * step / 4).ToString("0.0 %", CultureInfo.InvariantCulture))], axis);
        var bin = (double)PlotWidth / first.Counts.Count;
        for (var place = 0; place < first.Counts.Count; place++)
        {
            Bar(svg, Left + (place * bin) + 1, (bin / 2) - 1.5, firstShares[place] / highest, plotHeight, "#9db4d6");
            Bar(svg, Left + (place * bin) + (bin / 2), (bin / 2) - 1.5, secondShares[place] / highest, plotHeight, Navy);
        }

        Legend(svg, 0, "#9db4d6", first.Name);
        Legend(svg, 1, Navy, second.Name);
        if (mark is { } at)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Text(X(at))}\" x2=\"{Text(X(at))}\" y1=\"{Top}\" y2=\"{Top + plotHeight}\" stroke=\"#a1241b\" stroke-dasharray=\"4 3\"/>");
            Legend(svg, 2, "#a1241b", "threshold");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A dot and its interval for each group, and the whole file's share as a line.</summary>
    public static string Intervals(string description, IReadOnlyList<ChartInterval> groups, double overall)
    {
        const int rowHeight = 22;
        const int labels = 190;
        var height = Top + (groups.Count * rowHeight) + 30;
        var svg = Open(height, description);
        double At(double share) => labels + (share * (Width - labels - Right));
        foreach (var tick in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Text(At(tick))}\" x2=\"{Text(At(tick))}\" y1=\"{Top}\" y2=\"{height - 26}\" stroke=\"#e3e8ef\"/>");
            Label(svg, At(tick), height - 10, "middle", tick.ToString("0.##", CultureInfo.InvariantCulture));
        }

        if (!double.IsNaN(overall))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Text(At(overall))}\" x2=\"{Text(At(overall))}\" y1=\"{Top}\" y2=\"{height - 26}\" stroke=\"{Amber}\" stroke-width=\"1.5\"/>");
            Legend(svg, 0, Amber, "whole file");
        }

        for (var place = 0; place < groups.Count; place++)
        {
            var y = Top + (place * rowHeight) + (rowHeight / 2.0);
            var group = groups[place];
            Label(svg, labels - 10, y + 4, "end", group.Name.Length > 26 ? group.Name[..25] + "…" : group.Name);
            if (!double.IsNaN(group.Share))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Text(At(group.Low))}\" x2=\"{Text(At(group.High))}\" y1=\"{Text(y)}\" y2=\"{Text(y)}\" stroke=\"{Navy}\" stroke-width=\"2\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Text(At(group.Share))}\" cy=\"{Text(y)}\" r=\"4\" fill=\"{Navy}\"/>");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Open(int height, string description) => new StringBuilder().Append(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{HtmlPage.Encode(description)}\" font-family=\"Inter, sans-serif\" font-size=\"12\">");

    private static void Grid(StringBuilder svg, int plotHeight, string[] labels, string axis)
    {
        for (var step = 0; step < labels.Length; step++)
        {
            var share = (double)step / (labels.Length - 1);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Left + PlotWidth}\" y1=\"{Text(Y(share, plotHeight))}\" y2=\"{Text(Y(share, plotHeight))}\" stroke=\"#e3e8ef\"/>");
            Label(svg, Left - 6, Y(share, plotHeight) + 4, "end", labels[step]);
            Label(svg, X(share), Top + plotHeight + 16, "middle", share.ToString("0.##", CultureInfo.InvariantCulture));
        }

        Label(svg, Left + (PlotWidth / 2.0), Top + plotHeight + 36, "middle", axis);
    }

    private static void Bar(StringBuilder svg, double x, double width, double share, int plotHeight, string colour) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Text(x)}\" y=\"{Text(Y(share, plotHeight))}\" width=\"{Text(width)}\" height=\"{Text(share * plotHeight)}\" fill=\"{colour}\"/>");

    private static void Legend(StringBuilder svg, int place, string colour, string name)
    {
        var x = Left + (place * 190);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"6\" width=\"14\" height=\"8\" fill=\"{colour}\"/>");
        Label(svg, x + 20, 14, "start", name);
    }

    private static void Label(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Text(x)}\" y=\"{Text(y)}\" text-anchor=\"{anchor}\" fill=\"#3a4657\">{HtmlPage.Encode(text)}</text>");

    private static double[] Shares(IReadOnlyList<int> counts)
    {
        var total = Math.Max(1, counts.Sum(count => (long)count));
        return [.. counts.Select(count => (double)count / total)];
    }

    private static double X(double share) => Left + (share * PlotWidth);

    private static double Y(double share, int plotHeight) => Top + ((1 - share) * plotHeight);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

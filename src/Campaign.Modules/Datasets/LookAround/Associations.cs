using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>How the most telling columns go together: in words, and as a heat map.</summary>
internal static class Associations
{
    /// <summary>From here on two columns say much the same.</summary>
    private const double Strong = 0.7;

    private const int MostSentences = 8;
    private const int LongestName = 150;
    private const int CellSide = 18;

    public static Markup Of(AssociationMatrix matrix)
    {
        var html = new Markup();
        if (matrix.Names.Count < 2)
        {
            return html.Element("p", "There are not two columns that can be compared.", "look-sentence");
        }

        var pairs = Pairs(matrix);
        var strong = pairs.Where(pair => Math.Abs(pair.Value) >= Strong).Take(MostSentences).ToArray();
        if (strong.Length == 0)
        {
            html.Element("p", "No two of these columns go together strongly: each says something of its own.", "look-sentence");
        }
        else
        {
            html.Element("p", "Of two columns that go together strongly, one says nearly all that the other says.", "look-sentence").Open("ul", "look-list");
            foreach (var pair in strong)
            {
                html.Element("li", $"{pair.First} and {pair.Second} {(pair.Value < 0 ? "run strongly against each other" : "go together strongly")} ({InWords.Number(pair.Value)})");
            }

            html.Close("ul");
        }

        return html.Add(ChartFigure.Wide(Matrix(matrix, pairs)));
    }

    /// <summary>Half of the matrix: the other half and the diagonal say nothing new.</summary>
    private static Chart Matrix(AssociationMatrix matrix, IReadOnlyList<Pair> pairs)
    {
        string[] names = [.. matrix.Names.Select(name => TextWidth.Fit(name, ChartSvg.FontSize, LongestName))];
        var series = pairs.Where(pair => !double.IsNaN(pair.Value))
            .GroupBy(pair => pair.Value < 0 ? ChartTone.Against(-pair.Value) : ChartTone.Heat(pair.Value))
            .OrderBy(group => group.Key.CssClass, StringComparer.Ordinal)
            .Select(group => new ChartSeries("", group.Key, [.. group.Select(pair => new ChartBox(
                pair.FirstPlace, pair.FirstPlace + 1, pair.SecondPlace - 1, pair.SecondPlace, $"{pair.First}, {pair.Second}: {InWords.Number(pair.Value)} ({Name(pair.Measure)})"))]));
        return new Chart("How strongly two columns go together", ChartAxis.Names("", names[..^1]), ChartAxis.Names("", names[1..]), [.. series])
        {
            Description = $"{InWords.Count(pairs.Count, "pair")} of {InWords.Count(matrix.Names.Count, "column")}; the stronger the colour, the more two columns go together.",
            Scale = new("against each other", "together", [.. ChartTone.AgainstSteps.Reverse(), .. ChartTone.HeatSteps]),
            IsSquare = true,
            Width = Math.Max(360, LongestName + 30 + (matrix.Names.Count * CellSide)),
            Table = new(
                ["Columns", "Strength", "Measured as"],
                [.. pairs.Select(pair => (IReadOnlyList<string>)[$"{pair.First}, {pair.Second}", InWords.Number(pair.Value), Name(pair.Measure)])]),
        };
    }

    /// <summary>The strongest first, undefined ones last; alike ones in the file's order.</summary>
    private static List<Pair> Pairs(AssociationMatrix matrix)
    {
        var pairs = new List<Pair>();
        for (var first = 0; first < matrix.Names.Count; first++)
        {
            for (var second = first + 1; second < matrix.Names.Count; second++)
            {
                pairs.Add(new(first, second, matrix.Names[first], matrix.Names[second], matrix.Value(first, second), matrix.Measures[(first * matrix.Names.Count) + second]));
            }
        }

        return [.. pairs.OrderByDescending(pair => double.IsNaN(pair.Value) ? -1 : Math.Abs(pair.Value))];
    }

    private static string Name(AssociationMeasure measure) => measure switch
    {
        AssociationMeasure.Pearson => "Pearson's correlation",
        AssociationMeasure.CramersV => "Cramér's V",
        _ => "correlation ratio",
    };

    private sealed record Pair(int FirstPlace, int SecondPlace, string First, string Second, double Value, AssociationMeasure Measure);
}

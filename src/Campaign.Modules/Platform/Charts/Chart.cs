namespace Campaign.Modules.Platform.Charts;

/// <summary>
/// A chart as data: two axes and what stands between them. <see cref="ChartSvg"/> draws every chart, <see cref="ChartStyle"/> colours it, on
/// the screen and in print alike; no script and no inline style is needed.
/// </summary>
/// <param name="Title">What it shows; stands above it and is its name for a screen reader.</param>
/// <param name="Series">In the order of the legend; later ones are drawn over earlier ones.</param>
internal sealed record Chart(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>What can be seen in it, in a sentence or two, for people who can't see it; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Upright lines over the whole height: a threshold, the whole file's share.</summary>
    public IReadOnlyList<ChartRule> Rules { get; init; } = [];

    /// <summary>What the steps of a heat map mean; null for other charts.</summary>
    public ChartScale? Scale { get; init; }

    /// <summary>The numbers behind it; null where the document shows them beside it.</summary>
    public ChartTable? Table { get; init; }

    /// <summary>In units of the drawing, of which a letter is <see cref="ChartSvg.FontSize"/> high; 360 stays readable on a telephone.</summary>
    public int Width { get; init; } = 360;

    /// <summary>Height between the axes; left aside where <see cref="IsSquare"/>.</summary>
    public double PlotHeight { get; init; } = 170;

    /// <summary>A unit is as high as it is wide: maps and matrices.</summary>
    public bool IsSquare { get; init; }
}

/// <summary>Marks that belong together.</summary>
/// <param name="Name">In the legend; empty for none.</param>
internal sealed record ChartSeries(string Name, ChartTone Tone, IReadOnlyList<ChartMark> Marks);

/// <summary>Something drawn, at positions of the axes.</summary>
internal abstract record ChartMark;

/// <summary>A bar or cell; nothing is drawn where it has no width or height.</summary>
/// <param name="Title">What it stands for: shown when the pointer rests on it.</param>
internal sealed record ChartBox(double Left, double Right, double Low, double High, string Title) : ChartMark;

/// <summary>A dot with its interval from <paramref name="Left"/> to <paramref name="Right"/>; nothing is drawn where <paramref name="X"/> is NaN.</summary>
internal sealed record ChartDot(double X, double Y, double Left, double Right, string Title) : ChartMark;

/// <summary>A line through points in the order of x; those whose y is NaN are passed over.</summary>
internal sealed record ChartPath(IReadOnlyList<(double X, double Y)> Points) : ChartMark;

internal sealed record ChartRule(string Name, ChartTone Tone, double At);

/// <summary>The steps of a heat map from the lowest to the highest, with words for both ends.</summary>
internal sealed record ChartScale(string LowText, string HighText, IReadOnlyList<ChartTone> Steps);

/// <summary>The first column names the row; all others are numbers and stand right.</summary>
internal sealed record ChartTable(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);

using System.Globalization;

namespace Campaign.Modules.Platform.Charts;

/// <summary>What a mark stands for. The style sheet gives it colour and form: the two classes differ in lightness and outline too.</summary>
internal readonly record struct ChartTone
{
    /// <summary>Steps of a heat map, from 1.</summary>
    public const int LevelCount = 7;

    private ChartTone(string cssClass) => CssClass = cssClass;

    public string CssClass { get; }

    public static ChartTone Normal { get; } = new("tone-normal");

    public static ChartTone Affluent { get; } = new("tone-affluent");

    /// <summary>A second line beside <see cref="Affluent"/>.</summary>
    public static ChartTone Second { get; } = new("tone-second");

    /// <summary>The whole file, to compare with.</summary>
    public static ChartTone Overall { get; } = new("tone-overall");

    public static ChartTone Threshold { get; } = new("tone-threshold");

    /// <summary>Lines that are told apart by dashes as well as by colour.</summary>
    public const int LineCount = 6;

    /// <param name="place">0 to <see cref="LineCount"/> - 1.</param>
    public static ChartTone Line(int place) => new(Named("tone-line", place + 1));

    public static IReadOnlyList<ChartTone> HeatSteps { get; } = [.. Enumerable.Range(1, LevelCount).Select(level => new ChartTone(Named("heat", level)))];

    /// <summary>As <see cref="HeatSteps"/>, for what runs the other way.</summary>
    public static IReadOnlyList<ChartTone> AgainstSteps { get; } = [.. Enumerable.Range(1, LevelCount).Select(level => new ChartTone(Named("against", level)))];

    /// <param name="share">0 to 1; up to a seventh is the first step, above six sevenths the last.</param>
    public static ChartTone Heat(double share) => HeatSteps[Step(share)];

    /// <param name="share">As of <see cref="Heat"/>.</param>
    public static ChartTone Against(double share) => AgainstSteps[Step(share)];

    private static int Step(double share) => Math.Clamp((int)Math.Ceiling(share * LevelCount), 1, LevelCount) - 1;

    private static string Named(string name, int level) => string.Create(CultureInfo.InvariantCulture, $"{name}-{level}");
}

using System.Globalization;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Fairness as the page and the model card write it.</summary>
public static class FairnessInWords
{
    public static string Verdict(FairnessVerdict verdict) => verdict switch
    {
        FairnessVerdict.Inside => "inside",
        FairnessVerdict.Outside => "outside",
        FairnessVerdict.CannotTell => "cannot tell",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    public static string Limits(FairnessLimits limits) =>
        $"gap of at most {Points(limits.MostGap, "0.####")} percentage points, ratio of at least {Ratio(limits.LeastRatio)}, groups of at least {InWords.Count(limits.LeastAffluent)} recorded affluents";

    /// <summary>The three rates of a table with their names, in the order of the pages.</summary>
    public static IEnumerable<(string Name, RateGap Gap)> Comparisons(FairnessTable table) =>
        [("Selection rate", table.SelectionRate), ("Recall", table.Recall), ("Precision", table.Precision)];

    /// <summary>A rate with its interval: '85.7 % (81.0 to 89.3)'.</summary>
    public static string Rate(Rate rate, WilsonInterval interval) => rate.IsDefined ? $"{InWords.Percent(rate.Share)} ({InWords.Percent(interval.Low)[..^2]} to {InWords.Percent(interval.High)[..^2]})" : "–";

    public static string Ends(WilsonInterval interval) => $"{InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)}";

    /// <summary>In percentage points: '12.3 (4.5 to 20.1)'.</summary>
    public static string Gap(RateGap gap) =>
        gap.Highest is null ? "–" : $"{Points(gap.Gap, "0.0")} ({Points(gap.GapInterval.Low, "0.0")} to {Points(gap.GapInterval.High, "0.0")})";

    public static string Ratio(RateGap gap) =>
        double.IsNaN(gap.Ratio) ? "–" : $"{Ratio(gap.Ratio)} ({Ratio(gap.RatioInterval.Low)} to {Ratio(gap.RatioInterval.High)})";

    /// <summary>Which groups the gap lies between.</summary>
    public static string Between(RateGap gap) => gap.Highest is null ? "fewer than two groups can be judged" : $"{gap.Lowest} and {gap.Highest}";

    /// <summary>Why a group has no part in the verdicts; null where it has.</summary>
    public static string? NotJudged(GroupRates group, FairnessLimits limits) =>
        group.Judged ? null
        : !group.HasFigures ? $"cannot tell: fewer than {GroupRates.LeastRows} rows, no figures"
        : $"cannot tell: fewer than {InWords.Count(limits.LeastAffluent)} recorded affluents";

    private static string Points(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Cut, not rounded, so that nothing below a limit is written as the limit.</summary>
    private static string Ratio(double ratio) => (Math.Floor((ratio * 100) + 1e-9) / 100).ToString("0.00", CultureInfo.InvariantCulture);
}

using Campaign.Learning.Metrics;

namespace Campaign.Learning.Fairness;

/// <summary>
/// One rate over the judged groups: its largest difference and its least ratio. The intervals are of the largest true difference and the
/// least true ratio among all pairs at once: each pair's (Newcombe's, Donner and Zou's) is made with Bonferroni's share of the risk, so
/// picking the extreme pair afterwards flatters nobody and blames nobody.
/// </summary>
/// <param name="Highest">The group with the highest observed rate, of equals the first; null where fewer than two groups are judged.</param>
/// <param name="Lowest">The group with the lowest.</param>
/// <param name="Gap">Highest less lowest observed rate, 0 to 1; NaN where fewer than two groups are judged.</param>
/// <param name="GapInterval">0 to 1; undefined likewise.</param>
/// <param name="Ratio">Lowest over highest observed rate, 0 to 1; NaN likewise, and where all rates are 0.</param>
/// <param name="RatioInterval">0 to 1; undefined likewise.</param>
/// <param name="GapVerdict">Against <see cref="FairnessLimits.MostGap"/>.</param>
/// <param name="RatioVerdict">Against <see cref="FairnessLimits.LeastRatio"/>.</param>
public sealed record RateGap(
    string? Highest,
    string? Lowest,
    double Gap,
    Interval GapInterval,
    double Ratio,
    Interval RatioInterval,
    FairnessVerdict GapVerdict,
    FairnessVerdict RatioVerdict)
{
    private static readonly RateGap Unknown = new(
        null, null, double.NaN, Interval.Undefined, double.NaN, Interval.Undefined, FairnessVerdict.CannotTell, FairnessVerdict.CannotTell);

    /// <summary>Of both limits together.</summary>
    public FairnessVerdict Verdict => FairnessVerdicts.Together(GapVerdict, RatioVerdict);

    /// <param name="groups">Undefined rates are passed over.</param>
    /// <param name="limits">What the bank allows.</param>
    public static RateGap Of(IReadOnlyList<(string Group, Rate Rate)> groups, FairnessLimits limits)
    {
        (string Group, Rate Rate)[] rising = [.. groups.Where(group => group.Rate.IsDefined).OrderBy(group => group.Rate.Share)];
        if (rising.Length < 2)
        {
            return Unknown;
        }

        var confidence = 1 - ((1 - limits.Confidence) * 2 / (rising.Length * (rising.Length - 1.0)));
        Interval gap = new(0, 0), ratio = new(1, 1);
        for (var high = 1; high < rising.Length; high++)
        {
            for (var low = 0; low < high; low++)
            {
                // |difference| and min(ratio, 1 / ratio): where the interval holds equality, the other direction may be the larger.
                var difference = RateComparison.Difference(rising[high].Rate, rising[low].Rate, confidence);
                gap = new Interval(Math.Max(gap.Low, difference.Low), Math.Max(gap.High, Math.Max(difference.High, -difference.Low)));
                var quotient = RateComparison.Ratio(rising[low].Rate, rising[high].Rate, confidence);
                ratio = new Interval(Math.Min(ratio.Low, Math.Min(quotient.Low, 1 / quotient.High)), Math.Min(ratio.High, quotient.High));
            }
        }

        var (highest, lowest) = (rising.First(group => group.Rate.Share == rising[^1].Rate.Share), rising[0]);
        var allZero = highest.Rate.Count == 0;
        return new RateGap(
            highest.Group,
            lowest.Group,
            highest.Rate.Share - lowest.Rate.Share,
            gap,
            allZero ? double.NaN : lowest.Rate.Share / highest.Rate.Share,
            allZero ? Interval.Undefined : ratio,
            gap.High <= limits.MostGap ? FairnessVerdict.Inside : gap.Low > limits.MostGap ? FairnessVerdict.Outside : FairnessVerdict.CannotTell,
            allZero ? FairnessVerdict.CannotTell
                : ratio.Low >= limits.LeastRatio ? FairnessVerdict.Inside
                : ratio.High < limits.LeastRatio ? FairnessVerdict.Outside : FairnessVerdict.CannotTell);
    }
}

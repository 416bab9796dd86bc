namespace Campaign.Learning.Metrics;

/// <summary>Where a quantity lies with a stated confidence, two-sided; both NaN where undefined.</summary>
public readonly record struct Interval(double Low, double High)
{
    public static Interval Undefined { get; } = new(double.NaN, double.NaN);

    public bool IsDefined => !double.IsNaN(Low) && !double.IsNaN(High);

    public double Width => High - Low;

    /// <summary>Both ends count.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>Normal on the logit scale, so that it stays within 0 and 1; undefined for a share of 0 or 1.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="standardError">0 or above.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    internal static Interval OnLogitScale(double share, double standardError, double confidence)
    {
        if (share is <= 0 or >= 1)
        {
            return Undefined;
        }

        double logit = Math.Log(share / (1 - share)), half = NormalQuantile.TwoSided(confidence) * standardError / (share * (1 - share));
        return new Interval(LogOdds.ToScore(logit - half), LogOdds.ToScore(logit + half));
    }

    /// <summary>The middle share of values that a bootstrap gave (percentile method, linear between neighbours); NaN values are left out.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>Undefined where more than one in twenty values is NaN, or there is none.</returns>
    public static Interval Percentile(ReadOnlySpan<double> values, double confidence)
    {
        double[] sorted = [.. values.ToArray().Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 || (values.Length - sorted.Length) * 20 > values.Length
            ? Undefined
            : new Interval(Quantile(sorted, (1 - confidence) / 2), Quantile(sorted, (1 + confidence) / 2));
    }

    /// <summary>Linear between the neighbours at (n - 1) x share (Hyndman and Fan's type 7, numpy's default).</summary>
    /// <param name="sorted">Rising, at least one.</param>
    internal static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}

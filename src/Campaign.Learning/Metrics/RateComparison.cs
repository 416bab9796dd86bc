namespace Campaign.Learning.Metrics;

/// <summary>Two rates of different rows side by side, with intervals made from their Wilson intervals.</summary>
public static class RateComparison
{
    /// <summary>First less second, -1 to 1: Newcombe's hybrid score interval (1998, method 10, without continuity correction).</summary>
    /// <param name="first">Of independent rows.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>Undefined where one of the rates is.</returns>
    public static Interval Difference(Rate first, Rate second, double confidence = 0.95)
    {
        if (!first.IsDefined || !second.IsDefined)
        {
            return Interval.Undefined;
        }

        var z = NormalQuantile.TwoSided(confidence);
        var (a, b) = (WilsonInterval.Of(first, z), WilsonInterval.Of(second, z));
        var difference = first.Share - second.Share;
        return new Interval(
            difference - Hypotenuse(first.Share - a.Low, b.High - second.Share),
            difference + Hypotenuse(a.High - first.Share, second.Share - b.Low));
    }

    /// <summary>First over second, 0 to infinity, from the same intervals by the square-and-add rule for ratios (Donner and Zou 2012).</summary>
    /// <param name="first">Of independent rows.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>Undefined where one of the rates is; its upper end is infinite where the second rate may be 0.</returns>
    public static Interval Ratio(Rate first, Rate second, double confidence = 0.95)
    {
        if (!first.IsDefined || !second.IsDefined)
        {
            return Interval.Undefined;
        }

        var z = NormalQuantile.TwoSided(confidence);
        var (a, b) = (WilsonInterval.Of(first, z), WilsonInterval.Of(second, z));
        double p = first.Share, q = second.Share, product = p * q;
        var low = (product - Root((product * product) - (a.Low * b.High * ((2 * p) - a.Low) * ((2 * q) - b.High)))) / (b.High * ((2 * q) - b.High));
        var high = (product + Root((product * product) - (a.High * b.Low * ((2 * p) - a.High) * ((2 * q) - b.Low)))) / (b.Low * ((2 * q) - b.Low));
        return new Interval(a.Low == 0 ? 0 : low, b.Low == 0 ? double.PositiveInfinity : high);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));

    /// <summary>Below 0 only by rounding.</summary>
    private static double Root(double value) => Math.Sqrt(Math.Max(0, value));
}

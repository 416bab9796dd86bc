namespace Campaign.Learning.Metrics;

/// <summary>
/// Where the true share behind a <see cref="Rate"/> lies with 95 % confidence, two-sided: Wilson's score interval (Wilson 1927), without
/// continuity correction. 0 to 1; both NaN where the rate is undefined.
/// </summary>
public readonly record struct WilsonInterval(double Low, double High)
{
    private const double Z = 1.959963984540054; // standard normal, 97.5 %

    public static WilsonInterval Of(Rate rate) => Of(rate, Z);

    /// <param name="rate">Defined or not.</param>
    /// <param name="z">The standard normal's quantile that another confidence takes, above 0.</param>
    internal static WilsonInterval Of(Rate rate, double z)
    {
        if (!rate.IsDefined)
        {
            return new WilsonInterval(double.NaN, double.NaN);
        }

        double count = rate.OutOf, share = rate.Share;
        var scale = 1 + (z * z / count);
        var centre = (share + (z * z / (2 * count))) / scale;
        var half = z / scale * Math.Sqrt((share * (1 - share) / count) + (z * z / (4 * count * count)));
        return new WilsonInterval(
            rate.Count == 0 ? 0 : Math.Max(0, centre - half),
            rate.Count == rate.OutOf ? 1 : Math.Min(1, centre + half));
    }
}

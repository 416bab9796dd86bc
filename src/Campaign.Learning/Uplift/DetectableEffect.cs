using System.Globalization;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Uplift;

/// <summary>Customers to contact and to keep back so that an effect can be shown.</summary>
public readonly record struct GroupSizes(long Targets, long Controls);

/// <summary>
/// What a campaign with a control group can show: a two-sided test at 5 % with a power of 80 %, by the normal approximation with each group's
/// own variance. With d the difference of the response rates p (control) and q (contacted), C control customers and T contacted ones:
/// d^2 = (1.960 + 0.842)^2 x (p(1 - p) / C + q(1 - q) / T).
/// </summary>
/// <param name="Targets">Customers to contact, 0 or more.</param>
/// <param name="Controls">Customers kept back, 0 or more.</param>
/// <param name="BaseRate">Response without the campaign, above 0 and below 1: a guess.</param>
/// <param name="HopedRate">Response with it, above the base rate and at most 1: a guess.</param>
public readonly record struct DetectableEffect(long Targets, long Controls, double BaseRate, double HopedRate)
{
    /// <summary>The split that sizes are told for where there is no control group yet.</summary>
    public const double UsualTargetsPerControl = 9;

    private const double Significance = 0.05;
    private const double Power = 0.8;

    private static readonly double SquaredQuantiles = Math.Pow(NormalQuantile.TwoSided(1 - Significance) + NormalQuantile.Of(Power), 2);

    /// <summary>The smallest rise of the response rate that can be shown, above 0; NaN without either group, or where not even a response of all could be told.</summary>
    public double SmallestRise
    {
        get
        {
            if (Targets <= 0 || Controls <= 0 || BaseRate is not (> 0 and < 1))
            {
                return double.NaN;
            }

            // d^2 (1 + s) - d s (1 - 2p) - (z^2 / C + s) p(1 - p) = 0 with s = z^2 / T.
            double own = SquaredQuantiles / Targets, variance = BaseRate * (1 - BaseRate);
            var linear = own * (1 - (2 * BaseRate));
            var rise = (linear + Math.Sqrt((linear * linear) + (4 * (1 + own) * ((SquaredQuantiles / Controls) + own) * variance))) / (2 * (1 + own));
            return BaseRate + rise <= 1 ? rise : double.NaN;
        }
    }

    /// <summary>The rise hoped for can be shown.</summary>
    public bool IsEnough => SmallestRise <= HopedRate - BaseRate;

    /// <summary>What it would take at the same split, or at <see cref="UsualTargetsPerControl"/> where nobody is kept back or contacted.</summary>
    public GroupSizes Needed => SizesFor(BaseRate, HopedRate, Targets > 0 && Controls > 0 ? (double)Targets / Controls : UsualTargetsPerControl);

    /// <summary>Whether the rise hoped for can be shown, and what size would show it.</summary>
    public string Sentence
    {
        get
        {
            string @base = Percent(BaseRate), hoped = Percent(HopedRate);
            if (IsEnough)
            {
                return $"This campaign can show an effect of {Points(SmallestRise)} or more on a base of {@base}.";
            }

            var needed = Needed;
            var sizes = string.Create(
                CultureInfo.InvariantCulture, $"{needed.Controls:N0} control customers would be needed, with {needed.Targets:N0} to contact");
            return Controls <= 0 || Targets <= 0
                ? $"Without a control group nobody can say what this campaign brings: to show a rise from {@base} to {hoped}, {sizes}."
                : $"Too small to measure a rise from {@base} to {hoped}: {sizes}."
                    + (double.IsNaN(SmallestRise) ? "" : $" As it is, {Points(SmallestRise)} or more would show.");
        }
    }

    /// <param name="baseRate">Above 0 and below 1.</param>
    /// <param name="responseRate">Another rate, 0 to 1.</param>
    /// <param name="targetsPerControl">Above 0: 1 for equal groups, 9 where one in ten is kept back.</param>
    /// <returns>Each rounded up by itself.</returns>
    public static GroupSizes SizesFor(double baseRate, double responseRate, double targetsPerControl)
    {
        if (!(baseRate is > 0 and < 1 && responseRate is >= 0 and <= 1 && baseRate != responseRate && targetsPerControl > 0 && double.IsFinite(targetsPerControl)))
        {
            throw new ArgumentException("Two different rates between 0 and 1, and a split above 0.");
        }

        var difference = responseRate - baseRate;
        var controls = SquaredQuantiles * ((baseRate * (1 - baseRate)) + (responseRate * (1 - responseRate) / targetsPerControl)) / (difference * difference);
        return new GroupSizes(RoundUp(controls * targetsPerControl), RoundUp(controls));
    }

    /// <summary>A whole number that rounding has lifted by a hair stays what it is.</summary>
    private static long RoundUp(double size) => (long)Math.Ceiling(size - 1e-9);

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>Rounded up, so that what is said to show does show.</summary>
    private static string Points(double rise)
    {
        var tenths = Math.Ceiling((1000 * rise) - 1e-9);
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:0.#} {(tenths == 10 ? "point" : "points")}");
    }
}

using System.Text.Json.Serialization;

namespace Campaign.Learning.Calibration;

/// <summary>
/// From log-odds to the probability of being RECORDED affluent: rising (never falling), above 0 and below 1. Not the probability of being
/// affluent: hidden affluents count as normal in it. A plain record, so that it can be stored beside a model.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(Isotonic), "isotonic")]
[JsonDerivedType(typeof(Platt), "platt")]
public abstract record CalibrationMap
{
    /// <summary>
    /// From so many recorded affluents on the map is isotonic, below it is Platt's. Measured (docs/modelling.md): below, the free form costs
    /// more by chance than it gains; above, the two differ by less than 0.0005 of log-loss.
    /// </summary>
    public const int IsotonicFrom = 5000;

    private CalibrationMap()
    {
    }

    /// <param name="logOdds">Any number; infinite ones count as beyond all others.</param>
    /// <returns>Above 0 and below 1; NaN for NaN.</returns>
    public abstract double Probability(double logOdds);

    /// <summary>One probability for each log-odds.</summary>
    public double[] ProbabilitiesOf(ReadOnlySpan<double> logOdds)
    {
        var probabilities = new double[logOdds.Length];
        for (var row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = Probability(logOdds[row]);
        }

        return probabilities;
    }

    /// <summary>The map by the rule of <see cref="IsotonicFrom"/>.</summary>
    /// <param name="logOdds">Out of fold, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty, or log-odds are no finite number.</exception>
    public static CalibrationMap Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent) =>
        affluent.Count(true) >= IsotonicFrom ? IsotonicRegression.Fit(logOdds, affluent) : PlattScaling.Fit(logOdds, affluent);

    internal static void Require(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent)
    {
        if (logOdds.Length != affluent.Length || logOdds.Length == 0)
        {
            throw new ArgumentException($"{logOdds.Length} log-odds but {affluent.Length} classes.");
        }

        foreach (var value in logOdds)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("Log-odds are not a finite number.");
            }
        }
    }

    /// <summary>Straight lines between knots; level before the first and after the last.</summary>
    /// <param name="LogOdds">Of the knots, strictly rising, at least one.</param>
    /// <param name="Probabilities">Of the knots, never falling.</param>
    public sealed record Isotonic(IReadOnlyList<double> LogOdds, IReadOnlyList<double> Probabilities) : CalibrationMap
    {
        public override double Probability(double logOdds)
        {
            if (double.IsNaN(logOdds))
            {
                return double.NaN;
            }

            int below = -1, above = LogOdds.Count;
            while (above - below > 1)
            {
                var middle = below + ((above - below) / 2);
                (below, above) = LogOdds[middle] <= logOdds ? (middle, above) : (below, middle);
            }

            if (below < 0 || above == LogOdds.Count)
            {
                return Probabilities[below < 0 ? 0 : below];
            }

            var share = (logOdds - LogOdds[below]) / (LogOdds[above] - LogOdds[below]);
            return Probabilities[below] + (share * (Probabilities[above] - Probabilities[below]));
        }
    }

    /// <summary>1 / (1 + e^-(slope x log-odds + intercept)), held off 0 and 1 by 1e-15.</summary>
    /// <param name="Slope">0 or more.</param>
    public sealed record Platt(double Slope, double Intercept) : CalibrationMap
    {
        private const double Edge = 1e-15;

        public override double Probability(double logOdds) =>
            Math.Clamp(Learning.LogOdds.ToScore(Slope == 0 ? Intercept : (Slope * logOdds) + Intercept), Edge, 1 - Edge);
    }
}

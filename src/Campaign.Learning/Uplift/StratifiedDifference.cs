using Campaign.Learning.Metrics;

namespace Campaign.Learning.Uplift;

/// <summary>Contacted and control customers that were drawn from each other: their responses.</summary>
/// <param name="Target">Of those to contact, those who responded.</param>
/// <param name="Control">Of those kept back, those who responded.</param>
public readonly record struct UpliftStratum(Rate Target, Rate Control);

/// <summary>
/// Difference of response rates over strata, each weighted by its share of the target customers, with the 95 % score interval of Miettinen and
/// Nurminen (1985): the differences that the test with each stratum's most likely rates under that difference does not refuse. It holds up with
/// few control customers, or none who responded, in a stratum.
/// </summary>
internal static class StratifiedDifference
{
    /// <summary>Halvings of the interval that holds an end: to 1e-12.</summary>
    private const int Halvings = 41;

    /// <param name="strata">Each with customers in both groups.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static (double Difference, Interval Interval) Of(IReadOnlyList<UpliftStratum> strata, double confidence = 0.95)
    {
        double targets = strata.Sum(stratum => stratum.Target.OutOf);
        double[] weights = [.. strata.Select(stratum => stratum.Target.OutOf / targets)];
        var difference = strata.Select((stratum, i) => weights[i] * (stratum.Target.Share - stratum.Control.Share)).Sum();
        var z = NormalQuantile.TwoSided(confidence);
        return (difference, new Interval(End(-1), End(1)));

        double End(int side)
        {
            double inside = difference, outside = side;
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (inside + outside) / 2;
                var isInside = Math.Abs(difference - middle) <= z * Math.Sqrt(VarianceAt(middle));
                (inside, outside) = isInside ? (middle, outside) : (inside, middle);
            }

            return inside;
        }

        double VarianceAt(double at) => strata.Select((stratum, i) => weights[i] * weights[i] * Variance(stratum, at)).Sum();
    }

    /// <summary>Of a stratum's observed difference, where the true one is <paramref name="difference"/>.</summary>
    private static double Variance(UpliftStratum stratum, double difference)
    {
        double targets = stratum.Target.OutOf, controls = stratum.Control.OutOf, all = targets + controls;
        var target = LikelyTargetRate(stratum, difference);
        var control = Math.Clamp(target - difference, 0, 1);
        return ((target * (1 - target) / targets) + (control * (1 - control) / controls)) * all / (all - 1);
    }

    /// <summary>The likeliest response rate of the target customers where that of the control customers is lower by the difference: the root of a cubic (Farrington and Manning 1990).</summary>
    private static double LikelyTargetRate(UpliftStratum stratum, double difference)
    {
        var ratio = (double)stratum.Control.OutOf / stratum.Target.OutOf;
        double target = stratum.Target.Share, control = stratum.Control.Share;
        var a = 1 + ratio;
        var b = -(1 + ratio + target + (ratio * control) + (difference * (ratio + 2)));
        var c = (difference * difference) + (difference * ((2 * target) + ratio + 1)) + target + (ratio * control);
        var d = -target * difference * (1 + difference);
        var third = b / (3 * a);
        var v = (third * third * third) - (b * c / (6 * a * a)) + (d / (2 * a));
        var u = Math.CopySign(Math.Sqrt(Math.Max(0, (third * third) - (c / (3 * a)))), v);
        var angle = u == 0 ? Math.PI / 2 : (Math.PI + Math.Acos(Math.Clamp(v / (u * u * u), -1, 1))) / 3;
        return Math.Clamp((2 * u * Math.Cos(angle)) - third, Math.Max(0, difference), Math.Min(1, 1 + difference));
    }
}

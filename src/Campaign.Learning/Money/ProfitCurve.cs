using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Money;

/// <summary>What is expected of contacting all candidates at or above a score.</summary>
/// <param name="Contacts">Customers.</param>
/// <param name="ExpectedAffluents">Of them, 0 to all.</param>
/// <param name="Recall">Of the recorded affluents, those at or above the score.</param>
/// <param name="Profit">In the economics' currency; may be negative.</param>
/// <param name="ProfitRange">
/// For the ends of the estimate of how many affluents are hidden; that the economics are a guess is not in it.
/// </param>
public readonly record struct ProfitPoint(double Score, int Contacts, double ExpectedAffluents, Rate Recall, double Profit, Interval ProfitRange);

/// <summary>Expected profit by threshold, one point for each of a <see cref="ThresholdCurve"/>'s, from the highest score down.</summary>
/// <param name="BreakEvenShare"><see cref="CampaignEconomics.BreakEvenShare"/>.</param>
/// <param name="Best">
/// The highest expected profit, of equal ones the shortest list; null where no list is expected to bring more than contacting nobody, 0.
/// </param>
public sealed record ProfitCurve(IReadOnlyList<ProfitPoint> Points, double BreakEvenShare, ProfitPoint? Best)
{
    /// <param name="curve">The run's.</param>
    /// <param name="expected">Among each point's customers.</param>
    /// <param name="economics">A person's guess.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ProfitCurve Of(ThresholdCurve curve, ExpectedAffluents expected, CampaignEconomics economics)
    {
        Require(curve, expected);
        ProfitPoint[] points = [.. curve.Points.Select((point, i) =>
            PointOf(curve, point, (expected.Low[i], expected.Mid[i], expected.High[i]), economics))];
        ProfitPoint? best = null;
        foreach (var point in points)
        {
            best = point.Profit > (best?.Profit ?? 0) ? point : best;
        }

        return new ProfitCurve(points, economics.BreakEvenShare, best);
    }

    /// <summary>
    /// At a threshold that need not be on the curve: its affluents lie between those of the neighbouring points in proportion to its customers
    /// (above the highest point, between none and that point's; below the lowest, that point's).
    /// </summary>
    /// <param name="curve">The run's.</param>
    /// <param name="expected">Among each point's customers.</param>
    /// <param name="economics">A person's guess.</param>
    /// <param name="at">Exact counts at the threshold.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ProfitPoint At(ThresholdCurve curve, ExpectedAffluents expected, CampaignEconomics economics, ThresholdPoint at)
    {
        Require(curve, expected);
        int above = -1, below = curve.Points.Count;
        while (below - above > 1)
        {
            var middle = above + ((below - above) / 2);
            (above, below) = curve.Points[middle].Customers <= at.Customers ? (middle, below) : (above, middle);
        }

        var fewer = above < 0 ? 0 : curve.Points[above].Customers;
        var share = below == curve.Points.Count ? 0 : (double)(at.Customers - fewer) / (curve.Points[below].Customers - fewer);
        double Between(IReadOnlyList<double> numbers)
        {
            var low = above < 0 ? 0 : numbers[above];
            return below == numbers.Count ? low : low + (share * (numbers[below] - low));
        }

        return PointOf(curve, at, (Between(expected.Low), Between(expected.Mid), Between(expected.High)), economics);
    }

    private static ProfitPoint PointOf(ThresholdCurve curve, ThresholdPoint point, (double Low, double Mid, double High) expected, CampaignEconomics economics) => new(
        point.Score,
        point.Customers,
        expected.Mid,
        new Rate(point.SelectedAffluent, curve.AffluentRows),
        economics.Profit(point.Customers, expected.Mid),
        new Interval(economics.Profit(point.Customers, expected.Low), economics.Profit(point.Customers, expected.High)));

    private static void Require(ThresholdCurve curve, ExpectedAffluents expected)
    {
        if (curve.Points.Count != expected.Low.Count || curve.Points.Count != expected.Mid.Count || curve.Points.Count != expected.High.Count)
        {
            throw new ArgumentException($"{curve.Points.Count} points but {expected.Low.Count}, {expected.Mid.Count} and {expected.High.Count} expected numbers.");
        }
    }
}

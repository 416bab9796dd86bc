using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Money;

/// <summary>What is expected of contacting all candidates at or above a score.</summary>
/// <param name="Contacts">Customers.</param>
/// <param name="ExpectedAffluents">Of them, 0 to all.</param>
/// <param name="Recall">Of the recorded affluents, those at or above the score.</param>
/// <param name="Profit">In the economics' currency; may be negative.</param>
public readonly record struct ProfitPoint(double Score, int Contacts, double ExpectedAffluents, Rate Recall, double Profit);

/// <summary>The longest list that a budget pays for.</summary>
/// <param name="RecallLost">
/// Of the recorded affluents, the share that the threshold in force selects and this list would not: 0 or more; NaN without affluents.
/// </param>
public readonly record struct BudgetedPoint(ProfitPoint Point, double RecallLost);

/// <summary>Expected profit by threshold, one point for each of a <see cref="ThresholdCurve"/>'s, from the highest score down.</summary>
/// <param name="BreakEvenShare"><see cref="CampaignEconomics.BreakEvenShare"/>.</param>
/// <param name="Best">
/// The highest expected profit, of equal ones the shortest list; null where no list is expected to bring more than contacting nobody, 0.
/// </param>
public sealed record ProfitCurve(IReadOnlyList<ProfitPoint> Points, double BreakEvenShare, ProfitPoint? Best)
{
    /// <param name="curve">The run's.</param>
    /// <param name="expectedAffluents">Among each point's customers, from <see cref="ExpectedAffluents.At"/>; one a point.</param>
    /// <param name="economics">A person's guess.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ProfitCurve Of(ThresholdCurve curve, IReadOnlyList<double> expectedAffluents, CampaignEconomics economics)
    {
        if (curve.Points.Count != expectedAffluents.Count)
        {
            throw new ArgumentException($"{curve.Points.Count} points but {expectedAffluents.Count} expected numbers.");
        }

        ProfitPoint[] points = [.. curve.Points.Select((point, i) => new ProfitPoint(
            point.Score,
            point.Customers,
            expectedAffluents[i],
            new Rate(point.SelectedAffluent, curve.AffluentRows),
            economics.Profit(point.Customers, expectedAffluents[i])))];
        ProfitPoint? best = null;
        foreach (var point in points)
        {
            best = point.Profit > (best?.Profit ?? 0) ? point : best;
        }

        return new ProfitCurve(points, economics.BreakEvenShare, best);
    }

    /// <summary>The lowest point with at most so many contacts.</summary>
    /// <param name="contacts">0 or more; what a sum of money pays for is the sum over the cost of a contact, rounded down.</param>
    /// <param name="inForce">The threshold that it is compared with.</param>
    /// <returns>Null where already the highest point has more.</returns>
    public BudgetedPoint? Within(int contacts, OperatingThreshold inForce)
    {
        ProfitPoint? within = null;
        double recallInForce = 0;
        foreach (var point in Points)
        {
            within = point.Contacts <= contacts ? point : within;
            recallInForce = inForce.Selects(point.Score) ? point.Recall.Share : recallInForce;
        }

        // Math.Max keeps NaN.
        return within is { } found ? new BudgetedPoint(found, Math.Max(0, recallInForce - found.Recall.Share)) : null;
    }
}

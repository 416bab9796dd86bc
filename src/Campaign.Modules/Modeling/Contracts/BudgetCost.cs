using System.Text.Json.Serialization;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>What a budget costs against the promise that the run was trained for.</summary>
/// <param name="Recall">The promise's floor, 0 to 1.</param>
/// <param name="Confidence">The promise's, 0 to 1.</param>
/// <param name="GivenUp">Of the recorded affluents, those that the promise's threshold finds and the budget's does not.</param>
public sealed record BudgetCost(double Recall, double Confidence, Rate GivenUp)
{
    /// <summary>Null where the promise could not be made.</summary>
    public static BudgetCost? Of(ModelRunSummary run, ThresholdCurve curve, ThresholdPoint point) =>
        curve.GivenUpWith(point) is { } givenUp ? new(run.RecallFloor, run.Confidence, givenUp) : null;

    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var promise = $"the promise (at least {InWords.ShortPercent(Recall)} of the affluents, {InWords.ShortPercent(Confidence)} sure)";
            if (GivenUp.Count == 0)
            {
                return $"This budget is enough for {promise}: it gives up no recorded affluent that the promise's cut-off finds.";
            }

            var interval = WilsonInterval.Of(GivenUp);
            return $"What this budget costs against {promise}: {InWords.Percent(GivenUp.Share)} of the recorded affluents "
                + $"({InWords.Count(GivenUp.Count)} of {InWords.Count(GivenUp.OutOf)}; 95 % interval {InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)}) "
                + "that the promise's cut-off finds and this one does not.";
        }
    }
}

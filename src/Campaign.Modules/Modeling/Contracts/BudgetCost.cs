using System.Text.Json.Serialization;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>What a budget costs against the promise that the run was trained for.</summary>
/// <param name="Promise">The run's.</param>
/// <param name="GivenUp">Of the known affluents, those that the promise's threshold finds and the budget's does not.</param>
public sealed record BudgetCost(RecallPromise Promise, Rate GivenUp)
{
    /// <summary>Null where the promise could not be made.</summary>
    public static BudgetCost? Of(ModelRunSummary run, ThresholdCurve curve, ThresholdPoint point) =>
        OperatingThreshold.PromiseOn(curve, run.RecallFloor, run.Confidence) is { } promise ? new(promise, promise.GivenUpWith(point.SelectedAffluent)) : null;

    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var promise = $"the promise (at least {InWords.ShortPercent(Promise.Recall)} of the affluents, {InWords.ShortPercent(Promise.Confidence)} sure)";
            if (GivenUp.Count == 0)
            {
                return $"This budget is enough for {promise}: it gives up no known affluent that the promise's cut-off finds.";
            }

            var interval = WilsonInterval.Of(GivenUp);
            return $"What this budget costs against {promise}: {InWords.Percent(GivenUp.Share)} of the known affluents "
                + $"({InWords.Count(GivenUp.Count)} of {InWords.Count(GivenUp.OutOf)}; 95 % interval {InWords.Percent(interval.Low)} to {InWords.Percent(interval.High)}) "
                + "that the promise's cut-off finds and this one does not.";
        }
    }
}

using System.Globalization;
using Campaign.Learning.Calibration;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>How far a run's numbers can be trusted: their 95 % intervals, its probabilities, and how many affluents may be hidden.</summary>
/// <param name="Auc">Interval; undefined where the area under the ROC curve is 0 or 1.</param>
/// <param name="AveragePrecision">Interval; undefined where average precision is 1.</param>
/// <param name="LiftTopDecile">Interval; undefined where the top tenth has none or all of the affluents.</param>
/// <param name="KnownAffluent">Customers recorded affluent.</param>
/// <param name="Hidden">Null where it can't be estimated: see <see cref="HiddenEstimate.Of"/>.</param>
/// <param name="CalibrationMethod">In words, with what it is called in the literature.</param>
/// <param name="Calibration">Of the cross-fitted probabilities: no row's own class was used for its own.</param>
public sealed record RunMeasures(
    Interval Auc, Interval AveragePrecision, Interval LiftTopDecile, int KnownAffluent, HiddenEstimate? Hidden,
    string CalibrationMethod, CalibrationQuality Calibration)
{
    public const string PromiseDoesNotCarryOver =
        "The recall promise speaks of affluents like the recorded ones. It does not carry over to the hidden affluents where the less obvious ones "
        + "are the hidden ones: fewer of those are found than promised, and nothing in the file tells how many.";

    /// <summary>How many affluents are hidden, always with what that rests on.</summary>
    public string HiddenInWords => Hidden is not { } hidden
        ? KnownAffluent >= HiddenEstimate.LeastKnownAffluent
            ? "Not estimated: it looks at the very top of the ranking, and these scores tell no top from the rest, as too many customers share the highest or no more are recorded affluent there than among all."
            : $"Not estimated: {InWords.Count(KnownAffluent, "customer is", "customers are")} recorded affluent, and it takes {InWords.Count(HiddenEstimate.LeastKnownAffluent)}. "
                + "With fewer, the very top of the ranking, which the estimate looks at, is a large part of them."
        : $"Between {InWords.Count(WholeLow)} and {InWords.Count(WholeHigh)} customers recorded normal are affluent, if the hidden affluents were overlooked at random and at least "
            + $"{InWords.ShortPercent(HiddenEstimate.LeastPurity)} of the customers with the very highest scores are affluent. Where the less obvious ones are overlooked more often, it can't be known: "
            + (WholeLow > 0 ? $"at least {InWords.Count(WholeLow)}." : "there may be none, and there may be more than that.");

    /// <summary>Said where the scores may rank no better than chance; null where they surely do, or it can't be told.</summary>
    public string? ByChanceInWords => Auc is { IsDefined: true, Low: <= 0.5 }
        ? $"Warning: these scores may tell nothing. Chance has an area under the ROC curve of 0.5, and theirs is {InWords.Number(Auc.Low)} to {InWords.Number(Auc.High)} (95 % interval): "
            + "a list that keeps a recall promise is then nearly everybody. It takes columns that say more about the customers."
        : null;

    /// <summary>What the calibration's figures mean, in a sentence each.</summary>
    /// <param name="affluentShare">Of all rows, recorded affluent: what is said of everybody where nothing is known.</param>
    public string CalibrationInWords(double affluentShare) => string.Create(
        CultureInfo.InvariantCulture,
        $"Where the model says 30 %, about 30 in 100 should be recorded affluent: over all rows the two differ by {100 * Calibration.ExpectedCalibrationError:0.0} percentage points on average "
        + $"(expected calibration error). The squared distance between probability and recorded class is {InWords.Number(Calibration.Brier)} on average (Brier score): 0 would be perfect, and "
        + $"giving everybody the file's {InWords.Percent(affluentShare)} comes to {InWords.Number(affluentShare * (1 - affluentShare))}.");

    /// <summary>Whole customers, at least so many.</summary>
    public int WholeLow => Hidden is { } hidden ? (int)Math.Floor(hidden.Low) : 0;

    /// <summary>Whole customers, at most so many under the assumption.</summary>
    public int WholeHigh => Hidden is { } hidden ? (int)Math.Ceiling(hidden.High) : 0;
}

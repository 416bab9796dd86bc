using System.Globalization;

namespace Campaign.Learning.Thresholds;

/// <summary>What came of asking for a threshold.</summary>
public abstract record ThresholdOutcome
{
    private ThresholdOutcome()
    {
    }

    /// <summary>The highest score that keeps the promise.</summary>
    public sealed record Promised(OperatingThreshold Threshold, RecallPromise Promise) : ThresholdOutcome;

    /// <summary>The lowest score whose candidates fit the budget.</summary>
    /// <param name="CustomerCount">Customers that its candidates come to.</param>
    public sealed record WithinBudget(OperatingThreshold Threshold, int CustomerCount) : ThresholdOutcome;

    /// <summary>Even with every known affluent selected the promise could not be made.</summary>
    /// <param name="KnownAffluent">How many there are.</param>
    /// <param name="Needed">How many it takes.</param>
    public sealed record TooFewKnown(int KnownAffluent, int Needed) : ThresholdOutcome
    {
        /// <summary>Null where there are enough: selecting all n keeps the floor with the confidence once floor^n is at most 1 - confidence.</summary>
        public static TooFewKnown? For(int knownAffluent, double recallFloor, double confidence)
        {
            var needed = (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Log(1 - confidence) / Math.Log(recallFloor)));
            return knownAffluent < needed ? new TooFewKnown(knownAffluent, needed) : null;
        }

        /// <summary>What to tell the person who asked.</summary>
        /// <param name="kind">Of the promise: an exact one counts those held out of training only.</param>
        public RefusedException Refusal(PromiseKind kind) => new(FormattableString.Invariant(
            kind == PromiseKind.Exact
                ? $"An exact promise needs at least {Needed:N0} known affluents held out of training, and of this file's they are {KnownAffluent:N0}: ask for a tight promise, promise less, or choose by budget."
                : (FormattableString)$"This promise needs at least {Needed:N0} known affluents, and the file records {KnownAffluent:N0}: promise less, or choose by budget."))
        { ExitCode = 3 };
    }

    /// <summary>No threshold can do what was asked.</summary>
    /// <param name="Reason">One plain sentence: why, and what to do.</param>
    public sealed record NotReachable(string Reason) : ThresholdOutcome;
}

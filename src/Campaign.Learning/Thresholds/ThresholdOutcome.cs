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
    public sealed record TooFewKnown(int KnownAffluent, int Needed) : ThresholdOutcome;

    /// <summary>No threshold can do what was asked.</summary>
    /// <param name="Reason">One plain sentence: why, and what to do.</param>
    public sealed record NotReachable(string Reason) : ThresholdOutcome;
}

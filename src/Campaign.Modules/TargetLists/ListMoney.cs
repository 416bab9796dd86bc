using Campaign.Learning.Estimates;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// What contacting a customer is expected to bring and to cost, by the run's guesses and the customer's probability of being affluent. One
/// contact a customer; summed over a threshold's customers it is the middle of the run's <see cref="RunProfit"/> there.
/// </summary>
/// <param name="Guess">A person's.</param>
/// <param name="AffluentProbabilities">Of each row, if recorded normal: 0 to 1, for the middle of the estimate of the hidden affluents.</param>
public sealed record ListMoney(RunMoney Guess, IReadOnlyList<double> AffluentProbabilities)
{
    /// <param name="guess">The run's; null where nobody has said.</param>
    /// <param name="recordedProbabilities">One a row, cross-fitted, of being recorded affluent; null where the run has none.</param>
    /// <param name="hidden">The run's; null where it can't be estimated.</param>
    /// <returns>Null where one of them is.</returns>
    public static ListMoney? Of(RunMoney? guess, IReadOnlyList<double>? recordedProbabilities, HiddenEstimate? hidden)
    {
        if (guess is null || recordedProbabilities is null || hidden is null)
        {
            return null;
        }

        var recordedShare = hidden.RecordedShareAt(hidden.Mid);
        return new(guess, [.. recordedProbabilities.Select(probability => HiddenProbability.Of(probability, recordedShare))]);
    }

    public string Currency => Guess.Currency;

    /// <summary>Of one contact.</summary>
    public double Cost => Guess.CostPerContact;

    /// <summary>Expected: probability x response x value of a conversion; 0 or more.</summary>
    /// <param name="row">From 0.</param>
    public double Value(int row) => AffluentProbabilities[row] * Guess.ResponseShare * Guess.ValuePerConversion;

    /// <summary>Expected value - cost; may be negative.</summary>
    /// <param name="row">From 0.</param>
    public double Profit(int row) => Guess.Economics.Profit(contacts: 1, affluents: AffluentProbabilities[row]);
}

using Campaign.Learning.Metrics;

namespace Campaign.Learning.Thresholds;

/// <summary>
/// 'Finds at least <paramref name="Recall"/> of the affluents, <paramref name="Confidence"/> sure': an exact binomial statement that rests on
/// <paramref name="KnownAffluent"/> rows recorded affluent, each scored by models that never saw its customer, of which
/// <paramref name="Kept"/> are at or above the threshold.
/// </summary>
/// <param name="Recall">The recall floor, above 0 and below 1.</param>
/// <param name="Confidence">One-sided, above 0 and below 1.</param>
public sealed record RecallPromise(double Recall, double Confidence, int KnownAffluent, int Kept)
{
    /// <summary>
    /// What a shorter list costs: of the known affluents, those that the promise's threshold selects and the other one does not. 0 where the
    /// other selects as many or more. One threshold's rows hold the other's, so it is one share of one set of rows, with Wilson's interval.
    /// </summary>
    /// <param name="selectedAffluent">Known affluent rows at or above the other threshold.</param>
    public Rate GivenUpWith(int selectedAffluent) => new(Math.Max(0, Kept - selectedAffluent), KnownAffluent);
}

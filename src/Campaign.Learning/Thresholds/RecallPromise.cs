namespace Campaign.Learning.Thresholds;

/// <summary>
/// 'Finds at least <paramref name="Recall"/> of the affluents, <paramref name="Confidence"/> sure': an exact binomial statement that rests on
/// <paramref name="KnownAffluent"/> rows recorded affluent, each scored by models that never saw its customer, of which
/// <paramref name="Kept"/> are at or above the threshold.
/// </summary>
/// <param name="Recall">The recall floor, above 0 and below 1.</param>
/// <param name="Confidence">One-sided, above 0 and below 1.</param>
public sealed record RecallPromise(double Recall, double Confidence, int KnownAffluent, int Kept);

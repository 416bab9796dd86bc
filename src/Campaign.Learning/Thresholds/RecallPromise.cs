using System.Text.Json.Serialization;

namespace Campaign.Learning.Thresholds;

/// <summary>What a promise rests on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromiseKind>))]
public enum PromiseKind
{
    /// <summary>
    /// Out-of-fold scores of all known affluents. Each score is honest, but together they are those of several models, which share training
    /// customers: conservative by experience (reports/promise.md), not a theorem.
    /// </summary>
    Tight,

    /// <summary>
    /// Scores that the final model gave affluents held out of training altogether: a theorem for that model and further customers like those
    /// held out.
    /// </summary>
    Exact,
}

/// <summary>
/// 'Finds at least <paramref name="Recall"/> of the affluents, <paramref name="Confidence"/> sure': a binomial statement that rests on
/// <paramref name="KnownAffluent"/> rows recorded affluent, each scored by models that never saw its customer, of which
/// <paramref name="Kept"/> are at or above the threshold.
/// </summary>
/// <param name="Recall">The recall floor, above 0 and below 1.</param>
/// <param name="Confidence">One-sided, above 0 and below 1.</param>
/// <param name="Kind">Which rows, and which models.</param>
public sealed record RecallPromise(double Recall, double Confidence, int KnownAffluent, int Kept, PromiseKind Kind = PromiseKind.Tight);

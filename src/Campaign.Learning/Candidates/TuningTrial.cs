using Campaign.Learning.Metrics;

namespace Campaign.Learning.Candidates;

/// <summary>One try of the search for settings, judged out of fold on the first repeat's folds.</summary>
/// <param name="Number">From 1; the first is the recipe that needs no search.</param>
/// <param name="Recipe">With one repeat.</param>
/// <param name="RoundCount">Trees that its out-of-fold log-loss chose.</param>
/// <param name="ListSize">Recorded normals on the list that keeps the promise; null where no threshold keeps it.</param>
/// <param name="AveragePrecision">0 to 1.</param>
/// <param name="Auc">0 to 1.</param>
/// <param name="LiftTopDecile">As in <see cref="RankingMetrics"/>.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record TuningTrial(
    int Number, TrainingRecipe Recipe, int RoundCount, int? ListSize, double AveragePrecision, double Auc, double LiftTopDecile, double Seconds)
{
    /// <summary>95 %, as in <see cref="CandidateResult"/>; null where undefined.</summary>
    public Interval? AveragePrecisionInterval { get; init; }

    /// <inheritdoc cref="AveragePrecisionInterval"/>
    public Interval? AucInterval { get; init; }

    /// <inheritdoc cref="AveragePrecisionInterval"/>
    public Interval? LiftTopDecileInterval { get; init; }
}

using System.Text.Json.Serialization;
using Campaign.Learning.Candidates;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>One stage of a run with its wall time.</summary>
public sealed record StageTime(string Name, double Seconds);

/// <summary>
/// What a training found, all by row and out of fold unless it says otherwise. Rates at the threshold are not here: they are derived from
/// the scores for the threshold in force.
/// </summary>
/// <param name="Algorithm">The recommended candidate in words: 'boosted trees (XGBoost)'.</param>
/// <param name="Auc">Area under the ROC curve, 0 to 1.</param>
/// <param name="AveragePrecision">Area under the precision-recall steps, 0 to 1.</param>
/// <param name="LiftTopDecile">Share of recorded affluents in the top tenth of rows, over their share in all rows.</param>
/// <param name="Parameters">Every parameter of the recipe by XGBoost's own name, plus fold and repeat counts.</param>
/// <param name="Versions">Library and product versions by name.</param>
/// <param name="PeakMemoryBytes">Of the process, when the run ended.</param>
/// <param name="ModelHash">From <see cref="Learning.ModelPackage.HashOf"/>.</param>
/// <param name="ModelFiles">SHA-256 of each of the final model's files by its name, lower-case hex.</param>
/// <param name="Recommended">Whose scores and models the run has.</param>
/// <param name="RecommendedBecause">One sentence.</param>
/// <param name="Leaderboard">The recommended first; the baseline last.</param>
/// <param name="Trials">Of the search for settings, all of them; empty where none was asked for.</param>
/// <param name="HeldOutCustomers">Held out of training altogether, for an exact promise.</param>
/// <param name="InSampleSelectedAtHalf">Recorded normals that scoring the training rows at cut-off 0.5 would have listed (the common practice).</param>
public sealed record RunResults(
    int RowCount,
    int CustomerCount,
    int RecordedAffluentRows,
    string Algorithm,
    int FoldCount,
    int RepeatCount,
    int TreeCount,
    double Auc,
    double AveragePrecision,
    double LiftTopDecile,
    int InSampleSelectedAtHalf,
    string ModelHash,
    IReadOnlyDictionary<string, string> ModelFiles,
    CandidateKind Recommended,
    string RecommendedBecause,
    IReadOnlyList<CandidateResult> Leaderboard,
    IReadOnlyList<TuningTrial> Trials,
    int HeldOutCustomers,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<StageTime> Stages,
    long PeakMemoryBytes)
{
    /// <summary>Customers that the promise asked for comes to, as <see cref="Campaign.Learning.Thresholds.ThresholdPoint.Customers"/>; null where it can't be made.</summary>
    public int? ListSizeAtPromise { get; init; }

    /// <summary>Its line on the leaderboard, with the intervals; without customers held out of training altogether.</summary>
    [JsonIgnore]
    public CandidateResult RecommendedCandidate => Leaderboard.First(candidate => candidate.Kind == Recommended);

    /// <summary>Threads that trained: the times depend on it, the results don't. 0 where it was not kept.</summary>
    public int ThreadCount { get; init; }
}

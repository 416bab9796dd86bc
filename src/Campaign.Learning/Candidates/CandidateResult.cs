using Campaign.Learning.Metrics;

namespace Campaign.Learning.Candidates;

/// <summary>A candidate on the leaderboard; all by row and out of fold, without customers held out of training altogether.</summary>
/// <param name="Note">What else there is to say: the column of <see cref="CandidateKind.BestColumn"/>; null for nothing.</param>
/// <param name="ListSize">Recorded normals at or above the highest score that keeps the promise: what is smaller is better. Null where no score keeps it.</param>
/// <param name="Recall">Recorded affluents at or above that score.</param>
/// <param name="AveragePrecision">0 to 1.</param>
/// <param name="AveragePrecisionInterval">95 %, by the infinitesimal jackknife; null where undefined.</param>
/// <param name="Auc">0 to 1.</param>
/// <param name="AucInterval">95 %, DeLong; null where undefined.</param>
/// <param name="LiftTopDecile">As in <see cref="RankingMetrics"/>.</param>
/// <param name="LiftTopDecileInterval">95 %, as in <see cref="LiftInterval"/>; null where undefined.</param>
/// <param name="CalibrationError">Expected calibration error of the score itself, 0 to 1; lower is better.</param>
/// <param name="TreeCount">Of the final model; 0 where it has none.</param>
/// <param name="Seconds">Wall time of its training; an ensemble's is that of its parts.</param>
public sealed record CandidateResult(
    CandidateKind Kind,
    string? Note,
    int? ListSize,
    Rate? Recall,
    double AveragePrecision,
    Interval? AveragePrecisionInterval,
    double Auc,
    Interval? AucInterval,
    double LiftTopDecile,
    Interval? LiftTopDecileInterval,
    double CalibrationError,
    int TreeCount,
    double Seconds);

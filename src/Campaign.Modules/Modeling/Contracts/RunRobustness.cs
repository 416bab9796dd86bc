using Campaign.Learning.Metrics;
using Campaign.Learning.Robustness;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>How the scores of a run bear it that columns go wrong, measured when it was trained.</summary>
/// <param name="Threshold">That recall and selection are counted at: in force when the run was trained.</param>
/// <param name="RowCount">Rows that were scored again and again: a sample where the file has more.</param>
/// <param name="AffluentCount">Of these, recorded affluent; more than their share where affluents are few.</param>
/// <param name="Table">The columns that matter most, one disturbed at a time.</param>
/// <param name="Older">The same model on the file before; null where there is none to compare with.</param>
/// <param name="WhyNoOlder">One sentence; null where there is one.</param>
public sealed record RunRobustness(double Threshold, int RowCount, int AffluentCount, RobustnessTable Table, OlderFileScores? Older, string? WhyNoOlder);

/// <summary>What the models of a run say of the file before, each customer scored by models that never saw that customer.</summary>
/// <param name="UploadedUtc">When that file arrived.</param>
/// <param name="RowCount">Its rows that were scored: a sample where it has more.</param>
/// <param name="KnownRowCount">Of these, rows of customers that are in the run's file too.</param>
/// <param name="Auc">NaN where a class has no row; by the class that the older file records.</param>
/// <param name="AucInterval">95 %; undefined where the AUC is 0, 1 or NaN.</param>
/// <param name="Recall">At the same threshold.</param>
/// <param name="Selected">Of its rows, at the same threshold.</param>
public sealed record OlderFileScores(
    string FileName, DateTime UploadedUtc, int RowCount, int KnownRowCount, double Auc, Interval AucInterval, double AveragePrecision, Rate Recall, Rate Selected);

using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.TargetLists;

/// <summary>How sure the repeats of the folds are that a row is at or above the threshold.</summary>
public enum ListConfidence
{
    /// <summary>In every repeat.</summary>
    High,

    /// <summary>In at least half of the repeats.</summary>
    Medium,

    /// <summary>In fewer than half.</summary>
    Low,
}

/// <summary>What a target list is built from: a run's out-of-fold scores, the recorded customers and the campaign's choices.</summary>
/// <param name="Scores">One a row, 0 to 1, out of fold, no NaN.</param>
/// <param name="SelectedRepeats">One a row: in how many repeats of the folds the row was at or above the threshold, 0 to <paramref name="RepeatCount"/>.</param>
/// <param name="RepeatCount">Repeats of the folds, at least 1.</param>
/// <param name="Customers">Recorded class and customer of every row, ids by customer.</param>
/// <param name="RejectedRowCount">Rows of the file that were left out when it was read; they are not among the scores.</param>
/// <param name="Budget">At most so many customers to contact, 1 or more; null for all.</param>
/// <param name="ControlShare">0 to below 1: the share of the customers reached that is deliberately not contacted.</param>
/// <param name="Seed">Fixes ties and the control group.</param>
public sealed record TargetListInputs(
    IReadOnlyList<double> Scores,
    IReadOnlyList<int> SelectedRepeats,
    int RepeatCount,
    RecordedCustomers Customers,
    int RejectedRowCount,
    OperatingThreshold Threshold,
    int? Budget,
    double ControlShare,
    int Seed);

/// <summary>A customer of the list or of its control group.</summary>
/// <param name="Row">The customer's highest row, counted from 1; the earliest of rows with the same score.</param>
/// <param name="Score">That row's, 0 to 1.</param>
/// <param name="Band">A the top 10 % of the list, B the next 20 %, C the next 30 %, D the rest; edges are rounded up, so A is never empty.</param>
/// <param name="Priority">Rank on the list by score, from 1, no two the same; ties in the seed's order. Control customers are ranked among themselves.</param>
public sealed record ListedCustomer(string CustomerId, int Row, double Score, char Band, ListConfidence Confidence, int Priority);

/// <summary>Why a candidate is neither on the list nor in its control group. Each has exactly one cause: the first gate that stopped it.</summary>
public enum ExclusionCause
{
    RecordedAffluentInAnotherRow,
    BeyondBudget,
}

/// <summary>A customer with a candidate row who is not on the list.</summary>
/// <param name="Row">The customer's highest candidate row, counted from 1.</param>
public sealed record ExcludedCustomer(string CustomerId, int Row, ExclusionCause Cause);

/// <summary>
/// A built target list: customers to contact, control group and excluded customers are disjoint and together are all customers with a
/// candidate row (recorded normal, at or above the threshold).
/// </summary>
/// <param name="Listed">To contact, by priority.</param>
/// <param name="Control">Eligible, deliberately not contacted, by score.</param>
/// <param name="Excluded">In the file's order of their highest candidate row.</param>
public sealed record TargetListSelection(
    IReadOnlyList<ListedCustomer> Listed,
    IReadOnlyList<ListedCustomer> Control,
    IReadOnlyList<ExcludedCustomer> Excluded,
    ListCounts Counts);

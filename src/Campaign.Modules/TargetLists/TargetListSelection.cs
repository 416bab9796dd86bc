using System.Text.Json.Serialization;
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

/// <summary>What a target list is built from: a run's out-of-fold scores, the recorded customers, the campaign's choices and what is known against contacts.</summary>
/// <param name="Scores">One a row, 0 to 1, out of fold, no NaN.</param>
/// <param name="SelectedRepeats">One a row: in how many repeats of the folds the row was at or above the threshold, 0 to <paramref name="RepeatCount"/>.</param>
/// <param name="RepeatCount">Repeats of the folds, at least 1.</param>
/// <param name="Customers">Recorded class and customer of every row, ids by customer.</param>
/// <param name="RejectedRowCount">Rows of the file that were left out when it was read; they are not among the scores.</param>
public sealed record TargetListInputs(
    IReadOnlyList<double> Scores,
    IReadOnlyList<int> SelectedRepeats,
    int RepeatCount,
    RecordedCustomers Customers,
    int RejectedRowCount,
    OperatingThreshold Threshold,
    ListDefinition Definition)
{
    public RowGates Gates { get; init; } = new();

    /// <summary>Ids that nobody may contact; null where no do-not-contact list is in force.</summary>
    public IReadOnlySet<string>? Suppressed { get; init; }

    /// <summary>By id, the channels by which a customer has been contacted as often as the bank allows; null where no cap is set.</summary>
    public IReadOnlyDictionary<string, ContactChannels>? AtCap { get; init; }

    /// <summary>Ids in the control group of another campaign that is running.</summary>
    public IReadOnlySet<string> InOtherControl { get; init; } = new HashSet<string>();
}

/// <summary>A customer of the list or of its control group.</summary>
/// <param name="Row">The customer's highest row, counted from 1; the earliest of rows with the same score.</param>
/// <param name="Score">That row's, 0 to 1.</param>
/// <param name="Band">A the top 10 % of the list, B the next 20 %, C the next 30 %, D the rest; edges are rounded up, so A is never empty.</param>
/// <param name="Priority">Rank on the list by score, from 1, no two the same; ties in the seed's order. Control customers are ranked among themselves.</param>
public sealed record ListedCustomer(string CustomerId, int Row, double Score, char Band, ListConfidence Confidence, int Priority)
{
    /// <summary>The name of the first chosen segment that the customer is in; null where the list has none.</summary>
    public string? Segment { get; init; }

    /// <summary>Null in the control group, and where the list is not split.</summary>
    public string? Wave { get; init; }

    /// <summary>Null in the control group, and where the list is not split.</summary>
    public string? Cell { get; init; }

    /// <summary>The channels that are open: consented where the file tells consent, and below the contact cap.</summary>
    public ContactChannels Allowed { get; init; }

    /// <summary>The first channel of the list's preference that is open; none where the list names no channel.</summary>
    public ContactChannels BestChannel { get; init; }
}

/// <summary>
/// Why a candidate is neither on the list nor in its control group. Each has exactly one cause: the first gate that stopped it, in this order.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExclusionCause>))]
public enum ExclusionCause
{
    RecordedAffluentInAnotherRow,
    Deceased,
    Staff,
    AccountStatus,

    /// <summary>Out of range, or not known.</summary>
    Age,
    NoConsent,
    Suppressed,

    /// <summary>In another running campaign's control group.</summary>
    OtherControlGroup,

    /// <summary>Contacted as often as the bank allows, by every channel that is consented.</summary>
    ContactCap,
    SameHousehold,
    OutsideSegments,
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

using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>What a list's rows show beside what the selection itself knows; what is not here has no column.</summary>
internal sealed record ListValues
{
    /// <summary>The bank's columns, in the order of <see cref="ListField"/>.</summary>
    public IReadOnlyList<ShownColumn> Shown { get; init; } = [];

    /// <summary>Null where nobody has said what a contact brings and costs, or the run can't tell.</summary>
    public ListMoney? Money { get; init; }
}

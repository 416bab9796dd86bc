namespace Campaign.Modules.TargetLists;

/// <summary>One gate of the waterfall: how many are left after it.</summary>
/// <param name="Name">As on the Counts sheet, for example 'recorded normal'.</param>
/// <param name="Unit">'rows' or 'customers'.</param>
/// <param name="Left">How many are left after this gate; null where the gate is not applied.</param>
/// <param name="WhyNotApplied">In words; null where it is applied.</param>
public sealed record WaterfallLine(string Name, string Unit, int? Left, string? WhyNotApplied = null);

/// <summary>The one waterfall of a target list, from the uploaded rows to the customers to contact. Each line's loss is the difference to the line before.</summary>
public sealed record ListCounts(IReadOnlyList<WaterfallLine> Lines, int ToContact, int Control, int Excluded)
{
    /// <summary>How many customers each cause excluded; they add up to <see cref="Excluded"/>.</summary>
    public IReadOnlyDictionary<ExclusionCause, int> Causes { get; init; } = new Dictionary<ExclusionCause, int>();

    /// <summary>The segments of which a customer had to be in one, as they were then; empty where the gate was not applied.</summary>
    public IReadOnlyList<AppliedSegment> Segments { get; init; } = [];

    /// <summary>Of those to contact, customers whose reasons are not shown because the parts don't add up to the score.</summary>
    public int WithoutReasons { get; init; }
}

/// <summary>A segment as a list was made by it; it may have been edited since.</summary>
/// <param name="Version">Of the segment then.</param>
/// <param name="Rule">In words.</param>
public sealed record AppliedSegment(Guid Id, int Version, string Name, string Rule);

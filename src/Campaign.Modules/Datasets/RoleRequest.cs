using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets;

/// <summary>
/// What a person (or a command) says about the columns; what is null is guessed from names and values. Names are matched as written, else
/// without case, spaces and accents.
/// </summary>
/// <param name="Id">The customer id column, or <see cref="NoId"/>: every row is a customer of its own.</param>
/// <param name="Label">The recorded class.</param>
/// <param name="Positive">The label's value that means affluent.</param>
/// <param name="Exclude">Columns that training must not use.</param>
/// <param name="Sensitive">Columns for the fairness tables that training must not use.</param>
/// <param name="Types">What columns hold; the others are found out from their cells.</param>
/// <param name="Derived">Names of the suggested derived features to switch on, or <see cref="AllSuggested"/>; those no longer suggested are passed over.</param>
public sealed record RoleRequest(
    string? Id = null,
    string? Label = null,
    string? Positive = null,
    IReadOnlyList<string>? Exclude = null,
    IReadOnlyList<string>? Sensitive = null,
    IReadOnlyDictionary<string, ColumnType>? Types = null,
    IReadOnlyList<string>? Derived = null)
{
    public const string NoId = "none";

    /// <summary>In place of names: every derived feature that is suggested.</summary>
    public const string AllSuggested = "suggested";

    /// <summary>Everything is guessed.</summary>
    public static RoleRequest Guess { get; } = new();
}

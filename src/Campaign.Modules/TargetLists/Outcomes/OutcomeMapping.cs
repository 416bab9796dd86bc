using System.Text.Json.Serialization;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>Of which customers a file of outcomes is complete: one of them who is not in it, or has a blank outcome, did not respond. Of the others nothing is known.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutcomeCoverage>))]
public enum OutcomeCoverage
{
    /// <summary>Of nobody.</summary>
    Partial,

    /// <summary>Of the customers to contact.</summary>
    Targets,

    /// <summary>Of the control group too.</summary>
    Everyone,
}

/// <summary>How a file of outcomes is read, by the names of its columns.</summary>
/// <param name="Id">The customer id.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Successes">The outcome's values that are a success, whatever the letters' case; unused where <paramref name="AnyValue"/>.</param>
/// <param name="AnyValue">Every outcome that is not blank is a success.</param>
/// <param name="ListId">The list's short id, checked where it is filled; null for none.</param>
/// <param name="Contacted">Yes or no; null where the file does not tell.</param>
/// <param name="OptOut">Yes where the customer does not want to be contacted again; null where the file does not tell.</param>
/// <param name="Noun">What a success is called, in the plural.</param>
public sealed record OutcomeMapping(
    string Id, string Outcome, IReadOnlyList<string> Successes, bool AnyValue, string? ListId, string? Contacted, string? OptOut, OutcomeCoverage Coverage, string Noun)
{
    public const string DefaultNoun = "upgrades";

    private static readonly string[] IdNames = [OutcomeFormColumns.CustomerId, "customer_id", "customerid", "cif", "client id", "c_id", "id"];
    private static readonly string[] OutcomeNames = ["upgraded", "outcome", "converted", "conversion", "success", "result", OutcomeFormColumns.ProductTaken, OutcomeFormColumns.Response];
    private static readonly string[] SuccessWords = ["y", "yes", "ya", "1", "true", "upgraded", "upgrade", "converted", "success", "taken", "accepted", "affluent", "won"];

    /// <summary>What the columns' names tell; empty for what a person must say.</summary>
    /// <param name="idColumn">What the customer file calls its ids; null where it has none.</param>
    public static OutcomeMapping Guess(IReadOnlyList<string> columns, string? idColumn)
    {
        var outcome = Find(columns, OutcomeNames) ?? "";
        var isForm = Find(columns, [OutcomeFormColumns.ListId]) is not null && Find(columns, [OutcomeFormColumns.Contacted]) is not null;
        return new OutcomeMapping(
            Find(columns, idColumn is null ? IdNames : [idColumn, .. IdNames]) ?? "",
            outcome,
            [],
            Key(outcome) == Key(OutcomeFormColumns.ProductTaken),
            Find(columns, [OutcomeFormColumns.ListId]),
            Find(columns, [OutcomeFormColumns.Contacted, "contacted"]),
            Find(columns, [OutcomeFormColumns.OptOutAsked, "opt-out", "opt out", "optout"]),
            isForm ? OutcomeCoverage.Targets : OutcomeCoverage.Partial,
            DefaultNoun);
    }

    /// <summary>Of the outcome's values those whose words mean a success.</summary>
    public static IReadOnlyList<string> GuessSuccesses(IEnumerable<string> values) => [.. values.Where(value => SuccessWords.Contains(value.Trim().ToLowerInvariant()))];

    /// <summary>The first name, in the order of the names, that a column has, whatever case and signs.</summary>
    private static string? Find(IReadOnlyList<string> columns, IEnumerable<string> names) =>
        names.Select(name => columns.FirstOrDefault(column => Key(column) == Key(name))).FirstOrDefault(column => column is not null);

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

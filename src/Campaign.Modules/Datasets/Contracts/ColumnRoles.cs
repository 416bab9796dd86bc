using System.Text.Json.Serialization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>Why a feature is left out of training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeftOutReason>))]
public enum LeftOutReason
{
    /// <summary>The user named it.</summary>
    ByUser,

    /// <summary>Alone it tells the recorded class at AUC 0.999 or more.</summary>
    GivesClassAway,

    /// <summary>All cells are missing or hold one value.</summary>
    Constant,

    /// <summary>Text with too many different values to be a category (addresses, free text).</summary>
    TooManyValues,

    /// <summary>Its name or its values say that it tells who a person is (name, e-mail, phone, national id, a customer id that is not used as one).</summary>
    PersonalData,

    /// <summary>A date: it grows from file to file. The days since it can be learnt from.</summary>
    Date,
}

/// <summary>A column that is not used for training.</summary>
public sealed record LeftOutColumn(string Name, LeftOutReason Reason);

/// <summary>A column that alone tells the recorded class at AUC 0.98 or more.</summary>
/// <param name="Auc">0.5 to 1, direction removed.</param>
public sealed record LeakingColumn(string Name, double Auc);

/// <summary>What a column holds, as a person said it.</summary>
/// <param name="Dates">How its dates are written; null for the other kinds.</param>
public sealed record ColumnType(ColumnKind Kind, DateForm? Dates = null);

/// <summary>
/// What each column of a dataset is for. Names are the file's header texts.
/// </summary>
/// <param name="Id">The customer id column; null where each row is a customer of its own (the row number is the id).</param>
/// <param name="Label">The recorded class.</param>
/// <param name="AffluentValue">The label's value that means affluent, as the file spells it; the other value is normal.</param>
/// <param name="Features">Columns that training uses, in the file's order.</param>
/// <param name="Sensitive">Columns for the fairness tables. Those also in <paramref name="Features"/> are trained on (guessed ones); those the user named are not.</param>
/// <param name="LeftOut">Columns that training does not use, each with its reason.</param>
/// <param name="Leaking">Columns flagged from AUC 0.98 on; those from 0.999 on are in <paramref name="LeftOut"/> too.</param>
/// <param name="Derived">Features computed from columns that are switched on, after <paramref name="Features"/>; null or empty for none. Their columns need not be features.</param>
public sealed record ColumnRoles(
    string? Id,
    string Label,
    string AffluentValue,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Sensitive,
    IReadOnlyList<LeftOutColumn> LeftOut,
    IReadOnlyList<LeakingColumn> Leaking,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DerivedFeature>? Derived = null)
{
    /// <summary>Columns whose type a person said; the others were found out from their cells.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>For the audit trail. Column names are the bank's own words for its data, not personal data; class values are left out.</summary>
    internal object Told() =>
        new { Id, Label, featureCount = Features.Count, derived = (Derived ?? []).Select(one => one.Name), Sensitive, leftOut = LeftOut.Count, leaking = Leaking.Select(one => one.Name), types = Types.ToDictionary(pair => pair.Key, pair => pair.Value.Kind.ToString()) };
}

using System.Text.Json.Serialization;

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
}

/// <summary>A column that is not used for training.</summary>
public sealed record LeftOutColumn(string Name, LeftOutReason Reason);

/// <summary>A column that alone tells the recorded class at AUC 0.98 or more.</summary>
/// <param name="Auc">0.5 to 1, direction removed.</param>
public sealed record LeakingColumn(string Name, double Auc);

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
public sealed record ColumnRoles(
    string? Id,
    string Label,
    string AffluentValue,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Sensitive,
    IReadOnlyList<LeftOutColumn> LeftOut,
    IReadOnlyList<LeakingColumn> Leaking);

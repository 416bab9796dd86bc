using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>What is known of a column, as the pages say it.</summary>
public static class ColumnsInWords
{
    public static string Of(LeftOutReason reason) => reason switch
    {
        LeftOutReason.ByUser => "by choice",
        LeftOutReason.GivesClassAway => "it gives the class away",
        LeftOutReason.Constant => "it holds one value only",
        LeftOutReason.PersonalData => "it tells who a person is",
        LeftOutReason.Date => "a date grows from file to file",
        _ => "too many different texts",
    };

    public static string Of(ColumnInfo column) => column.Kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Date => "date",
        ColumnKind.Category => string.Create(CultureInfo.InvariantCulture, $"category, {column.Categories.Count} values"),
        _ => "text",
    };

    public static string Of(DateForm form) => form switch
    {
        DateForm.YearFirst => "date, year first",
        DateForm.DayFirst => "date, day first",
        DateForm.MonthFirst => "date, month first",
        _ => "date, as a spreadsheet's number",
    };

    /// <summary>What was found out about the columns, one sentence each, for a person who did not see the page.</summary>
    public static IEnumerable<string> Sentences(ColumnRoles roles)
    {
        yield return roles.Id is null ? "Every row counts as a customer of its own: the model keeps nothing to know a customer by in a new file." : $"Customers are told apart by column '{roles.Id}'.";
        yield return $"The recorded class is column '{roles.Label}'; '{roles.AffluentValue}' means affluent.";
        string[] guessed = [.. roles.Sensitive.Where(roles.Features.Contains)];
        if (guessed.Length > 0)
        {
            yield return $"Looks sensitive: {string.Join(", ", guessed)}. Groups are compared by it, and it is trained on all the same; --sensitive leaves it out.";
        }

        foreach (var derived in roles.Derived ?? [])
        {
            yield return $"Derived feature '{derived.Name}': {derived.Meaning}.";
        }

        foreach (var left in roles.LeftOut.Where(left => left.Reason is not (LeftOutReason.ByUser or LeftOutReason.GivesClassAway)))
        {
            yield return $"Column '{left.Name}' is left out: {Of(left.Reason)}.";
        }

        foreach (var leak in roles.Leaking)
        {
            yield return $"Column '{leak.Name}': {Remark(leak.Name, roles)}";
        }
    }

    /// <summary>Why a column stands where it stands; null where there is nothing to say.</summary>
    public static string? Remark(string column, ColumnRoles roles)
    {
        if (roles.Leaking.FirstOrDefault(leak => leak.Name == column) is { } leaking)
        {
            var tells = string.Create(CultureInfo.InvariantCulture, $"alone it tells the recorded class (AUC {leaking.Auc:0.000})");
            return roles.LeftOut.Any(left => left.Name == column) ? $"Left out: {tells}." : $"Careful: {tells}. Was it known before the class was?";
        }

        if (roles.LeftOut.FirstOrDefault(left => left.Name == column) is { Reason: not LeftOutReason.ByUser } left)
        {
            return $"Left out: {Of(left.Reason)}.";
        }

        return roles.Sensitive.Contains(column) && roles.Features.Contains(column) ? "Looks like a sensitive column: groups are compared by it." : null;
    }
}

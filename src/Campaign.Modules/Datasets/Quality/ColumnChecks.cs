using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>Whether a column may be learnt from, and is worth it.</summary>
internal static class ColumnChecks
{
    private const int ManyCategories = 100;

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new(CheckNames.GivesClassAway, "Columns that give the recorded class away", GivesClassAway),
        new(CheckNames.Personal, "Columns that tell who a person is", Personal),
        new("column-sensitive", "Columns about age, sex, origin, belief or family", Sensitive),
        new(CheckNames.ManyValues, "Categories with too many values", ManyValues),
        new(CheckNames.Constant, "Columns with one value only", Constant),
        new("column-one-or-blank", "Columns that hold one value or nothing", OneOrBlank),
    ];

    private static IEnumerable<Found> GivesClassAway(CheckedFile file)
    {
        foreach (var column in file.Columns)
        {
            if (file.Roles.Leaking.FirstOrDefault(leak => leak.Name == column.Name) is not { } leak)
            {
                continue;
            }

            var kept = file.Roles.Features.Contains(column.Name);
            yield return new(
                kept ? Severity.Warning : Severity.Note, column.Name, 0, 0,
                string.Create(CultureInfo.InvariantCulture, $"'{column.Name}' alone tells the recorded class (AUC {leak.Auc:0.000} of at most 1){(kept ? "" : "; it is left out")}."),
                kept ? "Leave it out unless it was known before the class was: a model that reads the answer finds nobody new." : "Nothing to do.");
        }
    }

    private static IEnumerable<Found> Personal(CheckedFile file)
    {
        foreach (var column in file.Columns)
        {
            if (column.LeftOut == LeftOutReason.PersonalData)
            {
                yield return new(Severity.Note, column.Name, 0, 0, $"'{column.Name}' tells who a person is; it is left out.", "Nothing to do; better still, don't export it.");
            }
            else if (column.Name == file.Roles.Id && PersonalValues.LooksPersonal(file.Table, column.Position))
            {
                yield return new(
                    Severity.Warning, column.Name, 0, 0, $"The id '{column.Name}' holds national ids, phone numbers or e-mail addresses, and ids go on every list.",
                    "Export a customer number of the bank's own instead.");
            }
            else if (column.IsUsed && (ColumnWords.IsPersonal(column.Name) || PersonalValues.LooksPersonal(file.Table, column.Position)))
            {
                yield return new(Severity.Warning, column.Name, 0, 0, $"'{column.Name}' looks like it tells who a person is, and it is used.", "Leave it out: it can't help to find others.");
            }
        }
    }

    private static IEnumerable<Found> Sensitive(CheckedFile file)
    {
        foreach (var column in file.Columns.Where(column => file.Roles.Sensitive.Contains(column.Name)))
        {
            var trained = file.Roles.Features.Contains(column.Name);
            yield return new(
                Severity.Note, column.Name, 0, 0, $"'{column.Name}' looks sensitive: groups are compared by it{(trained ? ", and it is trained on" : "; it is not trained on")}.",
                trained ? "Ask compliance whether it may be trained on; on the page 'Columns' it can be kept for comparing only." : "Nothing to do.");
        }
    }

    private static IEnumerable<Found> ManyValues(CheckedFile file)
    {
        foreach (var column in file.Columns)
        {
            if (column.LeftOut == LeftOutReason.TooManyValues)
            {
                yield return new(Severity.Note, column.Name, 0, 0, $"'{column.Name}' holds too many different texts to be a category; it is left out.", "Group it before the export, for example a town for an address, if it matters.");
            }
            else if (column.Info.Kind == ColumnKind.Category && column.Info.Categories.Count > ManyCategories && file.Roles.Features.Contains(column.Name))
            {
                yield return new(
                    Severity.Warning, column.Name, column.Info.Categories.Count, 0, $"'{column.Name}' has {InWords.Count(column.Info.Categories.Count)} different values, most of them with few rows.",
                    "Group its values before the export, or leave it out.");
            }
        }
    }

    private static IEnumerable<Found> Constant(CheckedFile file)
    {
        foreach (var column in file.Columns.Where(column => !file.IsRole(column) && column.Info.MissingCount == 0 && HoldsOneValue(file.Table, column)))
        {
            var kept = column.LeftOut is null && column.IsUsed;
            yield return new(
                kept ? Severity.Warning : Severity.Note, column.Name, file.RowCount, file.RowCount,
                $"'{column.Name}' holds the same value in every row{(kept ? "" : "; it is left out")}.", kept ? "Leave it out: it tells customers apart in nothing." : "Nothing to do.");
        }
    }

    private static IEnumerable<Found> OneOrBlank(CheckedFile file)
    {
        foreach (var column in file.Kept.Where(column => column.Info.MissingCount > 0 && column.Info.MissingCount < file.RowCount && HoldsOneValue(file.Table, column)))
        {
            var present = file.RowCount - column.Info.MissingCount;
            yield return new(
                Severity.Note, column.Name, present, file.RowCount, $"'{column.Name}' holds one value in {QualityInWords.Share(present, file.RowCount)} and nothing in the others.",
                "Nothing to do where blank means no, as with a tag for a product.");
        }
    }

    /// <summary>All cells that are there are alike, and there is one.</summary>
    private static bool HoldsOneValue(ColumnTable table, CheckedColumn column)
    {
        if (column.Info.Kind == ColumnKind.Category)
        {
            return column.Info.Categories.Count == 1;
        }

        if (column.Info.Kind == ColumnKind.Text || column.Info.MissingCount == table.RowCount)
        {
            return false;
        }

        var first = float.NaN;
        foreach (var number in table.Numbers(column.Position))
        {
            if (float.IsNaN(first))
            {
                first = number;
            }
            else if (!float.IsNaN(number) && number != first)
            {
                return false;
            }
        }

        return true;
    }
}

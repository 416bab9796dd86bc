using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>What a person uses a column for.</summary>
public enum ColumnUse
{
    /// <summary>The id or the recorded class: chosen above the table, not in it.</summary>
    Fixed,

    /// <summary>A feature; one that was guessed to be sensitive serves the fairness tables too.</summary>
    Learn,

    /// <summary>For the fairness tables only.</summary>
    Compare,

    LeaveOut,
}

/// <summary>A value of a column that may mark the affluents.</summary>
/// <param name="Key">What the form sends back: the column's position, a bar, the value.</param>
public sealed record ClassOption(string Key, string Column, string Value);

/// <summary>One column on the form.</summary>
/// <param name="Examples">Some of its first values.</param>
/// <param name="MissingShare">0 to 1.</param>
/// <param name="Remark">Why it stands where it stands; null where there is nothing to say.</param>
/// <param name="Uses">What it can be used for, with <paramref name="Use"/> among them.</param>
/// <param name="Type">What it holds now; null for the id and the recorded class, whose type is given.</param>
/// <param name="IsPersonal">It tells who a person is: never learnt from.</param>
/// <param name="IsSensitive">Its name says that it tells groups apart that must not be treated differently.</param>
public sealed record ColumnRow(
    string Name, string Kind, string Examples, double MissingShare, ColumnUse Use, string? Remark, IReadOnlyList<(ColumnUse Use, string Words)> Uses,
    ColumnType? Type, bool IsPersonal, bool IsSensitive);

/// <summary>The dataset's columns as the confirm page shows them: the guesses, and the first rows.</summary>
/// <param name="Suggested">Features that could be computed from the columns.</param>
public sealed record ColumnsForm(
    IReadOnlyList<ColumnRow> Columns, IReadOnlyList<ClassOption> Classes, IReadOnlyList<SuggestedFeature> Suggested, IReadOnlyList<IReadOnlyList<string?>> Preview)
{
    private const int ExampleCount = 3;

    /// <summary>What a person can say that a column holds, in words.</summary>
    public static IReadOnlyList<(ColumnType Type, string Words)> Types { get; } =
    [
        (new(ColumnKind.Number), "number"),
        (new(ColumnKind.Category), "category"),
        (new(ColumnKind.Text), "text"),
        .. Enum.GetValues<DateForm>().Select(form => (new ColumnType(ColumnKind.Date, form), ColumnsInWords.Of(form))),
    ];

    public static ColumnsForm Of(ColumnTable table, DatasetPreview preview, ColumnRoles roles, FileDialect dialect)
    {
        var classes = table.Columns.SelectMany((column, i) => TwoValues(table, i).Select(value => new ClassOption($"{i}|{value}", column.Name, value))).ToList();
        if (roles.AffluentValue.Length > 0 && !classes.Any(option => option.Column == roles.Label && option.Value == roles.AffluentValue))
        {
            // A class column with more than two spellings: what was guessed of it stays.
            classes.Add(new ClassOption($"{table.IndexOf(roles.Label)}|{roles.AffluentValue}", roles.Label, roles.AffluentValue));
        }

        return new ColumnsForm(
            [.. table.Columns.Select((column, i) => Describe(table, column, preview.Rows.Select(row => row[i]), roles, dialect))], classes, DerivedFeatureSuggestions.For(table, roles), preview.Rows);
    }

    /// <summary>The column and the value that a key of <see cref="Classes"/> stands for; null where it is none of them.</summary>
    public ClassOption? Find(string? key) => Classes.FirstOrDefault(option => option.Key == key);

    private static ColumnRow Describe(ColumnTable table, ColumnInfo column, IEnumerable<string?> firstValues, ColumnRoles roles, FileDialect dialect)
    {
        var learns = roles.Features.Contains(column.Name);
        var compares = roles.Sensitive.Contains(column.Name);
        var isFixed = column.Name == roles.Id || column.Name == roles.Label;
        var use = isFixed ? ColumnUse.Fixed : learns ? ColumnUse.Learn : compares ? ColumnUse.Compare : ColumnUse.LeaveOut;
        var isBarred = roles.LeftOut.Any(left => left.Name == column.Name && left.Reason != LeftOutReason.ByUser);
        var uses = new List<(ColumnUse, string)>();
        if (isFixed)
        {
            uses.Add((ColumnUse.Fixed, column.Name == roles.Id ? "The customer's id" : "The recorded class"));
        }
        else
        {
            if (!isBarred)
            {
                uses.Add((ColumnUse.Learn, learns && compares ? "Learn, and compare groups" : "Learn from it"));
            }

            if (column.Kind != ColumnKind.Text)
            {
                uses.Add((ColumnUse.Compare, "Only compare groups by it"));
            }

            uses.Add((ColumnUse.LeaveOut, "Leave it out"));
        }

        var examples = firstValues.OfType<string>().Distinct(StringComparer.Ordinal).Take(ExampleCount);
        return new ColumnRow(
            column.Name, ColumnsInWords.Of(column), string.Join(", ", examples), table.RowCount == 0 ? 0 : (double)column.MissingCount / table.RowCount,
            use, isFixed ? null : ColumnsInWords.Remark(column.Name, roles), uses,
            isFixed ? null : TypeOf(column, dialect),
            roles.LeftOut.Any(left => left.Name == column.Name && left.Reason == LeftOutReason.PersonalData),
            compares);
    }

    private static ColumnType TypeOf(ColumnInfo column, FileDialect dialect) => column.Kind == ColumnKind.Date
        ? new(ColumnKind.Date, dialect.Dates.GetValueOrDefault(column.Name, DateForm.YearFirst))
        : new(column.Kind);

    /// <summary>The two values of a column that has exactly two; nothing for any other.</summary>
    private static List<string> TwoValues(ColumnTable table, int column)
    {
        var info = table.Columns[column];
        if (info.Kind == ColumnKind.Category)
        {
            return info.Categories.Count == 2 ? [.. info.Categories] : [];
        }

        if (info.Kind != ColumnKind.Number)
        {
            return [];
        }

        var values = new SortedDictionary<float, string>();
        var numbers = table.Numbers(column);
        for (var row = 0; row < numbers.Length; row++)
        {
            if (float.IsNaN(numbers[row]) || values.ContainsKey(numbers[row]))
            {
                continue;
            }

            if (values.Count == 2)
            {
                return [];
            }

            values.Add(numbers[row], table.Text(column, row)!);
        }

        return values.Count == 2 ? [.. values.Values] : [];
    }
}

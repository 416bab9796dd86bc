using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;

namespace Campaign.Modules.Segments;

/// <summary>What a condition asks of its column.</summary>
public enum ConditionTest
{
    /// <summary>Of numbers and dates.</summary>
    Between,

    /// <summary>Of categories.</summary>
    OneOf,

    /// <summary>Of categories.</summary>
    NoneOf,

    Known,
    Missing,
}

/// <summary>One condition as a person types it.</summary>
public sealed class ConditionForm
{
    /// <summary>As the models take numbers.</summary>
    private const float LargestNumber = 1e37f;

    public string Column { get; set; } = "";

    /// <summary>The column's when the condition was made; text where it only asks for a value being there.</summary>
    public ColumnKind Kind { get; set; }

    public ConditionTest Test { get; set; }

    public string? From { get; set; }

    public bool FromCounts { get; set; } = true;

    public string? To { get; set; }

    public bool ToCounts { get; set; } = true;

    public List<string> Categories { get; set; } = [];

    /// <summary>A first one for a column, with nothing filled in.</summary>
    public static ConditionForm For(ColumnInfo column) =>
        new() { Column = column.Name, Kind = column.Kind, Test = column.Kind == ColumnKind.Category ? ConditionTest.OneOf : ConditionTest.Between };

    public static ConditionForm Of(SegmentCondition condition) => condition switch
    {
        NumberCondition number => new()
        {
            Column = number.Column,
            Kind = ColumnKind.Number,
            Test = ConditionTest.Between,
            From = Text(number.From),
            FromCounts = number.From is null || number.FromCounts,
            To = Text(number.To),
            ToCounts = number.To is null || number.ToCounts,
        },
        DateCondition date => new() { Column = date.Column, Kind = ColumnKind.Date, Test = ConditionTest.Between, From = Text(date.From), To = Text(date.To) },
        CategoryCondition category => new()
        {
            Column = category.Column,
            Kind = ColumnKind.Category,
            Test = category.Excluded ? ConditionTest.NoneOf : ConditionTest.OneOf,
            Categories = [.. category.Categories],
        },
        PresenceCondition presence => new()
        {
            Column = presence.Column,
            Kind = ColumnKind.Text,
            Test = presence.IsMissing ? ConditionTest.Missing : ConditionTest.Known,
        },
        _ => throw new InvalidOperationException($"No form for {condition.GetType().Name}."),
    };

    /// <exception cref="RefusedException">It is not filled in, or can't be read.</exception>
    public SegmentCondition ToCondition() => Test switch
    {
        ConditionTest.Known => new PresenceCondition(Column, IsMissing: false),
        ConditionTest.Missing => new PresenceCondition(Column, IsMissing: true),
        ConditionTest.OneOf or ConditionTest.NoneOf => Categories.Count > 0
            ? new CategoryCondition(Column, [.. Categories.Distinct().Order(StringComparer.Ordinal)], Test == ConditionTest.NoneOf)
            : throw new RefusedException($"Choose at least one value of '{Column}'."),
        _ when string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To) => throw new RefusedException($"Give '{Column}' a lower or an upper bound."),
        _ when Kind == ColumnKind.Date => new DateCondition(Column, Day(From), Day(To)),
        _ => new NumberCondition(Column, Number(From), FromCounts, Number(To), ToCounts),
    };

    private float? Number(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return float.TryParse(text.Trim(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && MathF.Abs(number) <= LargestNumber
            ? number
            : throw new RefusedException($"'{Column}' takes a number, for example 1234.5, or nothing.");
    }

    private DateOnly? Day(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RefusedException($"'{Column}' takes a day, for example 2024-02-29, or nothing.");
    }

    private static string? Text(float? number) => number is { } written ? ColumnTable.NumberText(written) : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

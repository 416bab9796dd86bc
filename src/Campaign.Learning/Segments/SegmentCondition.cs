using System.Globalization;
using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Segments;

/// <summary>
/// One demand on one named column. A row without a value meets none but <see cref="PresenceCondition"/>, also not that it is none of some
/// categories.
/// </summary>
/// <param name="Column">The header's text, exactly.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NumberCondition), "number")]
[JsonDerivedType(typeof(DateCondition), "date")]
[JsonDerivedType(typeof(CategoryCondition), "category")]
[JsonDerivedType(typeof(PresenceCondition), "presence")]
public abstract record SegmentCondition(string Column)
{
    /// <summary>The condition in plain words: 'age 45 to 60'.</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    /// <summary>The kind that the column must have; null where any will do.</summary>
    [JsonIgnore]
    internal abstract ColumnKind? Kind { get; }

    /// <summary>Why no row can ever meet it, in a sentence; null where one can.</summary>
    [JsonIgnore]
    internal virtual string? Contradiction => null;

    /// <summary>Leaves true only where the row meets the condition too.</summary>
    /// <param name="position">The column's, of the right kind.</param>
    /// <param name="met">One a row.</param>
    internal abstract void Narrow(ColumnTable table, int position, Span<bool> met);

    /// <summary>Cells between two bounds that both count; NaN lies nowhere.</summary>
    private protected static void NarrowToRange(ReadOnlySpan<float> cells, float lowest, float highest, Span<bool> met)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            met[row] &= cells[row] >= lowest && cells[row] <= highest;
        }
    }
}

/// <summary>A number in a range. Bounds are kept as the cells are (32-bit floats), so that a cell written like the bound equals it.</summary>
/// <param name="From">Null for no lower bound; a finite number.</param>
/// <param name="FromCounts">The lower bound itself is in the range.</param>
/// <param name="To">Null for no upper bound; a finite number.</param>
/// <param name="ToCounts">The upper bound itself is in the range.</param>
public sealed record NumberCondition(string Column, float? From, bool FromCounts, float? To, bool ToCounts) : SegmentCondition(Column)
{
    public override string Words => (From, To) switch
    {
        ({ } from, { } to) when FromCounts && ToCounts => from == to ? $"{Column} {Text(from)}" : $"{Column} {Text(from)} to {Text(to)}",
        ({ } from, { } to) => $"{Column} {LowWords(from)} and {HighWords(to)}",
        ({ } from, null) => $"{Column} {LowWords(from)}",
        (null, { } to) => $"{Column} {HighWords(to)}",
        _ => $"{Column} any number",
    };

    internal override ColumnKind? Kind => ColumnKind.Number;

    internal override string? Contradiction =>
        (From is { } from && !float.IsFinite(from)) || (To is { } to && !float.IsFinite(to)) ? $"'{Column}' takes finite numbers as bounds."
        : Lowest > Highest ? $"No number is '{Words}': the lower bound must not be above the upper one."
        : null;

    // The range with both bounds counting: the next float beyond a bound that does not count.
    private float Lowest => From is not { } from ? float.NegativeInfinity : FromCounts ? from : MathF.BitIncrement(from);

    private float Highest => To is not { } to ? float.PositiveInfinity : ToCounts ? to : MathF.BitDecrement(to);

    internal override void Narrow(ColumnTable table, int position, Span<bool> met) => NarrowToRange(table.Numbers(position), Lowest, Highest, met);

    /// <summary>Every digit that tells the float apart, in groups of three: the sentence must be the rule.</summary>
    internal static string Text(float number)
    {
        var exact = ColumnTable.NumberText(number);
        return decimal.TryParse(exact, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain)
            ? plain.ToString("#,0.#############################", CultureInfo.InvariantCulture)
            : exact;
    }

    private string LowWords(float from) => FromCounts ? $"at least {Text(from)}" : $"over {Text(from)}";

    private string HighWords(float to) => ToCounts ? $"up to {Text(to)}" : $"below {Text(to)}";
}

/// <summary>A day in a range; both bounds count.</summary>
/// <param name="From">Null for no first day.</param>
/// <param name="To">Null for no last day.</param>
public sealed record DateCondition(string Column, DateOnly? From, DateOnly? To) : SegmentCondition(Column)
{
    public override string Words => (From, To) switch
    {
        ({ } from, { } to) => from == to ? $"{Column} on {Text(from)}" : $"{Column} from {Text(from)} to {Text(to)}",
        ({ } from, null) => $"{Column} from {Text(from)}",
        (null, { } to) => $"{Column} until {Text(to)}",
        _ => $"{Column} any day",
    };

    internal override ColumnKind? Kind => ColumnKind.Date;

    internal override string? Contradiction => From > To ? $"No day is '{Words}': the first day must not be after the last." : null;

    internal override void Narrow(ColumnTable table, int position, Span<bool> met) => NarrowToRange(
        table.Numbers(position),
        From is { } from ? ColumnTable.DateNumber(from) : float.NegativeInfinity,
        To is { } to ? ColumnTable.DateNumber(to) : float.PositiveInfinity,
        met);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>One of some categories, or none of them. A category that a file does not have is met by none of its rows.</summary>
/// <param name="Categories">At least one, as the file spells them.</param>
/// <param name="Excluded">True: any other category than these.</param>
public sealed record CategoryCondition(string Column, IReadOnlyList<string> Categories, bool Excluded = false) : SegmentCondition(Column)
{
    public override string Words => (Categories.Count, Excluded) switch
    {
        (0, _) => $"{Column} no category",
        (1, false) => $"{Column} is {Categories[0]}",
        (1, true) => $"{Column} is not {Categories[0]}",
        (_, false) => $"{Column} is {Listed("or")}",
        _ => $"{Column} is neither {Listed("nor")}",
    };

    internal override ColumnKind? Kind => ColumnKind.Category;

    internal override string? Contradiction => Categories.Count == 0 ? $"Choose at least one value of '{Column}'." : null;

    internal override void Narrow(ColumnTable table, int position, Span<bool> met)
    {
        var wanted = Categories.ToHashSet(StringComparer.Ordinal);

        // Entry 0 is for missing cells.
        bool[] meets = [false, .. table.Columns[position].Categories.Select(category => wanted.Contains(category) != Excluded)];
        var codes = table.Codes(position);
        for (var row = 0; row < codes.Length; row++)
        {
            met[row] &= meets[codes[row] + 1];
        }
    }

    private string Listed(string last) => $"{string.Join(", ", Categories.Take(Categories.Count - 1))} {last} {Categories[^1]}";
}

/// <summary>A value is there, or none is; of any kind of column.</summary>
/// <param name="IsMissing">True: the cell must be empty.</param>
public sealed record PresenceCondition(string Column, bool IsMissing) : SegmentCondition(Column)
{
    public override string Words => IsMissing ? $"{Column} is missing" : $"{Column} is known";

    internal override ColumnKind? Kind => null;

    internal override void Narrow(ColumnTable table, int position, Span<bool> met)
    {
        switch (table.Columns[position].Kind)
        {
            case ColumnKind.Category:
                var codes = table.Codes(position);
                for (var row = 0; row < codes.Length; row++)
                {
                    met[row] &= codes[row] < 0 == IsMissing;
                }

                break;
            case ColumnKind.Text:
                for (var row = 0; row < met.Length; row++)
                {
                    met[row] = met[row] && table.Utf8(position, row).IsEmpty == IsMissing;
                }

                break;
            default:
                var cells = table.Numbers(position);
                for (var row = 0; row < cells.Length; row++)
                {
                    met[row] &= float.IsNaN(cells[row]) == IsMissing;
                }

                break;
        }
    }
}

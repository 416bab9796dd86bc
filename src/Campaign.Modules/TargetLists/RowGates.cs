using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// What the bank's file says of each row for a list's gates. All arrays have one entry a row; a part is null where its gate is not applied.
/// </summary>
public sealed record RowGates
{
    /// <summary>Why the row's customer may be on no list of this kind; null where nothing speaks against it.</summary>
    public ExclusionCause?[]? Ineligible { get; init; }

    /// <summary>The channels that the row's customer allows.</summary>
    public ContactChannels[]? Consent { get; init; }

    public RowValues? Household { get; init; }

    /// <summary>The first of the chosen segments that the row is in.</summary>
    public RowValues? Segment { get; init; }

    /// <summary>The column that splits the list into waves.</summary>
    public RowValues? Wave { get; init; }

    /// <summary>The column that splits the list into cells.</summary>
    public RowValues? Cell { get; init; }

    /// <param name="segments">The definition's segments in its order: name, and whether each row is in it.</param>
    /// <param name="today">The day that consent must cover.</param>
    /// <exception cref="RefusedException">The file lacks a column that the definition names, or holds something else in it.</exception>
    public static RowGates Read(ColumnTable table, ListDefinition definition, IReadOnlyList<(string Name, bool[] Rows)> segments, DateOnly today) => new()
    {
        Ineligible = definition.Eligibility.IsApplied ? ReadEligibility(table, definition.Eligibility) : null,
        Consent = definition.Consent.Channels.Count > 0 ? ReadConsent(table, definition.Consent, ColumnTable.DateNumber(today), today) : null,
        Household = definition.HouseholdColumn is { } household ? ReadHouseholds(table, household) : null,
        Segment = segments.Count > 0 ? FirstOf(segments, table.RowCount) : null,
        Wave = definition.Waves is { By: SplitBy.Column, Column: { } wave } ? RowValues.Read(table, wave, "the waves") : null,
        Cell = definition.Cells is { By: SplitBy.Column, Column: { } cell } ? RowValues.Read(table, cell, "the offers") : null,
    };

    private static ExclusionCause?[] ReadEligibility(ColumnTable table, Eligibility rules)
    {
        var causes = new ExclusionCause?[table.RowCount];
        Stop(rules.Deceased, "who has died", stopped: true, ExclusionCause.Deceased);
        Stop(rules.Staff, "who works for the bank", stopped: true, ExclusionCause.Staff);
        Stop(rules.Status, "the account's status", stopped: false, ExclusionCause.AccountStatus);
        if (rules.AgeColumn is { } column)
        {
            var ages = Numbers(table, column, "the age", ColumnKind.Number, "numbers");
            double from = rules.FromAge ?? double.NegativeInfinity, to = rules.ToAge ?? double.PositiveInfinity;
            for (var row = 0; row < causes.Length; row++)
            {
                // An unknown age compares as false and is out of range: nobody can say that the customer is old enough.
                causes[row] ??= ages[row] >= from && ages[row] <= to ? null : ExclusionCause.Age;
            }
        }

        return causes;

        void Stop(ValueRule? rule, string use, bool stopped, ExclusionCause cause)
        {
            if (rule is null)
            {
                return;
            }

            var cells = RowValues.Read(table, rule.Column, use);
            var named = cells.Named(rule.Values);
            for (var row = 0; row < causes.Length; row++)
            {
                if (cells.CodeOfRow[row] is var code and >= 0 && named[code] == stopped)
                {
                    causes[row] ??= cause;
                }
            }
        }
    }

    private static ContactChannels[] ReadConsent(ColumnTable table, ConsentRule rule, float today, DateOnly day)
    {
        var allowed = new ContactChannels[table.RowCount];
        foreach (var channel in rule.Channels)
        {
            var use = $"the consent to {ContactChannel.InWords(channel.Channel)}";
            var isYes = RowValues.Matches(table, channel.Yes, use);
            var given = channel.DateColumn is { } date ? Numbers(table, date, use, ColumnKind.Date, "dates") : default;
            var ends = channel.ExpiryColumn is { } expiry ? Numbers(table, expiry, use, ColumnKind.Date, "dates") : default;
            var earliest = channel.ValidMonths is { } months ? ColumnTable.DateNumber(day.AddMonths(-months)) : float.NegativeInfinity;
            for (var row = 0; row < allowed.Length; row++)
            {
                var isYetGiven = given.IsEmpty || (float.IsNaN(given[row]) ? channel.ValidMonths is null : given[row] <= today && given[row] >= earliest);
                var isNotOver = ends.IsEmpty || float.IsNaN(ends[row]) || ends[row] >= today;
                if (isYes[row] && isYetGiven && isNotOver)
                {
                    allowed[row] |= channel.Channel;
                }
            }
        }

        return allowed;
    }

    /// <summary>Numbers are kept with seven digits: longer ones would make one household of several.</summary>
    private static RowValues ReadHouseholds(ColumnTable table, string column)
    {
        const string use = "the households";
        const float lastWhole = 1 << 24;
        var place = RowValues.PlaceOf(table, column, use);
        if (table.Columns[place].Kind == ColumnKind.Number)
        {
            foreach (var number in table.Numbers(place))
            {
                if (MathF.Abs(number) > lastWhole)
                {
                    throw new RefusedException($"The column '{column}' was read as numbers, which keep too few digits to tell households apart: say on the file's page that it is text.");
                }
            }
        }

        return RowValues.Read(table, column, use);
    }

    private static RowValues FirstOf(IReadOnlyList<(string Name, bool[] Rows)> segments, int rowCount)
    {
        var codes = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            codes[row] = -1;
            for (var place = 0; codes[row] < 0 && place < segments.Count; place++)
            {
                codes[row] = segments[place].Rows[row] ? place : -1;
            }
        }

        return new(codes, [.. segments.Select(segment => segment.Name)]);
    }

    private static ReadOnlySpan<float> Numbers(ColumnTable table, string column, string use, ColumnKind kind, string kindInWords)
    {
        var place = RowValues.PlaceOf(table, column, use);
        return table.Columns[place].Kind == kind
            ? table.Numbers(place)
            : throw new RefusedException($"The column '{column}' does not hold {kindInWords}, which the list needs for {use}: choose another column, or say on the file's page how it is to be read.");
    }
}

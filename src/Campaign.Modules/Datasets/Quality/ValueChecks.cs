using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>Values that can't be, and values far from all others. Only of columns that are used.</summary>
internal static class ValueChecks
{
    private const int YoungestAge = 16;
    private const int OldestAge = 110;
    private const double ManyOutliers = 0.01;

    private static readonly string[] MaximumMarks = ["maximum", "max"];
    private static readonly string[] AverageMarks = ["average", "avg", "ave", "mean", "mth"];

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("value-negative", "Negative values where none can be (limits, incomes, prices, ages, counts)", Negative),
        new("value-age", "Ages below 16 or above 110", Age),
        new("value-future", "Dates in the future", Future),
        new("value-percent", "Percentages above 100", Percent),
        new("value-maximum", "Maxima below their averages", Maximum),
        new("value-outliers", "Values far from all others", Outliers),
    ];

    private static IEnumerable<Found> Negative(CheckedFile file)
    {
        foreach (var column in file.Used.Where(column => column.Info.Kind == ColumnKind.Number && ValueWords.IsNeverNegative(column.Name)))
        {
            var count = file.CountRows(column, number => number < 0);
            if (count > 0)
            {
                yield return new(
                    Severity.Warning, column.Name, count, file.RowCount, $"'{column.Name}' is below 0 in {QualityInWords.Share(count, file.RowCount)}, which its name does not allow.",
                    "Ask what a negative stands for; where it means 'not known', leave the cell blank.");
            }
        }
    }

    private static IEnumerable<Found> Age(CheckedFile file)
    {
        foreach (var column in file.Used.Where(column => column.Info.HoldsNumbers))
        {
            var isBirth = ValueWords.IsBirth(column.Name);
            var isDate = column.Info.Kind == ColumnKind.Date;
            Func<float, bool>? isOutside =
                isBirth && isDate ? days => IsOutside(AgeOn(file.Today, days))
                : isBirth ? year => IsOutside(file.Today.Year - year)
                : !isDate && ValueWords.IsAge(column.Name) ? IsOutside
                : null;
            var count = isOutside is null ? 0 : file.CountRows(column, isOutside);
            if (count > 0)
            {
                yield return new(
                    Severity.Warning, column.Name, count, file.RowCount,
                    $"'{column.Name}' {(isBirth ? "gives an age" : "is")} below {YoungestAge} or above {OldestAge} in {QualityInWords.Share(count, file.RowCount)}.",
                    "Correct these ages or leave the cells blank: a default that stands for 'not known' is learnt as if it were an age. Children's accounts may be meant to be there.");
            }
        }

        static bool IsOutside(float age) => age is < YoungestAge or > OldestAge;
    }

    private static IEnumerable<Found> Future(CheckedFile file)
    {
        var today = ColumnTable.DateNumber(file.Today);
        foreach (var column in file.Used.Where(column => column.Info.Kind == ColumnKind.Date && !ValueWords.MayLieAhead(column.Name)))
        {
            var count = file.CountRows(column, day => day > today);
            if (count > 0)
            {
                yield return new(
                    Severity.Warning, column.Name, count, file.RowCount, $"'{column.Name}' lies in the future in {QualityInWords.Share(count, file.RowCount)}.",
                    "Check how its dates are written (day or month first, years of two digits), or leave the cells blank.");
            }
        }
    }

    /// <summary>A column with nearly all values up to 1 holds shares: its whole is 1, else 100.</summary>
    private static IEnumerable<Found> Percent(CheckedFile file)
    {
        foreach (var column in file.Used.Where(column => column.Info.Kind == ColumnKind.Number && ValueWords.IsPercent(column.Name)))
        {
            var whole = column.Profile?.Numbers is { All.P95: <= 1 } ? 1f : 100f;
            var count = file.CountRows(column, number => number > whole);
            if (count > 0)
            {
                yield return new(
                    Severity.Warning, column.Name, count, file.RowCount,
                    string.Create(CultureInfo.InvariantCulture, $"'{column.Name}' is a percentage by its name, but above {whole} in {QualityInWords.Share(count, file.RowCount)}."),
                    "Check whether shares (0 to 1) and percentages (0 to 100) are mixed.");
            }
        }
    }

    /// <summary>Pairs told by their names alone: MAXCASA and MTHCASA, MAXUT and UT_AVE.</summary>
    private static IEnumerable<Found> Maximum(CheckedFile file)
    {
        CheckedColumn[] numbers = [.. file.Used.Where(column => column.Info.Kind == ColumnKind.Number)];
        var averages = numbers.Select(column => (Column: column, Of: WithoutMark(column.Name, AverageMarks))).Where(one => one.Of is not null).ToLookup(one => one.Of, one => one.Column);
        foreach (var maximum in numbers)
        {
            if (WithoutMark(maximum.Name, MaximumMarks) is not { } of || averages[of].FirstOrDefault() is not { } average)
            {
                continue;
            }

            var (below, both) = CountBelow(file, maximum, average);
            if (below > 0)
            {
                yield return new(
                    Severity.Note, maximum.Name, below, both, $"'{maximum.Name}' is below '{average.Name}' in {QualityInWords.Share(below, both)} that have both.",
                    "Ask whether the two are of the same months; nothing is changed.");
            }
        }
    }

    private static IEnumerable<Found> Outliers(CheckedFile file)
    {
        foreach (var column in file.Used.Where(column => column.Info.Kind == ColumnKind.Number))
        {
            // Where half of the rows hold one value, all others would be far from it.
            if (column.Profile is not { Numbers: { Outliers.Rows: > 0 and var count } numbers, Present.Rows: var present } || numbers.All.P25 == numbers.All.P75)
            {
                continue;
            }

            var many = count > ManyOutliers * present;
            yield return new(
                many ? Severity.Warning : Severity.Note, column.Name, count, present, $"'{column.Name}' lies far from all others in {QualityInWords.Share(count, present)} that have it.",
                many ? "Look whether two units or two kinds of customers are mixed in it." : "Nothing to do for training, which goes by order, not by size; look at them before you trust an average.");
        }
    }

    private static int AgeOn(DateOnly today, float days)
    {
        var birth = DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + (int)days);
        var years = today.Year - birth.Year;
        return (today.Month, today.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>The name's letters without the mark that it begins or ends with; null where it has none, or too little is left to be sure.</summary>
    private static string? WithoutMark(string name, string[] marks)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        foreach (var mark in marks)
        {
            if (letters.StartsWith(mark, StringComparison.Ordinal) && letters.Length > mark.Length + 1)
            {
                return letters[mark.Length..];
            }

            if (letters.EndsWith(mark, StringComparison.Ordinal) && letters.Length > mark.Length + 1)
            {
                return letters[..^mark.Length];
            }
        }

        return null;
    }

    private static (long Below, long Both) CountBelow(CheckedFile file, CheckedColumn maximum, CheckedColumn average)
    {
        var highs = file.Table.Numbers(maximum.Position);
        var means = file.Table.Numbers(average.Position);
        long below = 0, both = 0;
        for (var row = 0; row < highs.Length; row++)
        {
            if (!float.IsNaN(highs[row]) && !float.IsNaN(means[row]))
            {
                both++;
                below += highs[row] < means[row] - (1e-5f * MathF.Abs(means[row])) ? 1 : 0;
            }
        }

        return (below, both);
    }
}

using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Segments;

/// <summary>One column's values among the customers of one group.</summary>
/// <param name="Customers">All of the group.</param>
/// <param name="Missing">Of these, without a value.</param>
/// <param name="Median">The lower one of numbers or days; NaN for categories and where none has a value.</param>
/// <param name="Mean">Of numbers or days; NaN for categories and where none has a value.</param>
/// <param name="Variance">By the count less one; NaN for categories and below two values.</param>
public sealed record GroupValues(long Customers, long Missing, float Median, double Mean, double Variance);

/// <summary>A band, a category or missing, with the customers of each group that have it.</summary>
/// <param name="Words">As a label: '45 to 59', 'clerk', 'missing'.</param>
/// <param name="Known">Of all known affluents.</param>
/// <param name="Hidden">Of all hidden affluents.</param>
/// <param name="Typical">Of all typical normals.</param>
public sealed record GroupBin(string Words, Rate Known, Rate Hidden, Rate Typical)
{
    public Rate Of(CustomerGroup group) => group switch
    {
        CustomerGroup.KnownAffluent => Known,
        CustomerGroup.HiddenAffluent => Hidden,
        _ => Typical,
    };
}

/// <summary>How hidden affluents differ from another group in one column.</summary>
/// <param name="Difference">
/// Standardised: of numbers and days the difference of the means over √((variance + variance) / 2); of a category or of missing the difference
/// of the shares over √((p(1-p) + q(1-q)) / 2). Positive: more among the hidden affluents. NaN where undefined.
/// </param>
/// <param name="Telling">
/// What most of the difference is: a number or day beyond the other group's median, the category that differs most, or missing.
/// </param>
/// <param name="Hidden">Hidden affluents who meet it, of all.</param>
/// <param name="Other">Customers of the other group who meet it, of all.</param>
public sealed record ColumnContrast(double Difference, SegmentCondition Telling, Rate Hidden, Rate Other)
{
    /// <summary>How many times more frequent it is among the hidden affluents; NaN or infinite where the other group has none.</summary>
    public double Lift => Hidden.Share / Other.Share;

    /// <summary>95 %; the groups have no customer in common.</summary>
    public Interval LiftInterval => RateComparison.Ratio(Hidden, Other);

    /// <summary>Of two shares, 0 where both are 0 or both are 1.</summary>
    public static double DifferenceOf(Rate first, Rate second)
    {
        double p = first.Share, q = second.Share;
        return p == q ? 0 : (p - q) / Math.Sqrt(((p * (1 - p)) + (q * (1 - q))) / 2);
    }

    /// <summary>Of two groups' numbers; NaN where a variance is, or both are 0 and the means differ.</summary>
    public static double DifferenceOf(GroupValues first, GroupValues second)
    {
        var spread = Math.Sqrt((first.Variance + second.Variance) / 2);
        return spread > 0 ? (first.Mean - second.Mean) / spread : first.Mean == second.Mean && !double.IsNaN(spread) ? 0 : double.NaN;
    }
}

/// <summary>One column among known affluents, hidden affluents and typical normals: counts and summaries, never a customer.</summary>
public sealed class ColumnByGroup
{
    private const int BandCount = 8;
    private const int MostCategories = 10;
    private const float Limit = 1e37f;

    private readonly GroupValues[] _values;
    private readonly ColumnContrast[] _contrasts;

    private ColumnByGroup(ColumnTable table, int position, SegmentCustomers customers)
    {
        (Column, Kind) = (table.Columns[position].Name, table.Columns[position].Kind);
        var coded = CodedColumn.Of(table, position, customers.Rows, BandCount, MostCategories);
        var groups = Enum.GetValues<CustomerGroup>();
        var counts = new long[coded.BinCount, groups.Length];
        for (var customer = 0; customer < customers.Count; customer++)
        {
            counts[coded.Codes[customer], (int)customers.Groups[customer]]++;
        }

        Rate Share(int bin, CustomerGroup group) => new(counts[bin, (int)group], customers.CountOf(group));
        GroupBin Bin(int bin) => new(
            coded.WordsOf(bin), Share(bin, CustomerGroup.KnownAffluent), Share(bin, CustomerGroup.HiddenAffluent), Share(bin, CustomerGroup.TypicalNormal));

        Bins = [.. Enumerable.Range(0, coded.BinCount).Where(bin => groups.Any(group => counts[bin, (int)group] > 0)).Select(Bin)];
        var missing = Bin(coded.MissingBin);
        if (Kind == ColumnKind.Category)
        {
            _values = [.. groups.Select(group => new GroupValues(customers.CountOf(group), missing.Of(group).Count, float.NaN, double.NaN, double.NaN))];
            GroupBin[] named = [.. Enumerable.Range(0, coded.NamedCount).Select(Bin)];
            _contrasts = [.. groups.Select(other => MoreTelling(OfCategories(named, other), OfMissing(missing, other)))];
        }
        else
        {
            float[][] values = [.. groups.Select(group => ValuesOf(table.Numbers(position), customers, group))];
            _values = [.. groups.Select(group => Summarise(values[(int)group], customers.CountOf(group), missing.Of(group).Count))];
            _contrasts = [.. groups.Select(other => MoreTelling(OfNumbers(values, customers, other), OfMissing(missing, other)))];
        }
    }

    public string Column { get; }

    public ColumnKind Kind { get; }

    /// <summary>Bands of numbers and days in rising order, or the ten most frequent categories, then all others; missing last. Bins without a customer are left out.</summary>
    public IReadOnlyList<GroupBin> Bins { get; }

    /// <summary>Each column on its own, in the order asked for; columns of free text are passed over.</summary>
    /// <param name="table">The file whose customers these are.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <exception cref="RefusedException">The file has no such column.</exception>
    public static IReadOnlyList<ColumnByGroup> ForAll(ColumnTable table, SegmentCustomers customers, IReadOnlyList<string> columns, int threadCount = 1)
    {
        int[] positions = [.. columns.Select(column => SegmentSearch.PositionOf(table, column)).Where(position => table.Columns[position].Kind != ColumnKind.Text)];
        var found = new ColumnByGroup[positions.Length];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, i => found[i] = new ColumnByGroup(table, positions[i], customers));
        return found;
    }

    /// <summary>Those that tell hidden affluents from the other group most first, by the size of the standardised difference; undefined ones last, ties in the given order.</summary>
    public static IReadOnlyList<ColumnByGroup> MostTellingFirst(IEnumerable<ColumnByGroup> columns, CustomerGroup other) =>
        [.. columns.OrderByDescending(column => double.IsNaN(column.Against(other).Difference) ? -1 : Math.Abs(column.Against(other).Difference))];

    public GroupValues ValuesOf(CustomerGroup group) => _values[(int)group];

    /// <summary>Hidden affluents against known affluents or typical normals.</summary>
    public ColumnContrast Against(CustomerGroup other) => _contrasts[(int)other];

    private ColumnContrast OfNumbers(float[][] values, SegmentCustomers customers, CustomerGroup other)
    {
        var (hidden, others) = (_values[(int)CustomerGroup.HiddenAffluent], _values[(int)other]);
        var difference = ColumnContrast.DifferenceOf(hidden, others);
        var isAbove = !(difference < 0);
        var median = others.Median;
        SegmentCondition telling = float.IsNaN(median) ? new PresenceCondition(Column, IsMissing: false)
            : Kind == ColumnKind.Date ? DaysBeyond(median, isAbove)
            : new NumberCondition(Column, isAbove ? median : null, FromCounts: false, isAbove ? null : median, ToCounts: false);
        Rate Beyond(CustomerGroup group) => new(
            values[(int)group].LongCount(value => float.IsNaN(median) || (isAbove ? value > median : value < median)), customers.CountOf(group));
        return new ColumnContrast(difference, telling, Beyond(CustomerGroup.HiddenAffluent), Beyond(other));
    }

    private DateCondition DaysBeyond(float day, bool isAbove)
    {
        var date = new DateOnly(1970, 1, 1).AddDays((int)day);
        return isAbove ? new DateCondition(Column, date.AddDays(1), null) : new DateCondition(Column, null, date.AddDays(-1));
    }

    private ColumnContrast OfCategories(GroupBin[] named, CustomerGroup other)
    {
        GroupBin? most = null;
        foreach (var bin in named)
        {
            most = most is null || Math.Abs(ColumnContrast.DifferenceOf(bin.Hidden, bin.Of(other))) > Math.Abs(ColumnContrast.DifferenceOf(most.Hidden, most.Of(other))) ? bin : most;
        }

        return most is null
            ? new ColumnContrast(double.NaN, new PresenceCondition(Column, IsMissing: false), default, default)
            : new ColumnContrast(ColumnContrast.DifferenceOf(most.Hidden, most.Of(other)), new CategoryCondition(Column, [most.Words]), most.Hidden, most.Of(other));
    }

    private ColumnContrast OfMissing(GroupBin missing, CustomerGroup other) =>
        new(ColumnContrast.DifferenceOf(missing.Hidden, missing.Of(other)), new PresenceCondition(Column, IsMissing: true), missing.Hidden, missing.Of(other));

    private static ColumnContrast MoreTelling(ColumnContrast value, ColumnContrast missing) =>
        missing.Difference != 0 && !(Math.Abs(value.Difference) >= Math.Abs(missing.Difference)) && !double.IsNaN(missing.Difference) ? missing : value;

    /// <summary>In the customers' order; numbers beyond ±1e37, infinity included, count as ±1e37, as they do for the models.</summary>
    private static float[] ValuesOf(ReadOnlySpan<float> cells, SegmentCustomers customers, CustomerGroup group)
    {
        var values = new float[customers.CountOf(group)];
        var next = 0;
        for (var customer = 0; customer < customers.Count; customer++)
        {
            if (customers.Groups[customer] == group && cells[customers.Rows[customer]] is var cell && !float.IsNaN(cell))
            {
                values[next++] = Math.Clamp(cell, -Limit, Limit);
            }
        }

        return values[..next];
    }

    private static GroupValues Summarise(float[] values, long customers, long missing)
    {
        if (values.Length == 0)
        {
            return new GroupValues(customers, missing, float.NaN, double.NaN, double.NaN);
        }

        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new GroupValues(customers, missing, LowerMedian(values), mean, values.Length < 2 ? double.NaN : squares / (values.Length - 1));
    }

    /// <summary>Hoare's selection by the middle of three; puts the values in another order.</summary>
    private static float LowerMedian(float[] values)
    {
        int low = 0, high = values.Length - 1, wanted = (values.Length - 1) / 2;
        while (low < high)
        {
            var pivot = MiddleOf(values[low], values[low + ((high - low) / 2)], values[high]);
            int left = low, right = high;
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right--], values[left++]);
                }
            }

            if (wanted <= right)
            {
                high = right;
            }
            else if (wanted >= left)
            {
                low = left;
            }
            else
            {
                break;
            }
        }

        return values[wanted];
    }

    private static float MiddleOf(float first, float second, float third) =>
        Math.Max(Math.Min(first, second), Math.Min(Math.Max(first, second), third));
}

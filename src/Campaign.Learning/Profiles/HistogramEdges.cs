using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>
/// Readable edges for a histogram of mostly 10 to 24 bins. Whole numbers of a small range get a bin each; else steps of 1, 2 or 5 times a
/// power of ten; for dates days, weeks, months or years. Where a few far values would press the others into one bin the steps cover the
/// middle 98 %, with open tails; where that is not enough the edges themselves grow as 1, 2, 5, 10 away from zero, on both sides.
/// </summary>
internal static class HistogramEdges
{
    private const int MostBins = 24;

    /// <summary>Even steps are kept where the middle half of the values other than 0 spans this share of them: about two bins.</summary>
    private const double LeastMiddleShare = 0.08;

    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
    private static readonly int[] Leading = [1, 2, 5];

    /// <summary>Of an edge beside zero.</summary>
    private const double LeastSize = 1e-37;

    /// <summary>Ascending; the first may be -∞ and the last ∞. Empty without values.</summary>
    public static double[] For(ValueDistribution values, double minimum, double maximum, bool areWhole, ColumnKind kind)
    {
        if (values.Groups.Count == 0)
        {
            return [];
        }

        if (minimum == maximum)
        {
            return [minimum, maximum];
        }

        if (areWhole && maximum - minimum < MostBins)
        {
            return [.. Enumerable.Range(0, (int)(maximum - minimum) + 2).Select(step => minimum + step)];
        }

        var others = values.WithoutZero();
        var middle = others.Quantile(0.75, count => count.Rows) - others.Quantile(0.25, count => count.Rows);
        double low = values.Quantile(0.01, count => count.Rows), high = values.Quantile(0.99, count => count.Rows);
        Func<double, double, double[]> steps = kind == ColumnKind.Date ? DateSteps : (from, to) => NumberSteps(from, to, areWhole);
        var isNarrow = !values.AreExact && values.Groups.Count < MostBins; // the sketch can't tell how the values are spread
        if (middle >= LeastMiddleShare * (maximum - minimum) || isNarrow || (kind == ColumnKind.Date && low == high))
        {
            return WithTails(steps(minimum, maximum), minimum, maximum);
        }

        return kind == ColumnKind.Date || (low < high && middle >= LeastMiddleShare * (high - low))
            ? WithTails(steps(low, high), minimum, maximum)
            : WithTails(GrowingSteps(others, minimum, maximum), minimum, maximum);
    }

    private static double[] WithTails(double[] edges, double minimum, double maximum)
    {
        IEnumerable<double> below = minimum < (float)edges[0] ? [double.NegativeInfinity] : [];
        IEnumerable<double> above = maximum > (float)edges[^1] ? [double.PositiveInfinity] : [];
        return [.. below, .. edges, .. above];
    }

    private static double[] NumberSteps(double from, double to, bool areWhole)
    {
        for (var exponent = areWhole ? 0 : (int)Math.Floor(Math.Log10((to - from) / MostBins)); ; exponent++)
        {
            foreach (var leading in Leading)
            {
                // A float read from '0.7' may lie a hair below 0.7; it belongs at 0.7.
                var step = Scaled(leading, exponent);
                var first = Math.Floor((from / step) + 1e-6);
                var last = Math.Max(first + 1, Math.Ceiling((to / step) - 1e-6));
                if (last - first <= MostBins)
                {
                    return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Scaled((first + i) * leading, exponent))];
                }
            }
        }
    }

    private static double[] DateSteps(double from, double to)
    {
        if (to - from <= MostBins * 7)
        {
            // 1970-01-05 was a Monday.
            var days = to - from <= MostBins * 2 ? 2 : 7;
            var first = (Math.Floor((from - 4) / days) * days) + 4;
            return [.. Enumerable.Range(0, (int)Math.Ceiling((to + 1 - first) / days) + 1).Select(i => first + (i * days))];
        }

        foreach (var step in MonthSteps)
        {
            long first = MonthOf(from) / step * step, last = (MonthOf(to) / step * step) + step;
            if ((last - first) / step <= MostBins)
            {
                return [.. Enumerable.Range(0, (int)((last - first) / step) + 1).Select(i => FirstDay(first + (i * step)))];
            }
        }

        return [from, to];
    }

    /// <summary>Months since the year 0; the year is limited to those that the calendar has.</summary>
    private static long MonthOf(double days)
    {
        var date = DateOnly.FromDayNumber((int)Math.Clamp(days + Epoch, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
        return (date.Year * 12L) + date.Month - 1;
    }

    private static double FirstDay(long month) =>
        month < 12 ? DateOnly.MinValue.DayNumber - Epoch
        : month >= 120_000 ? DateOnly.MaxValue.DayNumber + 1 - Epoch
        : new DateOnly((int)(month / 12), (int)(month % 12) + 1, 1).DayNumber - Epoch;

    private static int Epoch { get; } = new DateOnly(1970, 1, 1).DayNumber;

    private static double[] GrowingSteps(ValueDistribution others, double minimum, double maximum)
    {
        var sizes = others.Groups.Select(group => (Size: Math.Abs((double)group.Value), group.Count.Rows))
            .OrderBy(size => size.Size).ToArray();
        double smallest = SizeAt(sizes, 0.05), largest = SizeAt(sizes, 0.999);
        for (var decades = 0; ; decades++)
        {
            var edges = Edges(smallest, largest, decades, minimum, maximum);
            if (edges.Length <= MostBins + 1)
            {
                return edges;
            }
        }
    }

    /// <param name="decades">0: three edges a power of ten; else one every so many.</param>
    private static double[] Edges(double smallest, double largest, int decades, double minimum, double maximum)
    {
        var sizes = new List<double>();
        for (var exponent = (int)Math.Floor(Math.Log10(smallest)); sizes.Count == 0 || sizes[^1] < largest; exponent += Math.Max(1, decades))
        {
            foreach (var size in (decades == 0 ? Leading : [1]).Select(leading => Scaled(leading, exponent)))
            {
                if (size <= smallest)
                {
                    sizes.Clear(); // the edges begin with the last at or below the smallest size
                }

                if (sizes.Count == 0 || sizes[^1] < largest)
                {
                    sizes.Add(size);
                }
            }
        }

        IEnumerable<double> negative = minimum < 0 ? sizes.AsEnumerable().Reverse().Select(size => -size).Where(edge => edge < maximum || edge == -sizes[0]) : [];
        IEnumerable<double> zero = minimum < sizes[0] && maximum > -sizes[0] ? [0] : [];
        IEnumerable<double> positive = maximum > 0 ? sizes.Where(edge => edge > minimum || edge == sizes[0]) : [];
        double[] edges = [.. negative, .. zero, .. positive];
        var first = Math.Max(0, Array.FindLastIndex(edges, edge => (float)edge <= minimum));
        var last = Array.FindIndex(edges, edge => (float)edge >= maximum) is >= 0 and var above ? above : edges.Length - 1;
        edges = edges[first..(Math.Max(first, last) + 1)]; // none beyond the values
        return edges.Length > 1 ? edges : [edges[0], edges[0] < 0 ? 0 : 10 * edges[0]];
    }

    private static double SizeAt((double Size, long Rows)[] sizes, double share)
    {
        var wanted = share * sizes.Sum(size => size.Rows);
        double below = 0;
        foreach (var (size, rows) in sizes)
        {
            below += rows;
            if (below >= wanted)
            {
                return Math.Max(size, LeastSize);
            }
        }

        return sizes[^1].Size;
    }

    /// <summary>digits x 10^exponent, rounded once.</summary>
    private static double Scaled(double digits, int exponent) =>
        exponent >= 0 ? digits * Math.Pow(10, exponent) : digits / Math.Pow(10, -exponent);
}

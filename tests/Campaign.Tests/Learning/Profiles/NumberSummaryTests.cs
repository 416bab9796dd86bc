using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Profiles;
using Xunit;

namespace Campaign.Tests.Learning.Profiles;

public sealed class NumberSummaryTests
{
    private const int RowCount = 30_000;

    private static readonly bool[] Affluent = [.. Enumerable.Range(0, RowCount).Select(row => row % 7 == 0)];

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(29_000)]
    public void Two_parts_merge_into_the_whole(int firstRows)
    {
        foreach (var cells in new[] { Balances(), WholeNumbers() })
        {
            var whole = NumberSummary.Of(cells, Affluent, areDays: false);
            var merged = NumberSummary.Of(cells.AsSpan(0, firstRows), Affluent.AsSpan(0, firstRows), areDays: false);
            merged.Merge(NumberSummary.Of(cells.AsSpan(firstRows), Affluent.AsSpan(firstRows), areDays: false));

            Assert.Equal(whole.Distribution().Groups, merged.Distribution().Groups);
            Assert.Equal((whole.Minimum, whole.Maximum, whole.Zeros, whole.Negatives), (merged.Minimum, merged.Maximum, merged.Zeros, merged.Negatives));
            Assert.Equal((whole.Missing, whole.Present, whole.AreWhole), (merged.Missing, merged.Present, merged.AreWhole));
            Assert.Equal(whole.DistinctCount, merged.DistinctCount);
            Assert.Equal(whole.All.Mean, merged.All.Mean, Math.Abs(whole.All.Mean) * 1e-12);
            Assert.Equal(whole.All.StandardDeviation, merged.All.StandardDeviation, whole.All.StandardDeviation * 1e-12);
            Assert.Equal(whole.All.Skewness, merged.All.Skewness, 1e-9 * Math.Abs(whole.All.Skewness));
            Assert.Equal(whole.CorrelationRatio, merged.CorrelationRatio, 1e-12);
        }
    }

    [Fact]
    public void Quantiles_of_many_values_are_within_the_bound()
    {
        var cells = Balances();
        var values = NumberSummary.Of(cells, Affluent, areDays: false).Distribution();
        float[] sorted = [.. cells.Where(cell => !float.IsNaN(cell)).Order()];

        Assert.False(values.AreExact);
        foreach (var share in new[] { 0.001, 0.01, 0.1, 0.25, 0.5, 0.9, 0.999 })
        {
            double exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            Assert.InRange(values.Quantile(share, count => count.Rows) - exact, -0.008 * Math.Abs(exact), 0.008 * Math.Abs(exact));
        }
    }

    [Fact]
    public void The_auc_of_many_values_is_within_its_bound()
    {
        var cells = Balances();
        var summary = NumberSummary.Of(cells, Affluent, areDays: false);
        var values = summary.Distribution();
        var all = summary.Present + summary.Missing;
        var met = values.Groups.Sum(group => (double)group.Count.Affluent * group.Count.Normal);
        var bound = met / 2 / ((double)all.Affluent * all.Normal);

        Assert.InRange(bound, 1e-6, 0.003);
        Assert.InRange(values.Auc(summary.Missing) - ColumnAuc.OfNumbers(cells, Affluent), -bound, bound);
    }

    [Fact]
    public void Dates_are_exact_to_the_day_however_many_there_are()
    {
        var random = SeededRandom.For(3, 0);
        float[] cells = [.. Enumerable.Range(0, RowCount).Select(_ => (float)(random.Next(20_000) - 2000))];
        var summary = NumberSummary.Of(cells, Affluent, areDays: true);

        Assert.Null(summary.DistinctCount);
        Assert.Equal(cells.Order().ElementAt((RowCount / 2) - 1), summary.Distribution().Quantile(0.5, count => count.Rows));
        Assert.Equal(ColumnAuc.OfNumbers(cells, Affluent), summary.Distribution().Auc(default), 1e-12);
    }

    [Fact]
    public void A_thousand_values_are_counted_and_one_more_is_too_many()
    {
        float[] cells = [.. Enumerable.Range(0, 1001).Select(value => value / 8f)];
        bool[] affluent = new bool[1001];

        Assert.Equal(1000, NumberSummary.Of(cells.AsSpan(1), affluent.AsSpan(1), areDays: false).DistinctCount);
        Assert.Null(NumberSummary.Of(cells, affluent, areDays: false).DistinctCount);
    }

    [Fact]
    public void Infinity_counts_as_the_largest_number_and_the_two_zeros_as_one()
    {
        var summary = NumberSummary.Of([float.PositiveInfinity, float.NegativeInfinity, -0f, 0f], [true, false, true, false], areDays: false);

        Assert.Equal((NumberSummary.Limit, -NumberSummary.Limit), (summary.Maximum, summary.Minimum));
        Assert.Equal(new ClassCount(1, 1), summary.Zeros);
        Assert.Equal(3, summary.DistinctCount);
        Assert.True(double.IsFinite(summary.All.StandardDeviation));
    }

    [Fact]
    public void Tenths_hold_alike_many_rows_and_keep_equal_values_together()
    {
        var tenths = NumberSummary.Of(Balances(), Affluent, areDays: false).Distribution().Tenths(areWhole: false);
        Assert.Equal(10, tenths.Count);
        Assert.All(tenths, bin => Assert.InRange(bin.Count.Rows, 2700, 3000));

        float[] mostlyZero = [.. Enumerable.Range(0, RowCount).Select(row => row % 4 == 0 ? row : 0f)];
        var few = NumberSummary.Of(mostlyZero, Affluent, areDays: false).Distribution().Tenths(areWhole: true);
        Assert.InRange(few[0].Count.Rows, 22_500, 22_600);
        Assert.Equal(RowCount, few.Sum(bin => bin.Count.Rows));
        Assert.All(few.Skip(1), bin => Assert.InRange(bin.Count.Rows, 1400, 4600));
        Assert.All(few.Skip(1).Zip(few), pair => Assert.Equal(pair.Second.To, pair.First.From));
    }

    [Theory]
    [InlineData(0, ColumnKind.Number)]
    [InlineData(1, ColumnKind.Number)]
    [InlineData(2, ColumnKind.Number)]
    [InlineData(3, ColumnKind.Date)]
    [InlineData(4, ColumnKind.Number)]
    [InlineData(5, ColumnKind.Date)]
    public void A_histogram_is_readable_and_counts_exactly(int shape, ColumnKind kind)
    {
        var cells = Shape(shape);
        var summary = NumberSummary.Of(cells, Affluent, kind == ColumnKind.Date);
        var edges = HistogramEdges.For(summary.Distribution(), summary.Minimum, summary.Maximum, summary.AreWhole, kind);
        var (bins, _) = BinCounts.Of(cells, Affluent, kind == ColumnKind.Date, edges, double.NaN, double.NaN, default);

        Assert.InRange(bins.Count, 7, 26);
        Assert.True(bins[0].Count.Rows > 0 && bins[^1].Count.Rows > 0);
        Assert.Equal(summary.Present, bins.Aggregate(default(ClassCount), (sum, bin) => sum + bin.Count));
        Assert.True(bins.Max(bin => bin.Count.Rows) < 0.5 * summary.Present.Rows);
        foreach (var bin in bins)
        {
            bool Holds(float cell) => cell >= (float)bin.From && (bin == bins[^1] ? cell <= (float)bin.To : cell < (float)bin.To);
            Assert.Equal(cells.Zip(Affluent).Count(row => row.Second && Holds(row.First)), bin.Count.Affluent);
            Assert.Equal(cells.Zip(Affluent).Count(row => !row.Second && Holds(row.First)), bin.Count.Normal);
        }
    }

    [Theory]
    [InlineData(1, 1e9f)]
    [InlineData(-1, -1e9f)]
    [InlineData(-1, 1e9f)]
    [InlineData(1e-30f, -1e30f)]
    [InlineData(0, 1e37f)]
    public void A_column_of_one_value_and_a_few_far_ones_has_a_histogram(float value, float far)
    {
        float[] cells = [.. Enumerable.Range(0, RowCount).Select(row => row < 3 ? far : value)];
        var summary = NumberSummary.Of(cells, Affluent, areDays: false);
        var edges = HistogramEdges.For(summary.Distribution(), summary.Minimum, summary.Maximum, summary.AreWhole, ColumnKind.Number);
        var (bins, _) = BinCounts.Of(cells, Affluent, areDays: false, edges, double.NaN, double.NaN, default);

        Assert.Equal(RowCount, bins.Sum(bin => bin.Count.Rows));
        Assert.Equal([3, RowCount - 3], bins.Select(bin => bin.Count.Rows).Where(rows => rows > 0).Order());
        Assert.Equal(edges.Order(), edges);
        Assert.Equal(edges.Distinct().Count(), edges.Length);
        Assert.InRange(bins.Count, 2, 26);
    }

    [Fact]
    public void Date_bins_begin_with_a_month()
    {
        var cells = Shape(3);
        var summary = NumberSummary.Of(cells, Affluent, areDays: true);
        var edges = HistogramEdges.For(summary.Distribution(), summary.Minimum, summary.Maximum, areWhole: true, ColumnKind.Date);

        Assert.All(edges, edge => Assert.EndsWith("-01", ColumnTable.DateText((float)edge), StringComparison.Ordinal));
    }

    private static float[] Shape(int shape)
    {
        var random = SeededRandom.For(11, shape);
        var cells = new float[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            var normal = Normal(ref random);
            cells[row] = shape switch
            {
                0 => (float)normal,
                1 => (float)(Math.Exp(6 + (2.5 * normal)) - (random.NextShare() < 0.1 ? 1000 : 0)), // a balance, skew above 50
                2 => MathF.Round(random.Next(60) / 20f, 1) + (row == 5 ? 1e6f : 0), // tenths, and one far value
                3 => random.Next(9000) + 8000, // about 25 years
                4 => 1e6f + (float)normal, // all in one or two buckets of the sketch
                _ => random.Next(3000) + 15_000 + (row == 7 ? 2_900_000 : 0), // one sentinel far in the future
            };
        }

        return cells;
    }

    private static float[] Balances()
    {
        var random = SeededRandom.For(5, 0);
        return [.. Enumerable.Range(0, RowCount).Select(row =>
            random.NextShare() < 0.05 ? float.NaN : (float)(Math.Exp(7 + Normal(ref random) + (row % 7 == 0 ? 0.5 : 0)) - 600))];
    }

    private static float[] WholeNumbers()
    {
        var random = SeededRandom.For(6, 0);
        return [.. Enumerable.Range(0, RowCount).Select(_ => (float)(random.Next(60) - 3))];
    }

    private static double Normal(ref SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(random.NextShare())) * Math.Cos(2 * Math.PI * random.NextShare());
}

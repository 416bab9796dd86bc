using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Segments;

public sealed class SegmentSearchTests
{
    private const int RowCount = 3000;

    [Fact]
    public void A_planted_segment_is_found_with_round_cuts()
    {
        using var invented = Invent(out var customers, planted: true);

        var found = SegmentSearch.Find(invented.Table, customers, ["age", "savings", "job", "noise"]);

        Assert.Equal("savings at least 20,000, job is pilot or teacher", found[0].Rule.Sentence);
        Assert.True(found[0].Count.Lift.Lift > 3, $"Lift {found[0].Count.Lift.Lift}.");
    }

    [Fact]
    public void The_counts_are_those_of_the_sentence_and_no_customer_is_in_two_segments()
    {
        using var invented = Invent(out var customers, planted: true);

        var found = SegmentSearch.Find(invented.Table, customers, ["age", "savings", "job", "noise"]);

        var inSegments = new int[RowCount];
        foreach (var segment in found)
        {
            var met = segment.Rule.Matches(invented.Table);
            long hidden = 0, typical = 0;
            for (var customer = 0; customer < customers.Count; customer++)
            {
                var isMet = met[customers.Rows[customer]];
                inSegments[customers.Rows[customer]] += isMet ? 1 : 0;
                hidden += isMet && customers.Groups[customer] == CustomerGroup.HiddenAffluent ? 1 : 0;
                typical += isMet && customers.Groups[customer] == CustomerGroup.TypicalNormal ? 1 : 0;
            }

            Assert.Equal((hidden, typical), (segment.Count.Hidden.Count, segment.Count.Typical.Count));
            Assert.True(hidden >= SegmentSearch.LeastCustomers);
            Assert.True(segment.Count.Lift.Interval.Low > 1);
            Assert.InRange(segment.Rule.Conditions.Count, 1, SegmentSearch.MostDepth);
        }

        Assert.NotEmpty(found);
        Assert.All(inSegments, count => Assert.InRange(count, 0, 1));
        Assert.Equal(found.OrderByDescending(segment => segment.Count.Lift.Interval.Low), found);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        using var invented = Invent(out var customers, planted: true);
        string[] columns = ["age", "savings", "job", "noise"];

        Assert.Equal(Sentences(1), Sentences(3));

        IEnumerable<string> Sentences(int threads) => SegmentSearch.Find(invented.Table, customers, columns, threads).Select(found => $"{found.Rule.Sentence}: {found.Count}");
    }

    [Fact]
    public void Where_nothing_tells_nothing_is_found()
    {
        using var invented = Invent(out var customers, planted: false);

        Assert.Empty(SegmentSearch.Find(invented.Table, customers, ["noise"]));
    }

    [Fact]
    public void Missing_values_can_be_the_segment()
    {
        var random = new Random(3);
        var (scores, incomes) = (new double[600], new float[600]);
        for (var row = 0; row < 600; row++)
        {
            incomes[row] = row % 4 == 0 ? float.NaN : random.Next(1000, 9000);
            scores[row] = random.Next(10) < (row % 4 == 0 ? 8 : 1) ? 0.9 : 0.1;
        }

        using var invented = new InventedTable(("income", ColumnKind.Number, incomes));
        var customers = SegmentCustomers.Of(scores, new bool[600], CustomerIndex.Of([.. Enumerable.Range(0, 600)]), new OperatingThreshold(0.5));
        var found = SegmentSearch.Find(invented.Table, customers, ["income"]);

        Assert.Equal("income is missing", Assert.Single(found).Rule.Sentence);
        Assert.Equal(150, found[0].Count.HiddenShare.OutOf);
    }

    [Theory]
    [InlineData(19_312, 20_011, 21_400, 20_000)]
    [InlineData(44.5, 47, 50.5, 50)]
    [InlineData(-3, 1, 2, 0)]
    [InlineData(0.0312, 0.0345, 0.036, 0.035)]
    [InlineData(7, 7, 7, 7)]
    public void A_cut_is_as_round_as_its_neighbours_allow(double low, double near, double high, double cut) =>
        Assert.Equal((float)cut, (float)RoundCuts.Roundest(low, near, high));

    [Fact]
    public void Cuts_of_days_are_first_days_of_months_or_years()
    {
        var first = ColumnTable.DateNumber(new DateOnly(2012, 5, 7));
        float[] days = [.. Enumerable.Range(0, 4000).Select(day => first + day)];

        var cuts = RoundCuts.Of(days, 8, areDays: true);

        Assert.Equal(7, cuts.Length);
        Assert.All(cuts, cut => Assert.EndsWith("-01-01", ColumnTable.DateText(cut), StringComparison.Ordinal));
    }

    /// <summary>Each row a customer of its own; one in seven recorded affluent; hidden affluents everywhere, and dense among pilots and teachers with savings if planted.</summary>
    private static InventedTable Invent(out SegmentCustomers customers, bool planted)
    {
        var random = new Random(12);
        var (age, savings, noise, job) = (new float[RowCount], new float[RowCount], new float[RowCount], new string?[RowCount]);
        var (scores, affluent) = (new double[RowCount], new bool[RowCount]);
        for (var row = 0; row < RowCount; row++)
        {
            age[row] = random.Next(20, 80);
            savings[row] = random.Next(11) == 0 ? float.NaN : random.Next(0, 40_000);
            noise[row] = (float)random.NextDouble();
            job[row] = random.Next(13) == 0 ? null : ((string[])["clerk", "baker", "pilot", "teacher"])[random.Next(4)];
            affluent[row] = row % 7 == 0;
            var isDense = planted && savings[row] >= 20_000 && job[row] is "pilot" or "teacher" && savings[row] >= 20_000;
            scores[row] = random.NextDouble() < (isDense ? 0.7 : 0.05) ? 0.9 : 0.1;
        }

        customers = SegmentCustomers.Of(scores, affluent, CustomerIndex.Of([.. Enumerable.Range(0, RowCount)]), new OperatingThreshold(0.5));
        return new InventedTable(("age", ColumnKind.Number, age), ("savings", ColumnKind.Number, savings), ("job", ColumnKind.Category, job), ("noise", ColumnKind.Number, noise));
    }
}

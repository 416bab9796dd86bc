using Campaign.Learning;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Estimates;

public sealed class HiddenEstimateTests
{
    private const int RowCount = 6000;

    [Fact]
    public void Hidden_at_random_the_range_holds_the_true_number_in_nearly_every_file()
    {
        var held = 0;
        for (var file = 0; file < 40; file++)
        {
            var (logOdds, affluent, hidden) = Invent(file, 0.3);
            var estimate = HiddenEstimate.Of(logOdds, affluent, EachRow(RowCount), seed: 1)!;

            Assert.True(estimate.Low <= estimate.Mid && estimate.Mid <= estimate.High);
            held += estimate.Low <= hidden && hidden <= estimate.High ? 1 : 0;
        }

        Assert.InRange(held, 37, 40);
    }

    [Fact]
    public void Where_the_less_obvious_are_hidden_the_low_end_is_still_true()
    {
        for (var file = 0; file < 20; file++)
        {
            var (logOdds, affluent, hidden) = Invent(file, 0.5, lessObvious: true);
            Assert.InRange(HiddenEstimate.Of(logOdds, affluent, EachRow(RowCount), seed: 1)!.Low, 0, hidden);
        }
    }

    [Fact]
    public void The_middle_follows_from_the_top_customers()
    {
        // 1,200 known: the top holds 60 of them (5 %), every fourth customer there is recorded normal.
        const int rowCount = 4800;
        double[] logOdds = [.. Enumerable.Range(0, rowCount).Select(row => (double)-row)];
        bool[] affluent = [.. Enumerable.Range(0, rowCount).Select(row => row < 1600 && row % 4 != 3)];
        var estimate = HiddenEstimate.Of(logOdds, affluent, EachRow(rowCount), seed: 1)!;

        Assert.Equal(new Rate(60, 79), estimate.Top);
        Assert.Equal(60 / 79.0 / 0.925, estimate.RecordedShare, 1e-12);
        Assert.Equal(1200 * ((0.925 * 79 / 60.0) - 1), estimate.Mid, 1e-9);
    }

    [Fact]
    public void A_bank_that_recorded_everybody_at_the_top_may_have_none_hidden()
    {
        double[] logOdds = [.. Enumerable.Range(0, 2000).Select(row => (double)-row)];
        var estimate = HiddenEstimate.Of(logOdds, [.. Enumerable.Range(0, 2000).Select(row => row < 500)], EachRow(2000), seed: 1)!;

        Assert.Equal((0, 0, 0), (estimate.Low, estimate.Mid, estimate.High));
        Assert.Equal(1, estimate.RecordedShare);
    }

    [Fact]
    public void Copies_of_rows_and_the_files_order_change_nothing()
    {
        var (logOdds, affluent, _) = Invent(1, 0.3);
        int[] rows = [.. Enumerable.Range(0, RowCount).Concat(Enumerable.Range(0, 2000)).Reverse()];
        var copied = HiddenEstimate.Of(
            [.. rows.Select(row => logOdds[row])], [.. rows.Select(row => affluent[row])], CustomerIndex.Of(rows), seed: 1);

        Assert.Equal(HiddenEstimate.Of(logOdds, affluent, EachRow(RowCount), seed: 1), copied);
    }

    [Fact]
    public void With_fewer_than_400_known_affluents_nothing_is_said()
    {
        double[] logOdds = [.. Enumerable.Range(0, 1000).Select(row => (double)-row)];

        Assert.Null(HiddenEstimate.Of(logOdds, [.. Enumerable.Range(0, 1000).Select(row => row < 399)], EachRow(1000), seed: 1));
        Assert.NotNull(HiddenEstimate.Of(logOdds, [.. Enumerable.Range(0, 1000).Select(row => row < 400)], EachRow(1000), seed: 1));
    }

    [Fact]
    public void Scores_that_are_all_equal_or_nearly_so_have_no_top_and_say_nothing()
    {
        const int rowCount = 3000;
        bool[] affluent = [.. Enumerable.Range(0, rowCount).Select(row => row % (row < 404 ? 4 : 8) == 0)];

        Assert.Null(HiddenEstimate.Of(new double[rowCount], affluent, EachRow(rowCount), seed: 1));
        Assert.Null(HiddenEstimate.Of([.. Enumerable.Range(0, rowCount).Select(row => row < 404 ? 1.0 : 0)], affluent, EachRow(rowCount), seed: 1));
        Assert.NotNull(HiddenEstimate.Of([.. Enumerable.Range(0, rowCount).Select(row => row < 400 ? 1.0 : 0)], affluent, EachRow(rowCount), seed: 1));
    }

    [Fact]
    public void A_ranking_by_chance_says_nothing()
    {
        var random = SeededRandom.For(4, 0);
        double[] logOdds = new double[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            logOdds[row] = random.NextShare();
        }

        Assert.Null(HiddenEstimate.Of(logOdds, [.. Enumerable.Range(0, RowCount).Select(row => row % 5 == 0)], EachRow(RowCount), seed: 1));
    }

    [Fact]
    public void The_chance_of_being_hidden_adds_up_to_the_estimate()
    {
        // Recorded with chance c x p: over the recorded normals the chances sum to the hidden.
        const double share = 0.7;
        var random = SeededRandom.For(2, 0);
        double expected = 0, hidden = 0;
        for (var row = 0; row < 100_000; row++)
        {
            var affluentChance = random.NextShare() * 0.9;
            var affluent = random.NextShare() < affluentChance;
            var recorded = affluent && random.NextShare() < share;
            expected += recorded ? 0 : HiddenProbability.Of(affluentChance * share, share);
            hidden += affluent && !recorded ? 1 : 0;
        }

        Assert.InRange(expected / hidden, 0.98, 1.02);
        Assert.Equal(0, HiddenProbability.Of(0.9, 1));
        Assert.Equal(1, HiddenProbability.Of(0.8, 0.7));
        Assert.Equal(0, HiddenProbability.Of(0, 0.7));
        Assert.True(double.IsNaN(HiddenProbability.Of(double.NaN, 0.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HiddenProbability.Of(0.5, 0));
    }

    private static CustomerIndex EachRow(int rowCount) => CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]);

    /// <summary>Affluent by a logistic law of a wealth that the log-odds tell; nearly all at the very top are.</summary>
    private static (double[] LogOdds, bool[] Affluent, int Hidden) Invent(int file, double share, bool lessObvious = false)
    {
        var random = SeededRandom.For(9, file);
        var logOdds = new double[RowCount];
        var recorded = new bool[RowCount];
        var hidden = 0;
        for (var row = 0; row < RowCount; row++)
        {
            logOdds[row] = (2.5 * NormalQuantile.Of(random.NextShare())) - 2;
            var affluent = random.NextShare() < LogOdds.ToScore(logOdds[row]);
            var hiding = lessObvious && logOdds[row] > 2 ? share / 5 : share;
            recorded[row] = affluent && random.NextShare() >= hiding;
            hidden += affluent && !recorded[row] ? 1 : 0;
        }

        return (logOdds, recorded, hidden);
    }
}

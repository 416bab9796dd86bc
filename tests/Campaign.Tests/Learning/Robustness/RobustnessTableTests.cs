using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Robustness;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Robustness;

public sealed class RobustnessTableTests
{
    private const int RowCount = 200;

    private static readonly FeatureColumn[] Columns =
        [new("balance", ColumnKind.Number, []), new("job", ColumnKind.Category, ["clerk", "owner"]), new("unused", ColumnKind.Number, [])];

    private static readonly OperatingThreshold Half = new(0.5);

    // Every second row is affluent; the balance tells it, the job does not.
    private static readonly bool[] Affluent = [.. Enumerable.Range(0, RowCount).Select(row => row % 2 == 1)];

    [Fact]
    public void A_missing_column_takes_with_it_what_it_told()
    {
        var table = Measure([0, 2]);
        var missing = table.Rows.Single(row => row is { Column: "balance", Disturbance: Disturbance.Missing });

        Assert.Equal((1, 1), (table.Auc, table.AveragePrecision));
        Assert.Equal(new Rate(100, 100), table.Recall);
        Assert.Equal(0.5, missing.Auc, 1e-12);
        Assert.Equal(new Rate(0, 100), missing.Recall);
        Assert.Equal(new Rate(100, RowCount), missing.Changed);
    }

    [Fact]
    public void A_column_that_the_scorer_does_not_use_changes_nothing() => Assert.All(
        Measure([2]).Rows, row => Assert.Equal((1, 1, new Rate(100, 100), new Rate(0, RowCount)), (row.Auc, row.AveragePrecision, row.Recall, row.Changed)));

    [Fact]
    public void A_shift_keeps_the_order_and_moves_the_selection()
    {
        var rows = Measure([0]).Rows;
        var up = rows.Single(row => row.Disturbance == Disturbance.ShiftedUp);
        var down = rows.Single(row => row.Disturbance == Disturbance.ShiftedDown);

        // The interquartile range of 0 to 199 is 99.5: up selects everybody, at 99.5 and above, down the highest alone.
        Assert.Equal((1, new Rate(100, 100), new Rate(100, RowCount)), (up.Auc, up.Recall, up.Changed));
        Assert.Equal((1, new Rate(1, 100), new Rate(99, RowCount)), (down.Auc, down.Recall, down.Changed));
    }

    [Fact]
    public void Each_kind_of_column_has_its_own_disturbances_and_the_values_come_back()
    {
        var features = Features();
        var before = features.ToArray();
        var table = RobustnessTable.Measure(features, Columns, Affluent, [1, 0], Half, Score, seed: 1);

        Assert.Equal(before, features);
        Assert.Equal(
            [Disturbance.Missing, Disturbance.UnseenCategory, Disturbance.Misspelled, Disturbance.Missing, Disturbance.ShiftedUp, Disturbance.ShiftedDown, Disturbance.Noise, Disturbance.TypingErrors],
            table.Rows.Select(row => row.Disturbance));
    }

    [Fact]
    public void An_unseen_category_takes_the_most_frequent_ones_rows_and_misspelling_one_in_twenty()
    {
        var counts = new List<int>();
        RobustnessTable.Measure(Features(), Columns, Affluent, [1], Half, Counting, seed: 1);

        // Undisturbed; all; the 150 clerks; about a twentieth.
        Assert.Equal([0, RowCount, 150], counts.Take(3));
        Assert.InRange(counts[3], 3, 20);

        double[] Counting(ReadOnlySpan<float> features)
        {
            var missing = 0;
            for (var row = 0; row < RowCount; row++)
            {
                missing += float.IsNaN(features[(row * 3) + 1]) ? 1 : 0;
            }

            counts.Add(missing);
            return new double[RowCount];
        }
    }

    [Fact]
    public void The_same_seed_spoils_the_same_cells() => Assert.Equal(Measure([0, 1]).Rows, Measure([0, 1]).Rows);

    [Fact]
    public void Values_that_make_no_whole_rows_are_an_error() => Assert.Equal(
        "4 values are not 200 rows of 3 columns.",
        Assert.Throws<ArgumentException>(() => RobustnessTable.Measure(new float[4], Columns, Affluent, [0], Half, Score, 1)).Message);

    private static RobustnessTable Measure(int[] disturbed) => RobustnessTable.Measure(Features(), Columns, Affluent, disturbed, Half, Score, seed: 1);

    /// <summary>Balances of 0 to 99 for normals and 100 to 199 for affluents; every fourth row an owner.</summary>
    private static float[] Features() =>
        [.. Enumerable.Range(0, RowCount).SelectMany(row => new float[] { (row / 2) + (row % 2 * 100), row % 4 == 0 ? 1 : 0, row })];

    /// <summary>Above 0 from a balance of 99.5 on; a missing one says less than any.</summary>
    private static double[] Score(ReadOnlySpan<float> features)
    {
        var logOdds = new double[features.Length / 3];
        for (var row = 0; row < logOdds.Length; row++)
        {
            var balance = features[row * 3];
            logOdds[row] = float.IsNaN(balance) ? -20 : (balance - 99.5) / 10;
        }

        return logOdds;
    }
}

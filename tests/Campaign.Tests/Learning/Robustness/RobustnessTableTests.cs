using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Robustness;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Robustness;

public sealed class RobustnessTableTests : IDisposable
{
    private const int RowCount = 200;
    private const int Balance = 0, Job = 1, Unused = 2, Share = 3;

    private static readonly OperatingThreshold Half = new(0.5);

    // Every second row is affluent; the balance tells it, the job does not.
    private static readonly bool[] Affluent = [.. Rows.Select(row => row % 2 == 1)];

    // Balances of 0 to 99 for normals and 100 to 199 for affluents; every fourth row an owner.
    private readonly InventedTable _table = new(
        ("balance", ColumnKind.Number, Rows.Select(row => (float)((row / 2) + (row % 2 * 100))).ToArray()),
        ("job", ColumnKind.Category, Rows.Select(row => row % 4 == 0 ? "owner" : "clerk").ToArray()),
        ("unused", ColumnKind.Number, Rows.Select(row => (float)(row + 1)).ToArray()));

    private readonly FeatureSource _features;

    public RobustnessTableTests() => _features = FeatureSource.ForTraining(
        _table.Table, ["balance", "job", "unused"], [DerivedFeature.Ratio("balance", "unused")]);

    private static int[] Rows => [.. Enumerable.Range(0, RowCount)];

    public void Dispose() => _table.Dispose();

    [Fact]
    public void A_missing_column_takes_with_it_what_it_told()
    {
        var table = Measure([Balance, Unused]);
        var missing = table.Rows.Single(row => row is { Column: "balance", Disturbance: Disturbance.Missing });

        Assert.Equal((1, 1), (table.Auc, table.AveragePrecision));
        Assert.False(table.AucInterval.IsDefined);
        Assert.Equal(new Rate(100, 100), table.Recall);
        Assert.Equal(0.5, missing.Auc, 1e-12);
        Assert.True(missing.AucInterval.Holds(0.5));
        Assert.Equal(new Rate(0, 100), missing.Recall);
        Assert.Equal(new Rate(100, RowCount), missing.Changed);
    }

    [Fact]
    public void A_column_that_the_scorer_does_not_use_changes_nothing() => Assert.All(
        Measure([Unused]).Rows, row => Assert.Equal((1, 1, new Rate(100, 100), new Rate(0, RowCount)), (row.Auc, row.AveragePrecision, row.Recall, row.Changed)));

    [Fact]
    public void A_shift_keeps_the_order_and_moves_the_selection()
    {
        var rows = Measure([Balance]).Rows;
        var up = rows.Single(row => row.Disturbance == Disturbance.ShiftedUp);
        var down = rows.Single(row => row.Disturbance == Disturbance.ShiftedDown);

        // The interquartile range of 0 to 199 is 99.5: up selects everybody, at 99.5 and above, down the highest alone.
        Assert.Equal((1, new Rate(100, 100), new Rate(100, RowCount)), (up.Auc, up.Recall, up.Changed));
        Assert.Equal((1, new Rate(1, 100), new Rate(99, RowCount)), (down.Auc, down.Recall, down.Changed));
    }

    [Fact]
    public void Each_kind_of_column_has_its_own_disturbances() => Assert.Equal(
        [Disturbance.Missing, Disturbance.UnseenCategory, Disturbance.Misspelled, Disturbance.Missing, Disturbance.ShiftedUp, Disturbance.ShiftedDown, Disturbance.Noise, Disturbance.TypingErrors],
        Measure([Job, Balance]).Rows.Select(row => row.Disturbance));

    [Fact]
    public void An_unseen_category_takes_the_most_frequent_ones_rows_and_misspelling_one_in_twenty()
    {
        var counts = new List<int>();
        RobustnessTable.Measure(_features, Rows, Affluent, EachItsOwn(RowCount), [Job], Half, Counting, seed: 1);

        // Undisturbed; all; the 150 clerks; about a twentieth.
        Assert.Equal([0, RowCount, 150], counts.Take(3));
        Assert.InRange(counts[3], 3, 20);

        double[] Counting(FeatureSource features)
        {
            counts.Add(Column(features, Job, Rows).Count(float.IsNaN));
            return new double[RowCount];
        }
    }

    [Fact]
    public void What_is_derived_from_a_column_follows_it()
    {
        var missing = new List<int>();
        RobustnessTable.Measure(_features, Rows, Affluent, EachItsOwn(RowCount), [Balance, Unused], Half, Counting, seed: 1);

        // Undisturbed; without the balance, then four disturbances of it; without the unused, its denominator.
        Assert.Equal([0, RowCount, 0, 0, 0, 0, RowCount], missing.Take(7));

        double[] Counting(FeatureSource features)
        {
            missing.Add(Column(features, Share, Rows).Count(float.IsNaN));
            return new double[RowCount];
        }
    }

    [Fact]
    public void Only_the_rows_that_are_looked_at_are_counted()
    {
        int[] rows = [199, 0, 101, 2];
        var table = RobustnessTable.Measure(
            _features, rows, [true, false, true, false], EachItsOwn(4), [Balance], Half, features => Score(Column(features, Balance, rows)), seed: 1);

        Assert.Equal(new Rate(2, 2), table.Recall);
        Assert.Equal(new Rate(2, 4), table.Rows[0].Changed);
    }

    [Fact]
    public void The_columns_that_matter_are_those_that_move_the_scores_and_never_a_derived_one()
    {
        Assert.Equal([Balance], RobustnessTable.ColumnsThatMatter(_features, features => Score(Column(features, Balance, Rows)), 10));
        Assert.Equal([Unused], RobustnessTable.ColumnsThatMatter(_features, Both, 1));
        Assert.Equal([Unused, Balance], RobustnessTable.ColumnsThatMatter(_features, Both, 10));

        static double[] Both(FeatureSource features) =>
            [.. Column(features, Balance, Rows).Zip(Column(features, Unused, Rows), (balance, unused) => (float.IsNaN(balance) ? 1 : 0) - (float.IsNaN(unused) ? 2.0 : 0))];
    }

    [Fact]
    public void The_same_seed_spoils_the_same_cells() => Assert.Equal(Measure([Balance, Job]).Rows, Measure([Balance, Job]).Rows);

    [Fact]
    public void Rows_without_classes_or_customers_are_an_error() => Assert.Equal(
        "2 rows, 200 classes, 200 rows with customers.",
        Assert.Throws<ArgumentException>(() => RobustnessTable.Measure(_features, [0, 1], Affluent, EachItsOwn(RowCount), [Balance], Half, _ => [], 1)).Message);

    private static CustomerIndex EachItsOwn(int count) => CustomerIndex.Of([.. Enumerable.Range(0, count)]);

    private static float[] Column(FeatureSource features, int column, int[] rows)
    {
        var values = new float[rows.Length];
        features.FillColumn(column, rows, values);
        return values;
    }

    /// <summary>Above 0 from a balance of 99.5 on; a missing one says less than any.</summary>
    private static double[] Score(float[] balances) => [.. balances.Select(balance => float.IsNaN(balance) ? -20 : (balance - 99.5) / 10)];

    private RobustnessTable Measure(int[] disturbed) => RobustnessTable.Measure(
        _features, Rows, Affluent, EachItsOwn(RowCount), disturbed, Half, features => Score(Column(features, Balance, Rows)), seed: 1);
}

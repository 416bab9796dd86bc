using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class GroupMetricsTests
{
    [Fact]
    public void Each_category_has_its_own_rates_and_missing_is_a_group()
    {
        using var invented = new InventedTable(("sex", ColumnKind.Category, new[] { "F", "F", "F", "M", "M", null, "F" }));
        bool[] affluent = [true, true, false, true, false, false, false];
        bool[] selected = [true, false, true, false, true, false, false];
        var groups = GroupMetrics.ByColumn(invented.Table, "sex", affluent, selected);

        Assert.Equal(["F", "M", "missing"], groups.Select(group => group.Group));
        Assert.Equal(new ConfusionCounts(1, 1, 1, 1), groups[0].Counts);
        Assert.Equal(new Rate(2, 4), groups[0].SelectionRate);
        Assert.Equal(new Rate(1, 2), groups[0].Counts.Recall);
        Assert.Equal(new Rate(0, 1), groups[1].Counts.Precision);
        Assert.False(groups[2].Counts.Recall.IsDefined);
    }

    [Fact]
    public void Numbers_fall_into_five_bands_named_by_their_actual_ends()
    {
        using var invented = new InventedTable(
            ("age", ColumnKind.Number, Enumerable.Range(0, 101).Select(row => row == 100 ? float.NaN : 20f + (row / 2)).ToArray()));
        var groups = GroupMetrics.ByColumn(invented.Table, "age", new bool[101], new bool[101]);

        Assert.Equal(["20 to 29", "30 to 39", "40 to 49", "50 to 59", "60 to 69", "missing"], groups.Select(group => group.Group));
        Assert.Equal([20, 20, 20, 20, 20, 1], groups.Select(group => group.RowCount));
    }

    [Fact]
    public void Bands_of_days_are_named_by_their_dates()
    {
        var first = ColumnTable.DateNumber(new DateOnly(1990, 1, 1));
        using var invented = new InventedTable(("born", ColumnKind.Date, Enumerable.Range(0, 10).Select(day => first + day).ToArray()));
        var groups = GroupMetrics.ByColumn(invented.Table, "born", new bool[10], new bool[10]);

        Assert.Equal("1990-01-01 to 1990-01-02", groups[0].Group);
        Assert.Equal(5, groups.Count);
    }

    [Fact]
    public void Equal_numbers_stay_together_and_every_row_is_in_one_group()
    {
        using var invented = new InventedTable(("tag", ColumnKind.Number, Enumerable.Range(0, 50).Select(row => row < 40 ? 0f : row).ToArray()));
        var groups = GroupMetrics.ByColumn(invented.Table, "tag", new bool[50], new bool[50]);

        Assert.Equal(["0", "40 to 49"], groups.Select(group => group.Group));
        Assert.Equal(50, groups.Sum(group => group.RowCount));
    }

    [Fact]
    public void The_rarest_of_many_categories_are_counted_together()
    {
        using var invented = new InventedTable(
            ("city", ColumnKind.Category, Enumerable.Range(0, 300).Select(row => $"c{Math.Min(row % 30, row % 25):00}").ToArray()));
        var groups = GroupMetrics.ByColumn(invented.Table, "city", new bool[300], new bool[300]);

        Assert.Equal(GroupMetrics.MaximumGroups, groups.Count);
        Assert.Equal("other values", groups[^1].Group);
        Assert.Equal(300, groups.Sum(group => group.RowCount));
    }

    [Fact]
    public void A_column_that_is_not_there_is_refused()
    {
        using var invented = new InventedTable(("a", ColumnKind.Number, new float[2]));
        var refused = Assert.Throws<RefusedException>(() => GroupMetrics.ByColumn(invented.Table, "b", new bool[2], new bool[2]));
        Assert.StartsWith("Column 'b' can't be compared by group", refused.Message, StringComparison.Ordinal);
    }
}

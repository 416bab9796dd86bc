using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Segments;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Segments;

public sealed class SegmentCustomersTests
{
    [Fact]
    public void A_customer_counts_once_by_the_highest_row_of_the_recorded_class()
    {
        // Customers 0 0 1 1 2 3: 0 is affluent in its second row only, 1 is hidden by its second, 2 lies at the threshold, 3 below.
        double[] scores = [0.9, 0.2, 0.3, 0.8, 0.5, 0.4];
        bool[] affluent = [false, true, false, false, false, false];
        var customers = SegmentCustomers.Of(scores, affluent, CustomerIndex.Of([0, 0, 1, 1, 2, 3]), new OperatingThreshold(0.5));

        Assert.Equal([1, 3, 4, 5], customers.Rows.ToArray());
        Assert.Equal(
            [CustomerGroup.KnownAffluent, CustomerGroup.HiddenAffluent, CustomerGroup.HiddenAffluent, CustomerGroup.TypicalNormal],
            customers.Groups.ToArray());

        using var invented = new InventedTable(("age", ColumnKind.Number, new[] { 1f, 2f, 3f, 4f, 5f, 6f }));
        var count = customers.CountMatching(new SegmentRule([new NumberCondition("age", 4, FromCounts: true, null, ToCounts: false)]), invented.Table);

        Assert.Equal(new SegmentCount(new Rate(0, 1), new Rate(2, 2), new Rate(1, 1)), count);
        Assert.Equal(new Rate(2, 3), count.HiddenShare);
        Assert.Equal(1, count.Lift.Lift, 1e-12);
    }

    [Fact]
    public void Nobody_in_the_segment_has_no_share_and_no_lift()
    {
        using var invented = new InventedTable(("age", ColumnKind.Number, new[] { 1f, 2f }));
        var customers = SegmentCustomers.Of([0.9, 0.1], [false, false], CustomerIndex.Of([0, 1]), new OperatingThreshold(0.5));
        var count = customers.CountMatching(new SegmentRule([new NumberCondition("age", 7, FromCounts: true, null, ToCounts: false)]), invented.Table);

        Assert.False(count.HiddenShare.IsDefined);
        Assert.True(double.IsNaN(count.Lift.Lift));
        Assert.False(count.Lift.Interval.IsDefined);
    }

    [Fact]
    public void The_lift_of_everybody_is_one_without_doubt()
    {
        var lift = GroupLift.Of(both: 30, group: 100, members: 30, all: 100);

        Assert.Equal(1, lift.Lift);
        Assert.Equal(1, lift.Interval.Low, 1e-9);
        Assert.Equal(1, lift.Interval.High, 1e-9);
        Assert.False(GroupLift.Of(0, 10, 5, 100).Interval.IsDefined);
        Assert.True(double.IsNaN(GroupLift.Of(0, 0, 5, 100).Lift));
    }

    [Fact]
    public void The_most_telling_of_a_column_may_be_that_it_is_missing()
    {
        var age = Enumerable.Range(0, 200).Select(row => row < 50 && row % 2 == 0 ? float.NaN : 30f + (row % 10)).ToArray();
        using var invented = new InventedTable(("age", ColumnKind.Number, age), ("flat", ColumnKind.Number, new float[200]));
        var customers = SegmentCustomers.Of(
            [.. Enumerable.Range(0, 200).Select(row => row < 50 ? 0.9 : 0.1)], new bool[200], CustomerIndex.Of([.. Enumerable.Range(0, 200)]), new OperatingThreshold(0.5));

        var columns = ColumnByGroup.MostTellingFirst(ColumnByGroup.ForAll(invented.Table, customers, ["flat", "age"]), CustomerGroup.TypicalNormal);

        Assert.Equal(["age", "flat"], columns.Select(column => column.Column));
        Assert.Equal("age is missing", columns[0].Against(CustomerGroup.TypicalNormal).Telling.Words);
        Assert.Equal(new Rate(25, 50), columns[0].Against(CustomerGroup.TypicalNormal).Hidden);
        Assert.Equal(0, columns[1].Against(CustomerGroup.TypicalNormal).Difference);
        Assert.True(double.IsNaN(columns[1].Against(CustomerGroup.KnownAffluent).Difference));
    }
}

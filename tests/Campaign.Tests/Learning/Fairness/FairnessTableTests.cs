using Campaign.Learning;
using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Fairness;

public sealed class FairnessTableTests
{
    private static readonly FairnessLimits Limits = new();

    [Fact]
    public void Two_large_groups_alike_are_inside_and_far_apart_outside()
    {
        var alike = FairnessTable.Of([Group("F", 900, 1000), Group("M", 910, 1000)], Limits).Recall;
        var apart = FairnessTable.Of([Group("F", 900, 1000), Group("M", 600, 1000)], Limits).Recall;

        Assert.Equal((FairnessVerdict.Inside, FairnessVerdict.Inside), (alike.GapVerdict, alike.RatioVerdict));
        Assert.Equal((FairnessVerdict.Outside, FairnessVerdict.Outside), (apart.GapVerdict, apart.RatioVerdict));
        Assert.Equal(("F", "M"), (apart.Highest, apart.Lowest));
        Assert.Equal(0.3, apart.Gap, 1e-12);
        Assert.Equal(2 / 3.0, apart.Ratio, 1e-12);
        Assert.True(alike.GapInterval.Holds(0.01) && alike.GapInterval.Low == 0);
    }

    [Fact]
    public void With_two_groups_the_interval_is_that_of_their_difference()
    {
        var gap = FairnessTable.Of([Group("F", 56, 70), Group("M", 48, 80)], Limits).Recall;
        var difference = RateComparison.Difference(new Rate(56, 70), new Rate(48, 80));

        Assert.Equal(difference.Low, gap.GapInterval.Low, 1e-9);
        Assert.Equal(difference.High, gap.GapInterval.High, 1e-9);
        Assert.Equal(RateComparison.Ratio(new Rate(48, 80), new Rate(56, 70)).Low, gap.RatioInterval.Low, 1e-9);
        Assert.Equal(FairnessVerdict.CannotTell, gap.GapVerdict);
    }

    [Fact]
    public void Few_customers_cannot_tell_even_where_the_rates_are_equal()
    {
        var gap = FairnessTable.Of([Group("F", 24, 30), Group("M", 24, 30)], Limits).Recall;

        Assert.Equal(0, gap.Gap);
        Assert.Equal((FairnessVerdict.CannotTell, FairnessVerdict.CannotTell), (gap.GapVerdict, gap.RatioVerdict));
    }

    [Fact]
    public void A_group_of_29_affluents_is_shown_but_not_judged()
    {
        var table = FairnessTable.Of([Group("F", 900, 1000), Group("M", 900, 1000), Group("X", 0, 29)], Limits);

        Assert.Equal([true, true, false], table.Groups.Select(group => group.Judged));
        Assert.Equal(0, table.Recall.Gap);
        Assert.Equal(new Rate(0, 29), table.Groups[2].Recall);
        Assert.Equal(WilsonInterval.Of(new Rate(0, 29)), table.Groups[2].RecallInterval);
    }

    [Fact]
    public void A_group_of_four_rows_keeps_its_name_only_and_one_of_five_has_figures()
    {
        var table = FairnessTable.Of([new("X", new ConfusionCounts(1, 1, 1, 1)), new("Y", new ConfusionCounts(1, 1, 1, 2))], Limits);

        Assert.Equal([false, true], table.Groups.Select(group => group.HasFigures));
        Assert.Equal((new Rate(0, 0), new Rate(0, 0), new Rate(0, 0)), (table.Groups[0].SelectionRate, table.Groups[0].Recall, table.Groups[0].Precision));
        Assert.Equal(new Rate(2, 5), table.Groups[1].SelectionRate);
    }

    [Fact]
    public void Together_one_outside_is_enough_and_inside_takes_all()
    {
        Assert.Equal(FairnessVerdict.Outside, FairnessVerdicts.Together(FairnessVerdict.Inside, FairnessVerdict.CannotTell, FairnessVerdict.Outside));
        Assert.Equal(FairnessVerdict.CannotTell, FairnessVerdicts.Together(FairnessVerdict.Inside, FairnessVerdict.CannotTell));
        Assert.Equal(FairnessVerdict.Inside, FairnessVerdicts.Together(FairnessVerdict.Inside, FairnessVerdict.Inside));
        Assert.Equal(FairnessVerdict.CannotTell, FairnessVerdicts.Together());
    }

    [Fact]
    public void A_column_is_outside_where_one_of_its_rates_is()
    {
        var table = FairnessTable.Of([Group("F", 900, 1000), Group("M", 600, 1000)], Limits);

        Assert.Equal(FairnessVerdict.Outside, table.Recall.Verdict);
        Assert.Equal(FairnessVerdict.Outside, table.Verdict);
    }

    [Fact]
    public void One_group_alone_is_compared_with_nobody()
    {
        var gap = FairnessTable.Of([Group("F", 900, 1000), Group("X", 0, 29)], Limits).Recall;

        Assert.Null(gap.Highest);
        Assert.True(double.IsNaN(gap.Gap) && !gap.GapInterval.IsDefined);
        Assert.Equal(FairnessVerdict.CannotTell, gap.GapVerdict);
    }

    [Fact]
    public void Where_nobody_is_selected_the_gap_is_none_and_the_ratio_undefined()
    {
        var table = FairnessTable.Of([Group("F", 0, 1000), Group("M", 0, 1000)], Limits);

        Assert.Equal(0, table.SelectionRate.Gap);
        Assert.Equal(FairnessVerdict.Inside, table.SelectionRate.GapVerdict);
        Assert.True(double.IsNaN(table.SelectionRate.Ratio));
        Assert.Equal(FairnessVerdict.CannotTell, table.SelectionRate.RatioVerdict);
        Assert.Null(table.Precision.Highest);
    }

    [Fact]
    public void Many_alike_groups_are_hardly_ever_blamed()
    {
        // Ten groups of one true recall, 200 times over, against a limit of 0: any blame is false, and 5 % are allowed.
        var random = SeededRandom.For(3, 0);
        var blamed = 0;
        for (var repeat = 0; repeat < 200; repeat++)
        {
            var groups = new List<GroupMetrics>();
            for (var group = 0; group < 10; group++)
            {
                var found = 0;
                for (var row = 0; row < 100; row++)
                {
                    found += random.NextShare() < 0.8 ? 1 : 0;
                }

                groups.Add(Group($"{group}", found, 100));
            }

            blamed += FairnessTable.Of(groups, new FairnessLimits(MostGap: 0)).Recall.GapVerdict == FairnessVerdict.Outside ? 1 : 0;
        }

        Assert.InRange(blamed, 0, 16);
    }

    /// <summary>A group in which so many affluents are selected; of the normals, as many as of the affluents, none.</summary>
    private static GroupMetrics Group(string name, int selected, int affluent) => new(name, new ConfusionCounts(selected, 0, affluent - selected, affluent));
}

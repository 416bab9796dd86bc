using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Thresholds;

public sealed class ThresholdCurveTests
{
    private const int RowCount = 9000;
    private static readonly Random Dice = new(4);
    private static readonly double[] Scores = [.. Enumerable.Range(0, RowCount).Select(_ => Math.Round(Dice.NextDouble(), 4))];
    private static readonly double[] InSample = [.. Enumerable.Range(0, RowCount).Select(_ => Dice.NextDouble())];
    private static readonly bool[] Affluent = [.. Scores.Select(score => Dice.NextDouble() < score * score)];
    private static readonly int[] Ids = [.. Enumerable.Range(0, RowCount).Select(_ => Dice.Next(6000))];
    private static readonly CustomerIndex Customers = CustomerIndex.Of(Ids);

    [Fact]
    public void Every_point_is_an_actual_score_with_the_counts_that_counting_gives()
    {
        var curve = ThresholdCurve.Build(Scores, Affluent, Customers, InSample);
        Assert.Equal(Affluent.Count(isAffluent => isAffluent), curve.AffluentRows);
        Assert.Equal(RowCount - curve.AffluentRows, curve.NormalRows);
        Assert.InRange(curve.Points.Count, 1500, ThresholdCurve.MaximumPoints);
        var actual = Scores.ToHashSet();
        var withAffluentRow = Customers.WithAffluentRow(Affluent);
        Assert.All(curve.Points, point => Assert.Contains(point.Score, actual));
        foreach (var point in curve.Points.Where((_, i) => i % 97 == 0).Append(curve.Points[^1]))
        {
            int[] selected = [.. Enumerable.Range(0, RowCount).Where(row => Scores[row] >= point.Score)];
            Assert.Equal(selected.Count(row => Affluent[row]), point.SelectedAffluent);
            Assert.Equal(selected.Count(row => !Affluent[row]), point.SelectedNormal);
            Assert.Equal(selected.Where(row => !Affluent[row] && !withAffluentRow[Ids[row]]).Select(row => Ids[row]).Distinct().Count(), point.Customers);
            Assert.Equal(Enumerable.Range(0, RowCount).Count(row => !Affluent[row] && InSample[row] >= point.Score), point.InSampleNormal);
        }
    }

    [Fact]
    public void Points_fall_in_score_from_the_highest_to_the_lowest()
    {
        var scores = ThresholdCurve.Build(Scores, Affluent, Customers, InSample).Points.Select(point => point.Score).ToArray();

        Assert.Equal(scores.Distinct().OrderDescending(), scores);
        Assert.Equal(Scores.Max(), scores[0]);
        Assert.Equal(Scores.Min(), scores[^1]);
    }

    [Fact]
    public void The_chosen_threshold_and_its_neighbours_are_points()
    {
        var distinct = Scores.Distinct().OrderDescending().ToArray();
        var chosen = distinct[4321];
        var points = ThresholdCurve.Build(Scores, Affluent, Customers, InSample, new OperatingThreshold(chosen)).Points.Select(point => point.Score).ToHashSet();

        Assert.True(points.Count <= ThresholdCurve.MaximumPoints);
        Assert.All(distinct[4280..4360], score => Assert.Contains(score, points));
    }

    [Fact]
    public void Another_threshold_gives_up_the_affluents_between_and_a_lower_one_none()
    {
        var curve = ThresholdCurve.Build([0.9, 0.8, 0.7, 0.6], [true, true, false, true], CustomerIndex.Of([0, 1, 2, 3]), new double[4], new OperatingThreshold(0.75));

        Assert.Equal(0.8, curve.Chosen?.Score);
        Assert.Equal([new Rate(1, 3), new Rate(0, 3), new Rate(0, 3), new Rate(0, 3)], curve.Points.Select(point => curve.GivenUpWith(point)!.Value));
        Assert.Null((curve with { Chosen = null }).GivenUpWith(curve.Points[0]));
    }

    [Fact]
    public void A_short_file_has_a_point_for_each_distinct_score()
    {
        var curve = ThresholdCurve.Build([0.2, 0.2, 0.9], [true, false, false], CustomerIndex.Of([0, 1, 2]), [0.1, 0.95, 0.95]);

        Assert.Equal([new ThresholdPoint(0.9, 0, 1, 1, 2), new ThresholdPoint(0.2, 1, 2, 2, 2)], curve.Points);
    }
}

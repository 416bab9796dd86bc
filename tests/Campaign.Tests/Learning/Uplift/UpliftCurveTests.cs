using Campaign.Learning;
using Campaign.Learning.Uplift;
using Xunit;

namespace Campaign.Tests.Learning.Uplift;

public sealed class UpliftCurveTests
{
    [Fact]
    public void Curve_and_area_equal_numpys()
    {
        var reference = UpliftOracle.Reference.GetProperty("qini");
        var curve = UpliftCurve.Of(
            OracleSample.Numbers(reference.GetProperty("scores")), Flags("control"), Flags("responded"), seed: 1);

        Assert.Equal(reference.GetProperty("area").GetDouble(), curve.Qini, 1e-12);
        Assert.Equal(OracleSample.Numbers(reference.GetProperty("share")), curve.Points.Select(point => point.TargetShare), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(OracleSample.Numbers(reference.GetProperty("extra")), curve.Points.Select(point => point.ExtraResponses), (a, b) => Math.Abs(a - b) < 1e-9);

        bool[] Flags(string name) => [.. reference.GetProperty(name).EnumerateArray().Select(value => value.GetBoolean())];
    }

    [Fact]
    public void A_score_that_finds_those_whom_the_contact_moves_has_an_area_above_0_and_a_random_one_holds_0()
    {
        var random = SeededRandom.For(3, 0);
        var (scores, shuffled, isControl, responded) = (new double[6000], new double[6000], new bool[6000], new bool[6000]);
        for (var i = 0; i < scores.Length; i++)
        {
            (scores[i], shuffled[i], isControl[i]) = (random.NextShare(), random.NextShare(), i % 4 == 0);
            responded[i] = random.NextShare() < 0.02 + (isControl[i] ? 0 : 0.2 * scores[i] * scores[i]);
        }

        var found = UpliftCurve.Of(scores, isControl, responded, seed: 7);
        var blind = UpliftCurve.Of(shuffled, isControl, responded, seed: 7);

        Assert.True(found.QiniInterval.Low > 0);
        Assert.True(found.QiniInterval.Holds(found.Qini));
        Assert.True(blind.QiniInterval.Holds(0));
        Assert.Equal(found.QiniInterval, UpliftCurve.Of(scores, isControl, responded, seed: 7).QiniInterval);
        Assert.NotEqual(found.QiniInterval, UpliftCurve.Of(scores, isControl, responded, seed: 8).QiniInterval);
    }

    [Fact]
    public void Equal_scores_stand_together_and_the_curve_ends_with_all()
    {
        double[] scores = [0.9, 0.5, 0.5, 0.5, 0.1];
        var curve = UpliftCurve.Of(scores, [false, false, true, false, false], [true, false, false, true, false], seed: 1);

        Assert.Equal([0, 0.25, 0.75, 1], curve.Points.Select(point => point.TargetShare));
        Assert.Equal([0, 0.5, 1, 1], curve.Points.Select(point => point.TargetGain));
        Assert.Equal(2, curve.Points[^1].ExtraResponses);
        Assert.All(curve.Points, point => Assert.True(double.IsNaN(point.ControlGain)));
    }

    [Fact]
    public void A_long_list_has_at_most_a_hundred_steps()
    {
        double[] scores = [.. Enumerable.Range(0, 12_345).Select(i => (double)(i / 7))];
        var curve = UpliftCurve.Of(scores, [.. scores.Select((_, i) => i % 5 == 0)], new bool[scores.Length], seed: 1);

        Assert.InRange(curve.Points.Count, 90, UpliftCurve.PointLimit + 1);
        Assert.Equal(1, curve.Points[^1].TargetShare);
    }

    [Fact]
    public void Without_a_control_group_there_is_gain_and_no_area()
    {
        var curve = UpliftCurve.Of([0.9, 0.1], [false, false], [true, false], seed: 1);

        Assert.Equal([0, 1, 1], curve.Points.Select(point => point.TargetGain));
        Assert.True(double.IsNaN(curve.Qini));
        Assert.False(curve.QiniInterval.IsDefined);
        Assert.True(double.IsNaN(UpliftCurve.Of([], [], [], seed: 1).Qini));
    }
}

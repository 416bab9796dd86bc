using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class WilsonIntervalTests
{
    [Fact]
    public void Bounds_equal_the_reference()
    {
        foreach (var wanted in OracleSample.Reference("metrics.json").GetProperty("wilson").EnumerateArray())
        {
            var interval = WilsonInterval.Of(new Rate(wanted.GetProperty("count").GetInt64(), wanted.GetProperty("outOf").GetInt64()));
            Assert.Equal(wanted.GetProperty("low").GetDouble(), interval.Low, 1e-12);
            Assert.Equal(wanted.GetProperty("high").GetDouble(), interval.High, 1e-12);
        }
    }

    [Fact]
    public void None_and_all_touch_the_ends_and_no_more()
    {
        Assert.Equal(0, WilsonInterval.Of(new Rate(0, 5)).Low);
        Assert.Equal(1, WilsonInterval.Of(new Rate(5, 5)).High);
        Assert.InRange(WilsonInterval.Of(new Rate(0, 5)).High, 0.4, 0.5);
    }

    [Fact]
    public void Of_nothing_it_is_undefined() =>
        Assert.True(double.IsNaN(WilsonInterval.Of(new Rate(0, 0)).Low) && double.IsNaN(WilsonInterval.Of(new Rate(0, 0)).High));
}

using Campaign.Learning.Uplift;
using Xunit;

namespace Campaign.Tests.Learning.Uplift;

public sealed class DetectableEffectTests
{
    [Theory]
    [InlineData(0.02, 0.03, 1, 3823, 3823)]
    [InlineData(0.02, 0.03, 9, 16130, 1793)]
    [InlineData(0.01, 0.02, 1, 2316, 2316)]
    [InlineData(0.01, 0.02, 9, 8532, 948)]
    [InlineData(0.03, 0.05, 1, 1504, 1504)]
    [InlineData(0.03, 0.05, 9, 6072, 675)]
    public void The_sizes_are_those_of_the_published_table(double baseRate, double rate, double ratio, long targets, long controls) =>
        Assert.Equal(new GroupSizes(targets, controls), DetectableEffect.SizesFor(baseRate, rate, ratio));

    [Fact]
    public void Sizes_and_rises_equal_the_solved_power_equation()
    {
        foreach (var wanted in UpliftOracle.Reference.GetProperty("sizes").EnumerateArray())
        {
            var sizes = DetectableEffect.SizesFor(Number(wanted, "base"), Number(wanted, "rate"), Number(wanted, "ratio"));
            Assert.Equal((wanted.GetProperty("targets").GetInt64(), wanted.GetProperty("controls").GetInt64()), (sizes.Targets, sizes.Controls));
        }

        foreach (var wanted in UpliftOracle.Reference.GetProperty("rises").EnumerateArray())
        {
            var effect = new DetectableEffect(wanted.GetProperty("targets").GetInt64(), wanted.GetProperty("controls").GetInt64(), Number(wanted, "base"), 1);
            Assert.Equal(Number(wanted, "rise"), effect.SmallestRise, 1e-10);
        }

        static double Number(System.Text.Json.JsonElement of, string name) => of.GetProperty(name).GetDouble();
    }

    [Fact]
    public void The_sizes_needed_are_just_enough()
    {
        var effect = new DetectableEffect(1000, 100, 0.02, 0.035);
        var needed = effect.Needed;

        Assert.False(effect.IsEnough);
        Assert.True((effect with { Targets = needed.Targets, Controls = needed.Controls }).IsEnough);
        Assert.False((effect with { Targets = needed.Targets - 20, Controls = needed.Controls - 2 }).IsEnough);
    }

    [Theory]
    [InlineData(16130, 1793, "This campaign can show an effect of 1 point or more on a base of 2 %.")]
    [InlineData(9000, 1000, "Too small to measure a rise from 2 % to 3 %: 1,793 control customers would be needed, with 16,130 to contact. As it is, 1.4 points or more would show.")]
    [InlineData(9000, 0, "Without a control group nobody can say what this campaign brings: to show a rise from 2 % to 3 %, 1,793 control customers would be needed, with 16,130 to contact.")]
    public void The_sentence_says_what_shows_or_what_would_be_needed(long targets, long controls, string sentence) =>
        Assert.Equal(sentence, new DetectableEffect(targets, controls, 0.02, 0.03).Sentence);

    [Fact]
    public void A_group_so_small_that_no_response_could_tell_has_no_rise()
    {
        Assert.Equal(double.NaN, new DetectableEffect(9, 1, 0.9, 1).SmallestRise);
        Assert.Equal(double.NaN, new DetectableEffect(0, 100, 0.02, 0.03).SmallestRise);
        Assert.DoesNotContain("As it is", new DetectableEffect(9, 1, 0.9, 1).Sentence, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DetectableEffect.SizesFor(0.02, 0.02, 9));
    }
}

using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;
using Xunit;

namespace Campaign.Tests.Learning.Uplift;

public sealed class UpliftEstimateTests
{
    [Fact]
    public void The_intervals_equal_the_reference_without_and_with_strata()
    {
        foreach (var wanted in UpliftOracle.Reference.GetProperty("pairs").EnumerateArray())
        {
            var stratum = UpliftOracle.Stratum(wanted.GetProperty("target"), wanted.GetProperty("control"));
            Near(wanted.GetProperty("newcombe"), UpliftEstimate.Of([stratum]).Interval, 1e-9);
            Near(wanted.GetProperty("score"), StratifiedDifference.Of([stratum]).Interval, 1e-6);
        }

        foreach (var wanted in UpliftOracle.Reference.GetProperty("strata").EnumerateArray())
        {
            UpliftStratum[] strata = [.. wanted.GetProperty("strata").EnumerateArray().Select(pair => UpliftOracle.Stratum(pair[0], pair[1]))];
            var uplift = UpliftEstimate.Of(strata);
            Assert.Equal(strata.Length, uplift.StratumCount);
            Assert.Equal(wanted.GetProperty("difference").GetDouble(), uplift.Difference, 1e-12);
            Near(wanted.GetProperty("interval"), uplift.Interval, 1e-6);
        }

        static void Near(System.Text.Json.JsonElement wanted, Interval interval, double tolerance)
        {
            Assert.Equal(wanted[0].GetDouble(), interval.Low, tolerance);
            Assert.Equal(wanted[1].GetDouble(), interval.High, tolerance);
        }
    }

    [Fact]
    public void Alike_strata_give_the_difference_of_the_whole()
    {
        UpliftStratum part = new(new Rate(30, 1000), new Rate(2, 100));
        var uplift = UpliftEstimate.Of([part, part, part]);

        Assert.Equal(uplift.Target.Share - uplift.Control.Share, uplift.Difference, 1e-12);
        Assert.Equal((new Rate(90, 3000), new Rate(6, 300)), (uplift.Target, uplift.Control));
        Assert.Equal(30, uplift.ExtraResponses, 1e-9);
    }

    [Fact]
    public void A_stratum_without_one_of_the_groups_is_taken_together_with_a_neighbour()
    {
        Rate none = default;
        UpliftStratum first = new(new Rate(3, 50), none), second = new(new Rate(5, 200), new Rate(1, 30)), third = new(new Rate(2, 100), new Rate(0, 10)), last = new(none, new Rate(1, 5));

        var uplift = UpliftEstimate.Of([first, second, third, last]);

        Assert.Equal(2, uplift.StratumCount);
        Assert.Equal(UpliftEstimate.Of([new(new Rate(8, 250), new Rate(1, 30)), new(new Rate(2, 100), new Rate(1, 15))]), uplift);
    }

    [Fact]
    public void Without_one_of_the_groups_the_effect_is_not_measured_and_the_sentence_says_which()
    {
        var withoutControl = UpliftEstimate.Of([new(new Rate(3, 50), default)]);

        Assert.False(withoutControl.IsMeasured);
        Assert.True(double.IsNaN(withoutControl.ExtraResponses));
        Assert.Contains("no outcome of the control group is known", withoutControl.Sentence("upgrades"), StringComparison.Ordinal);
        Assert.Contains("no outcome of a customer to contact is known", UpliftEstimate.Of([]).Sentence("upgrades"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 9000, 30, 1000, "Between 110 and 322 more upgrades than doing nothing.")]
    [InlineData(180, 9000, 60, 1000, "Between 239 and 510 fewer upgrades than doing nothing.")]
    [InlineData(300, 9000, 30, 1000, "Can't tell from doing nothing: between 87 fewer and 118 more upgrades.")]
    public void The_sentence_names_the_extra_responses_or_says_that_it_cannot_tell(long hits, long targets, long controlHits, long controls, string sentence)
    {
        var uplift = UpliftEstimate.Of([new(new Rate(hits, targets), new Rate(controlHits, controls))]);

        Assert.Equal(sentence, uplift.Sentence("upgrades"));
        Assert.Equal(sentence[0] != 'C', uplift.IsTold);
    }

    [Fact]
    public void Profit_is_the_value_of_the_extra_responses_less_the_cost_of_the_contacts()
    {
        var uplift = UpliftEstimate.Of([new(new Rate(500, 9000), new Rate(30, 1000))]);
        var (profit, interval) = uplift.Profit(100, 2, 8000);

        Assert.Equal((230 * 100) - 16000, profit, 1e-6);
        Assert.Equal((100 * uplift.ExtraInterval.Low) - 16000, interval.Low, 1e-6);
        Assert.Equal((100 * uplift.ExtraInterval.High) - 16000, interval.High, 1e-6);
    }

    [Theory]
    [InlineData(0.02, 0.03, 2700, 300, 1)]
    [InlineData(0.05, 0.05, 900, 100, 1)]
    [InlineData(0.02, 0.03, 2700, 300, 4)]
    [InlineData(0.05, 0.08, 900, 100, 8)]
    public void The_interval_covers_the_true_difference_in_93_to_97_of_100_campaigns(double control, double target, int targets, int controls, int stratumCount)
    {
        const int campaignCount = 1000;
        var covered = 0;
        for (var campaign = 0; campaign < campaignCount; campaign++)
        {
            // The first strata respond more; the effect grows with them, and each stratum has the same share kept back.
            var random = SeededRandom.For(targets + stratumCount, campaign);
            var strata = Enumerable.Range(0, stratumCount).Select(place =>
            {
                var weight = stratumCount == 1 ? 1 : 1.5 - ((double)place / (stratumCount - 1));
                return new UpliftStratum(Draw(targets / stratumCount, target * weight, ref random), Draw(controls / stratumCount, control * weight, ref random));
            }).ToArray();
            covered += UpliftEstimate.Of(strata).Interval.Holds(target - control) ? 1 : 0;
        }

        Assert.InRange(covered, 930, 970);

        static Rate Draw(int count, double rate, ref SeededRandom random)
        {
            var hits = 0;
            for (var i = 0; i < count; i++)
            {
                hits += random.NextShare() < rate ? 1 : 0;
            }

            return new Rate(hits, count);
        }
    }
}

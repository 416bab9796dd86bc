using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed class ScoredRowsTests
{
    // Rows:                                    0    1    2    3    4    5
    private static readonly double[] Scores = [0.9, 0.4, 0.8, 0.8, 0.2, 0.7];
    private static readonly bool[] Affluent = [false, false, true, false, false, false];
    private static readonly int[] Customers = [0, 1, 2, 3, 0, 2];

    private static readonly ScoredRows Rows = new(Scores, Scores, Affluent, CustomerIndex.Of(Customers), []);

    [Fact]
    public void A_hidden_affluent_stands_once_by_the_highest_row_and_never_beside_a_recorded_affluent_row() =>
        Assert.Equal([0, 3, 1], Rows.HiddenAffluents(new OperatingThreshold(0.2)));

    [Fact]
    public void The_threshold_itself_is_selected() => Assert.Equal([0, 3], Rows.HiddenAffluents(new OperatingThreshold(0.8)));

    [Fact]
    public void Counts_at_a_number_between_two_scores_are_those_of_the_higher_score()
    {
        var point = Rows.Steps.At(new OperatingThreshold(0.75))!.Value;

        Assert.Equal((1, 2, 2), (point.SelectedAffluent, point.SelectedNormal, point.Customers));
    }

    [Fact]
    public void A_number_above_every_score_selects_nobody() => Assert.Null(Rows.Steps.At(new OperatingThreshold(0.95)));
}

using Campaign.Learning;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class UnseenScoringTests : IDisposable
{
    private readonly OracleSample _sample = new();
    private readonly OutOfFoldScores _scores;
    private readonly TrainedModels _models;

    public UnseenScoringTests() =>
        (_scores, _models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 2);

    public void Dispose()
    {
        _models.Dispose();
        _sample.Dispose();
    }

    [Fact]
    public void Rows_as_they_are_have_their_out_of_fold_log_odds()
    {
        int[] rows = [.. Enumerable.Range(0, _scores.RowCount).Reverse()];

        Assert.Equal(_scores.LogOdds.ToArray().Reverse(), UnseenScoring.LogOdds(_models, _scores.Folds, _sample.Features, rows, 1));
        Assert.Equal(_scores.LogOdds.ToArray().Reverse(), UnseenScoring.LogOdds(_models, _scores.Folds, _sample.Features, rows, 3));
    }

    [Fact]
    public void A_row_of_no_trained_customer_is_the_final_models_and_a_known_one_its_folds()
    {
        var logOdds = UnseenScoring.LogOdds(_models, _scores.Folds, _sample.Features, [5, 6], [UnseenScoring.NotTrained, 6], 1);

        Assert.Equal(_scores.InSampleLogOdds[5], logOdds[0]);
        Assert.Equal(_scores.LogOdds[6], logOdds[1]);
        Assert.NotEqual(_scores.LogOdds[5], logOdds[0]);
    }
}

using Campaign.Learning;
using Campaign.Learning.Explanations;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning.Explanations;

public sealed class ExplainerTests : IDisposable
{
    private readonly OracleSample _sample = new();
    private readonly OutOfFoldScores _scores;
    private readonly TrainedModels _models;
    private readonly IReadOnlyList<ColumnComparison> _comparisons;

    public ExplainerTests()
    {
        (_scores, _models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 1);
        _comparisons = ColumnComparison.ForAll(_sample.Features, _sample.Affluent);
    }

    public void Dispose()
    {
        _models.Dispose();
        _sample.Dispose();
    }

    [Fact]
    public void Every_rows_contributions_add_up_and_its_reasons_are_the_three_strongest_for_it_and_the_two_strongest_against()
    {
        int[] rows = [.. Enumerable.Range(0, 600).Reverse()];
        var reasons = Explainer.Explain(_sample.Features, _scores, _models, _comparisons, rows, threadCount: 2).ToArray();
        var contributions = Explainer.Contributions(_sample.Features, _sample.Folds, _models, rows, default);

        Assert.Equal(rows, reasons.Select(row => row.Row));
        for (var i = 0; i < rows.Length; i++)
        {
            var ofRow = contributions.AsSpan(i * 5, 5).ToArray();
            Assert.True(reasons[i].AddsUp);
            Assert.Equal(_scores.LogOdds[rows[i]], ofRow.Sum(), Explainer.Tolerance);
            Assert.Equal(ofRow[..4].Where(value => value > 0).OrderDescending().Take(3), reasons[i].Reasons.Select(reason => reason.Contribution));
            Assert.Equal(ofRow[..4].Where(value => value < 0).Order().Take(2), reasons[i].Against.Select(reason => reason.Contribution));
        }
    }

    [Fact]
    public void Where_contributions_do_not_add_up_no_reason_is_given()
    {
        // The scores of another run: the models are not those that made them.
        var (others, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe with { Seed = 9 }, 1);
        models.Dispose();
        var reasons = Explainer.Explain(_sample.Features, others, _models, _comparisons, [0, 1, 2], threadCount: 1);

        Assert.All(reasons, row => Assert.True(row is { AddsUp: false, Reasons.Count: 0, Against.Count: 0 }));
    }

    [Fact]
    public void One_row_by_its_own_models_is_taken_apart_as_in_the_batch()
    {
        var models = Enumerable.Range(0, 2).Select(repeat => _models.FoldModels[repeat][_sample.Folds.OfRepeat(repeat)[5]]).ToArray();
        var row = Explainer.ExplainRow(_sample.Features, 5, models, _comparisons);
        var batch = Explainer.Explain(_sample.Features, _scores, _models, _comparisons, [5], threadCount: 1).Single();

        Assert.Equal(_scores.LogOdds[5], row.LogOdds);
        Assert.True(row.AddsUp);
        Assert.Equal(row.LogOdds, row.Base + row.Parts.Sum(part => part.Contribution), Explainer.Tolerance);
        Assert.Equal(batch.Reasons, row.Reasons);
        Assert.Equal(batch.Against, row.Against);
    }

    [Fact]
    public void Cancelling_stops_between_batches()
    {
        using var cancelling = new CancellationTokenSource();
        cancelling.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => Explainer.Explain(_sample.Features, _scores, _models, _comparisons, [1], 1, null, cancelling.Token).ToArray());
    }
}

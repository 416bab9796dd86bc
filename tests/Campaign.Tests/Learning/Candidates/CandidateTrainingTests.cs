using Campaign.Learning;
using Campaign.Learning.Candidates;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Candidates;

public sealed class CandidateTrainingTests : IDisposable
{
    private const double Recall = 0.8, Confidence = 0.9;

    private readonly OracleSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_shortest_list_that_keeps_the_promise_is_recommended_and_its_scores_and_models_are_the_runs()
    {
        var compared = CandidateTraining.Run(_sample.Data, _sample.Customers, OracleSample.Recipe, onlyBoosted: false, Recall, Confidence, 2);
        using var models = compared.Models;
        var board = compared.Leaderboard;

        Assert.Equal(Enum.GetValues<CandidateKind>().Order(), board.Select(result => result.Kind).Order());
        Assert.Equal(compared.Recommended, board[0].Kind);
        Assert.Equal(CandidateKind.BestColumn, board[^1].Kind);
        Assert.All(board.Skip(1).SkipLast(1), other => Assert.True(other.ListSize >= board[0].ListSize));
        Assert.StartsWith(CandidateTraining.NameOf(compared.Recommended), compared.Reason, StringComparison.Ordinal);

        var metrics = RankingMetrics.Of(compared.Scores.LogOdds, _sample.Affluent);
        Assert.Equal((metrics.Auc, metrics.AveragePrecision), (board[0].Auc, board[0].AveragePrecision));
        Assert.Equal(PromisedList.Of(compared.Scores.LogOdds, _sample.Affluent, Recall, Confidence)!.ListSize, board[0].ListSize);
        Assert.True(board[0].AucInterval!.Value.Holds(board[0].Auc));
        Assert.True(board[0].AveragePrecisionInterval!.Value.Holds(board[0].AveragePrecision));

        var rows = _sample.Folds.Rows(1, 0);
        var logOdds = new float[compared.Scores.RowCount];
        models.FoldModels[1][0].PredictLogOdds(_sample.Features, rows, logOdds);
        Assert.Equal(rows.Select(row => compared.Scores.OfRepeat(1)[row]), rows.Select(row => logOdds[row]));
    }

    [Fact]
    public void A_quick_look_has_boosted_trees_and_the_baseline()
    {
        var compared = CandidateTraining.Run(_sample.Data, _sample.Customers, OracleSample.Recipe, onlyBoosted: true, Recall, Confidence, 2);
        compared.Models.Dispose();

        Assert.Equal([CandidateKind.BoostedTrees, CandidateKind.BestColumn], compared.Leaderboard.Select(result => result.Kind));
        Assert.Contains("the only candidate of a quick look", compared.Reason, StringComparison.Ordinal);
        var (alone, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 1);
        models.Dispose();
        Assert.Equal(alone.LogOdds.ToArray(), compared.Scores.LogOdds.ToArray());
    }

    [Fact]
    public void Where_no_list_keeps_the_promise_average_precision_decides()
    {
        var compared = CandidateTraining.Run(_sample.Data, _sample.Customers, OracleSample.Recipe, onlyBoosted: false, 0.999, 0.999, 2);
        compared.Models.Dispose();

        Assert.All(compared.Leaderboard, result => Assert.Null(result.ListSize));
        Assert.Equal(compared.Leaderboard.Max(result => result.AveragePrecision), compared.Leaderboard[0].AveragePrecision);
        Assert.Contains("no candidate can keep the promise", compared.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_held_out_altogether_decide_nothing()
    {
        var folds = CustomerFolds.Deal(_sample.Customers, _sample.Affluent, 4, 2, seed: 3, heldOutShare: 0.25);
        bool[] turned = [.. _sample.Affluent];
        Array.ForEach(folds.HeldOutRows(), row => turned[row] = !turned[row]);

        var (plain, other) = (BoardOf(_sample.Affluent), BoardOf(turned));
        Assert.Equal(plain.Select(result => result with { Seconds = 0 }), other.Select(result => result with { Seconds = 0 }));

        IReadOnlyList<CandidateResult> BoardOf(bool[] affluent)
        {
            using var data = new TrainingData(_sample.Features, affluent, folds);
            var compared = CandidateTraining.Run(data, _sample.Customers, OracleSample.Recipe, onlyBoosted: true, Recall, Confidence, 2);
            compared.Models.Dispose();
            return compared.Leaderboard;
        }
    }

    [Fact]
    public void A_file_of_rare_categories_only_goes_without_an_elastic_net()
    {
        const int rowCount = 120;
        using var invented = new InventedTable(("job", ColumnKind.Category, Enumerable.Range(0, rowCount).Select(row => (string?)$"job {row / 3}").ToArray()));
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]);
        bool[] affluent = [.. Enumerable.Range(0, rowCount).Select(row => row % 4 == 0)];
        using var data = new TrainingData(FeatureSource.ForTraining(invented.Table, ["job"]), affluent, CustomerFolds.Deal(customers, affluent, 4, 2, seed: 1));

        var compared = CandidateTraining.Run(data, customers, OracleSample.Recipe, onlyBoosted: false, Recall, Confidence, 1);
        compared.Models.Dispose();

        Assert.Equal(
            [CandidateKind.BoostedTrees, CandidateKind.RandomForest, CandidateKind.Ensemble, CandidateKind.BestColumn],
            compared.Leaderboard.Select(result => result.Kind).Order());
    }

    [Fact]
    public void Cancelling_stops_between_rounds()
    {
        using var cancelling = new CancellationTokenSource();
        cancelling.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CandidateTraining.Run(
            _sample.Data, _sample.Customers, OracleSample.Recipe, false, Recall, Confidence, 2, cancellation: cancelling.Token));
    }
}

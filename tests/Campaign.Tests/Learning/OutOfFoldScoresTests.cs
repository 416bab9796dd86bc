using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class OutOfFoldScoresTests : IDisposable
{
    private readonly OracleSample _sample = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-scores-").FullName;

    public void Dispose()
    {
        _sample.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void No_row_is_scored_by_a_model_that_saw_its_customer()
    {
        // Each customer has four rows with a number of its own, and a class that was tossed for: only a model that saw the customer can tell it.
        const int customerCount = 200, rowCount = 4 * customerCount;
        var random = new Random(8);
        bool[] tossed = [.. Enumerable.Range(0, customerCount).Select(_ => random.Next(2) == 0)];
        float[] numbers = [.. Enumerable.Range(0, customerCount).Select(_ => random.NextSingle())];
        using var invented = new InventedTable(
            ("number", ColumnKind.Number, Enumerable.Range(0, rowCount).Select(row => numbers[row % customerCount]).ToArray()));
        bool[] affluent = [.. Enumerable.Range(0, rowCount).Select(row => tossed[row % customerCount])];
        var features = FeatureSource.ForTraining(invented.Table, ["number"]);
        var recipe = new TrainingRecipe(8, 0.5, 0, 1, 1, 0, 100, 100, 4, 4, 1, 1);

        var honest = Auc(CustomerIndex.Of([.. Enumerable.Range(0, rowCount).Select(row => row % customerCount)]));
        var planted = Auc(CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]));

        Assert.InRange(honest, 0.35, 0.65);
        Assert.True(planted > 0.9, $"Folds that split customers must show in this test; AUC {planted}.");

        double Auc(CustomerIndex customers)
        {
            var folds = CustomerFolds.Deal(customers, affluent, 4, 1, seed: 1);
            using var data = new TrainingData(features, affluent, folds);
            var (scores, models) = OutOfFoldScores.Compute(data, recipe, threadCount: 1);
            models.Dispose();
            return RankingMetrics.Of(scores.LogOdds, affluent).Auc;
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_with_any_thread_count_and_another_seed_others()
    {
        var one = Train(OracleSample.Recipe, 1);

        Assert.Equal(one, Train(OracleSample.Recipe, 3));
        Assert.Equal(one, Train(OracleSample.Recipe, 24));
        Assert.NotEqual(one, Train(OracleSample.Recipe with { Seed = 8 }, 1));
    }

    [Fact]
    public void The_mean_is_over_the_repeats_and_the_final_model_saw_every_row()
    {
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 2);
        using var owned = models;

        Assert.Equal((scores.OfRepeat(0)[5] + (double)scores.OfRepeat(1)[5]) / 2, scores.LogOdds[5], 1e-12);
        Assert.NotEqual(scores.OfRepeat(0)[5], scores.OfRepeat(1)[5]);
        double[] inSample = [.. scores.InSampleLogOdds.ToArray().Select(value => (double)value)];
        Assert.True(RankingMetrics.Of(inSample, _sample.Affluent).Auc > RankingMetrics.Of(scores.LogOdds, _sample.Affluent).Auc + 0.02);
    }

    [Fact]
    public void Where_some_models_choose_the_number_of_trees_all_grow_as_many()
    {
        var recipe = OracleSample.Recipe with { ChoosingModelCount = 2 };
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, recipe, 2);
        using var owned = models;

        Assert.All(models.FoldModels.SelectMany(repeat => repeat), model => Assert.Equal(models.TreeCount, model.Members[0].Booster.BoostedRounds));
        Assert.Equal(Train(recipe, 1), Train(recipe, 5));
        Assert.True(RankingMetrics.Of(scores.LogOdds, _sample.Affluent).Auc > 0.7);
    }

    [Fact]
    public void Progress_rises_to_one_and_cancelling_stops_between_rounds()
    {
        var reported = new List<double>();
        var (_, models) = OutOfFoldScores.Compute(
            _sample.Data, OracleSample.Recipe, 1, new Reporter(reported.Add));
        models.Dispose();
        Assert.Equal(reported.Order(), reported);
        Assert.Equal(1, reported[^1]);

        using var cancelling = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => OutOfFoldScores.Compute(
            _sample.Data, OracleSample.Recipe, 2, new Reporter(_ => cancelling.Cancel()), cancelling.Token));
    }

    [Fact]
    public void A_failure_in_a_training_thread_comes_out_as_it_is()
    {
        var recipe = OracleSample.Recipe with { Lambda = -1 };

        var failure = Assert.Throws<XGBoostException>(
            () => OutOfFoldScores.Compute(_sample.Data, recipe, threadCount: 3));
        Assert.Contains("lambda", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scores_file_gives_back_what_was_saved()
    {
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe with { MaxTreeCount = 10 }, 1);
        models.Dispose();
        var path = Path.Combine(_folder, OutOfFoldScoresFile.FileName);
        OutOfFoldScoresFile.Save(scores, path);
        var loaded = OutOfFoldScoresFile.Load(path);

        Assert.Equal(scores.LogOdds.ToArray(), loaded.LogOdds.ToArray());
        Assert.Equal(scores.OfRepeat(1).ToArray(), loaded.OfRepeat(1).ToArray());
        Assert.Equal(scores.InSampleLogOdds.ToArray(), loaded.InSampleLogOdds.ToArray());
        Assert.Equal(scores.Folds.OfRepeat(1).ToArray(), loaded.Folds.OfRepeat(1).ToArray());
        Assert.Equal(4, loaded.Folds.FoldCount);
    }

    [Fact]
    public void A_scores_file_that_is_cut_off_or_none_is_refused()
    {
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe with { MaxTreeCount = 10 }, 1);
        models.Dispose();
        var path = Path.Combine(_folder, "cut.bin");
        OutOfFoldScoresFile.Save(scores, path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.Equal("cut.bin is cut off or damaged.", Assert.Throws<InvalidDataException>(() => OutOfFoldScoresFile.Load(path)).Message);

        File.WriteAllText(path, "short");
        Assert.StartsWith("cut.bin is not a scores file", Assert.Throws<InvalidDataException>(() => OutOfFoldScoresFile.Load(path)).Message, StringComparison.Ordinal);
    }

    private byte[] Train(TrainingRecipe recipe, int threadCount)
    {
        var (_, models) = OutOfFoldScores.Compute(_sample.Data, recipe, threadCount);
        using var owned = models;
        return [.. models.FoldModels.SelectMany(repeat => repeat).Append(models.Final).SelectMany(model => model.Members[0].Booster.Save(ModelFormat.Ubj))];
    }

    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}

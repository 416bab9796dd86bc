using Campaign.Learning;
using Campaign.Learning.Explanations;
using Campaign.Learning.Metrics;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning;

/// <summary>What holds for every family of models, and for their weighted sum.</summary>
public sealed class ScoringModelTests : IDisposable
{
    private readonly OracleSample _sample = new();

    public void Dispose() => _sample.Dispose();

    public static TheoryData<ModelFamily> Families => [.. Enum.GetValues<ModelFamily>()];

    [Theory]
    [MemberData(nameof(Families))]
    public void Scores_are_those_of_the_models_that_did_not_see_the_customer(ModelFamily family)
    {
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, RecipeOf(family), 2);
        using var owned = models;
        var (rows, logOdds) = (_sample.Folds.Rows(1, 2), new float[scores.RowCount]);
        models.FoldModels[1][2].PredictLogOdds(_sample.Features, rows, logOdds, threadCount: 3);

        Assert.Equal(rows.Select(row => scores.OfRepeat(1)[row]), rows.Select(row => logOdds[row]));
        Assert.InRange(RankingMetrics.Of(scores.LogOdds, _sample.Affluent).Auc, 0.7, 0.99);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_same_seed_gives_the_same_bytes_with_any_thread_count(ModelFamily family)
    {
        Assert.Equal(Train(1), Train(3));

        byte[] Train(int threadCount)
        {
            using var data = new TrainingData(_sample.Features, _sample.Affluent, _sample.Folds);
            var (_, models) = OutOfFoldScores.Compute(data, RecipeOf(family), threadCount);
            using var owned = models;
            return [.. models.FoldModels.SelectMany(repeat => repeat).Append(models.Final).SelectMany(model => model.Members[0].Booster.Save(ModelFormat.Ubj))];
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_class_of_held_out_customers_does_not_reach_their_scores(ModelFamily family)
    {
        // One round, so that the number of rounds, which held-out rows may decide, is given.
        var recipe = RecipeOf(family);
        recipe = recipe with { MaxTreeCount = recipe.RoundsPerStep, RepeatCount = 1 };
        var held = _sample.Folds.Rows(0, 3);
        var turned = _sample.Affluent.ToArray();
        foreach (var row in held)
        {
            turned[row] = !turned[row];
        }

        Assert.Equal(ScoresOf(_sample.Affluent, held), ScoresOf(turned, held));
        Assert.NotEqual(ScoresOf(_sample.Affluent, _sample.Folds.Rows(0, 1)), ScoresOf(turned, _sample.Folds.Rows(0, 1)));

        double[] ScoresOf(bool[] affluent, int[] rows)
        {
            using var data = new TrainingData(_sample.Features, affluent, _sample.Folds);
            var (scores, models) = OutOfFoldScores.Compute(data, recipe, 1);
            models.Dispose();
            return [.. rows.Select(row => scores.LogOdds[row])];
        }
    }

    [Fact]
    public void An_ensembles_log_odds_are_the_weighted_sum_and_its_contributions_add_up_to_them()
    {
        double[] weights = [0.5, 0.3, 0.2];
        var trained = Enum.GetValues<ModelFamily>().Select(family => OutOfFoldScores.Compute(_sample.Data, RecipeOf(family), 1)).ToArray();
        var scores = OutOfFoldScores.Combine([.. trained.Select(part => part.Scores)], weights);
        using var models = TrainedModels.Combine([.. trained.Select(part => part.Models)], weights);
        int[] all = [.. Enumerable.Range(0, scores.RowCount)];

        Assert.Equal(trained.Zip(weights).Sum(part => part.Second * part.First.Scores.LogOdds[7]), scores.LogOdds[7], 1e-6);
        var inSample = new float[scores.RowCount];
        models.Final.PredictLogOdds(_sample.Features, all, inSample);
        Assert.Equal(scores.InSampleLogOdds.ToArray(), inSample);

        var contributions = Explainer.Contributions(_sample.Features, scores.Folds, models, all, default);
        foreach (var (ofRow, row) in contributions.Chunk(_sample.Features.Features.Count + 1).Select((ofRow, row) => (ofRow, row)))
        {
            Assert.Equal(scores.LogOdds[row], ofRow.Sum(), Explainer.Tolerance);
        }
    }

    [Fact]
    public void Customers_held_out_of_training_altogether_are_scored_by_the_final_model_that_never_saw_them()
    {
        var folds = CustomerFolds.Deal(_sample.Customers, _sample.Affluent, 4, 2, seed: 3, heldOutShare: 0.25);
        var heldOut = folds.HeldOutRows();
        bool[] turned = [.. _sample.Affluent];
        Array.ForEach(heldOut, row => turned[row] = !turned[row]);

        var scores = ScoresOf(_sample.Affluent);
        Assert.NotEmpty(heldOut);
        Assert.All(heldOut, row => Assert.Equal(scores.InSampleLogOdds[row], scores.LogOdds[row], 1e-6));
        Assert.Equal(scores.LogOdds.ToArray(), ScoresOf(turned).LogOdds.ToArray());

        OutOfFoldScores ScoresOf(bool[] affluent)
        {
            using var data = new TrainingData(_sample.Features, affluent, folds);
            var (scores, models) = OutOfFoldScores.Compute(data, OracleSample.Recipe, 2);
            models.Dispose();
            return scores;
        }
    }

    private static TrainingRecipe RecipeOf(ModelFamily family) => family switch
    {
        ModelFamily.BoostedTrees => OracleSample.Recipe,
        ModelFamily.RandomForest => TrainingRecipe.ForestBeside(OracleSample.Recipe, 400) with { TreesPerRound = 20 },
        _ => TrainingRecipe.ElasticNetBeside(OracleSample.Recipe),
    };
}

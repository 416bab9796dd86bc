using System.Text;
using System.Text.Json.Nodes;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning;

/// <summary>Folds are rows switched off in one common matrix: what is switched off must leave no trace.</summary>
public sealed class FoldTrainingTests : IDisposable
{
    private const int RowCount = 600;
    private const int TreeCount = 20;

    private static readonly TrainingRecipe Recipe = new(4, 0.3, 1, 1, 0.7, 1, TreeCount, TreeCount, 1, 2, 1, 5);
    private static readonly Random Random = new(3);

    /// <summary>Few values, all of them in both halves, so that the rows of either half alone have the bins of all rows.</summary>
    private static readonly float[] Numbers = [.. Enumerable.Range(0, RowCount).Select(_ => Random.Next(8) is var value and < 7 ? value : float.NaN)];
    private static readonly string?[] Jobs = [.. Enumerable.Range(0, RowCount).Select(_ => Random.Next(4) is var job and < 3 ? $"job {job}" : null)];
    private static readonly bool[] Affluent =
        [.. Enumerable.Range(0, RowCount).Select(row => Random.NextDouble() < (Numbers[row] > 4 ? 0.6 : 0.2) + (Jobs[row] is null ? 0.2 : 0))];

    private readonly InventedTable _invented = TableOf([.. Enumerable.Range(0, RowCount)]);

    public void Dispose() => _invented.Dispose();

    [Fact]
    public void A_model_is_that_of_its_training_rows_alone()
    {
        int[] learned = [.. Enumerable.Range(0, RowCount).Where(row => row % 3 != 0)], heldOut = [.. Enumerable.Range(0, RowCount).Where(row => row % 3 == 0)];
        using var alone = TableOf(learned);

        var masked = Train(_invented.Table, Affluent, heldOut, Recipe);
        var own = Train(alone.Table, [.. learned.Select(row => Affluent[row])], [], Recipe);

        Assert.Equal(own, masked);
        Assert.NotEqual(own, Train(_invented.Table, Affluent, [], Recipe));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.6)]
    public void The_class_of_held_out_rows_does_not_reach_the_model(double subsample)
    {
        int[] heldOut = [.. Enumerable.Range(0, RowCount).Where(row => row % 4 == 0)];
        var recipe = Recipe with { Subsample = subsample };
        var model = Train(_invented.Table, Affluent, heldOut, recipe);

        Assert.Equal(model, Train(_invented.Table, [.. Affluent.Select((affluent, row) => row % 4 == 0 ? !affluent : affluent)], heldOut, recipe));
        Assert.NotEqual(model, Train(_invented.Table, [.. Affluent.Select((affluent, row) => row % 4 == 1 ? !affluent : affluent)], heldOut, recipe));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_finished_model_takes_missing_values_as_they_were_trained(bool categoriesAsCodes)
    {
        var features = FeatureSource.ForTraining(_invented.Table, ["number", "job"]);
        using var rows = new BinnedRows(features, 256, 1, categoriesAsCodes);
        int[] all = [.. Enumerable.Range(0, RowCount)], heldOut = [.. all.Where(row => row % 3 == 0)];
        using var training = new FoldTraining(rows, Affluent, Recipe, 0, heldOut);
        training.Advance(default);
        training.Advance(default);
        training.Finish(TreeCount);
        using var model = training.TakeModel();

        float[] values = new float[RowCount * 2], margins = new float[RowCount];
        features.Fill(all, values);
        model.PredictMargins(values, margins);

        Assert.Contains(float.NaN, values);
        var logLoss = heldOut.Sum(row => Math.Log(1 + Math.Exp(Affluent[row] ? -margins[row] : margins[row])));
        Assert.Equal(training.LogLoss(1), logLoss, 1e-3);
        var atHand = new float[RowCount];
        Assert.True(training.TryTakeLogOdds(all, atHand));
        Assert.Equal(margins, atHand);
        Assert.False(training.TryTakeLogOdds(all, atHand));
    }

    [Theory]
    [InlineData(200_000, 1)]
    [InlineData(200_001, 0)]
    public void Categories_are_split_one_against_the_rest_and_in_large_files_by_their_codes(int rowCount, int categorySplits)
    {
        string[] jobs = ["clerk", "doctor", "smith"];
        using var large = new InventedTable(("job", ColumnKind.Category, Enumerable.Range(0, rowCount).Select(row => jobs[row % 3]).ToArray()));
        bool[] affluent = [.. Enumerable.Range(0, rowCount).Select(row => row % 3 == 1)];
        var folds = CustomerFolds.Deal(CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]), affluent, 2, 1, seed: 1);
        using var data = new TrainingData(FeatureSource.ForTraining(large.Table, ["job"]), affluent, folds);
        using var training = new FoldTraining(data.RowsOf(ModelFamily.BoostedTrees, 1), affluent, new TrainingRecipe(1, 0.3, 1, 1, 1, 1, 1, 1, 1, 2, 1, 5) { RoundsPerStep = 1 }, 0, []);
        training.Advance(default);
        training.Finish(1);
        using var model = training.TakeModel();

        var tree = JsonNode.Parse(Encoding.UTF8.GetString(model.Save(ModelFormat.Json)).Replace("NaN", "0", StringComparison.Ordinal))!["learner"]!["gradient_booster"]!["model"]!["trees"]![0]!;
        Assert.Equal(3, tree["left_children"]!.AsArray().Count);
        Assert.Equal(categorySplits, tree["categories_nodes"]!.AsArray().Count);
    }

    [Fact]
    public void With_a_share_recorded_log_odds_are_those_of_being_affluent()
    {
        // Recorded affluent are 2 in 10 with the number 0 and 4 in 10 with 1; where half of the affluents are recorded, 4 and 8 in 10 are affluent.
        bool[] affluent = [.. Enumerable.Range(0, 1000).Select(row => row % 2 == 0 ? row % 10 == 0 : row % 10 is 1 or 3)];
        using var invented = new InventedTable(("number", ColumnKind.Number, Enumerable.Range(0, 1000).Select(row => (float)(row % 2)).ToArray()));
        var recipe = new TrainingRecipe(1, 1, 0, 1, 1, 0, 300, 300, 1, 2, 1, 5) { RecordedShare = 0.5 };
        using var rows = new BinnedRows(FeatureSource.ForTraining(invented.Table, ["number"]), 256, 1);
        using var training = new FoldTraining(rows, affluent, recipe, 0, []);
        for (var step = 0; step < recipe.MaxStepCount; step++)
        {
            training.Advance(default);
        }

        var logOdds = new float[1000];
        training.ReadLogOdds([0, 1], logOdds);
        Assert.Equal(Math.Log(0.4 / 0.6), logOdds[0], 1e-3);
        Assert.Equal(Math.Log(0.8 / 0.2), logOdds[1], 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void With_a_share_recorded_the_log_loss_is_that_of_the_recorded_class(int affluentWeight)
    {
        int[] heldOut = [.. Enumerable.Range(0, RowCount).Where(row => row % 3 == 0)];
        using var rows = new BinnedRows(FeatureSource.ForTraining(_invented.Table, ["number", "job"]), 256, 1);
        using var training = new FoldTraining(rows, Affluent, Recipe with { RecordedShare = 0.7, AffluentWeight = affluentWeight }, 0, heldOut);
        training.Advance(default);

        var logOdds = new float[RowCount];
        training.ReadLogOdds(heldOut, logOdds);
        double Recorded(int row) => 0.7 / (1 + Math.Exp(-logOdds[row]));
        Assert.Equal(heldOut.Sum(row => Affluent[row] ? -affluentWeight * Math.Log(Recorded(row)) : -Math.Log(1 - Recorded(row))), training.LogLoss(0), 1e-6);
    }

    private static InventedTable TableOf(int[] rows) => new(
        ("number", ColumnKind.Number, rows.Select(row => Numbers[row]).ToArray()),
        ("job", ColumnKind.Category, rows.Select(row => Jobs[row]).ToArray()));

    private static byte[] Train(ColumnTable table, bool[] affluent, int[] heldOut, TrainingRecipe recipe)
    {
        using var rows = new BinnedRows(FeatureSource.ForTraining(table, ["number", "job"]), 256, 1);
        using var training = new FoldTraining(rows, affluent, recipe, 0, heldOut);
        for (var step = 0; step < recipe.MaxStepCount; step++)
        {
            training.Advance(default);
        }

        training.Finish(TreeCount);
        using var model = training.TakeModel();
        return model.Save(ModelFormat.Ubj);
    }
}

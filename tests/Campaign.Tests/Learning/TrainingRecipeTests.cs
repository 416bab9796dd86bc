using System.Globalization;
using Campaign.Learning;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class TrainingRecipeTests
{
    [Theory]
    [InlineData(5_000, 5)]
    [InlineData(20_000, 5)]
    [InlineData(20_001, 2)]
    [InlineData(100_000, 2)]
    [InlineData(100_001, 1)]
    [InlineData(1_000_000, 1)]
    public void The_smaller_the_file_the_more_repeats_and_quick_is_one(int rowCount, int repeatCount)
    {
        Assert.Equal(repeatCount, TrainingRecipe.For(rowCount, seed: 1).RepeatCount);
        var quick = TrainingRecipe.For(rowCount, seed: 1, quick: true);
        Assert.Equal(TrainingRecipe.For(rowCount, seed: 1) with { RepeatCount = 1, SuspiciousShare = quick.SuspiciousShare }, quick);
    }

    [Theory]
    [InlineData(20_000, false, 0.8, 0)]
    [InlineData(20_001, false, 1, 0.02)]
    [InlineData(200_000, true, 1, 0.02)]
    [InlineData(200_001, false, 1, 0.02)]
    [InlineData(200_001, true, 1, 0)]
    public void Small_files_take_a_share_as_recorded_and_larger_ones_are_cleaned_unless_quick(
        int rowCount, bool quick, double recordedShare, double suspiciousShare)
    {
        var boosted = TrainingRecipe.For(rowCount, 1, quick);

        Assert.Equal((recordedShare, suspiciousShare), (boosted.RecordedShare, boosted.SuspiciousShare));
        Assert.All(
            [TrainingRecipe.ForestBeside(boosted, rowCount), TrainingRecipe.ElasticNetBeside(boosted)],
            beside => Assert.Equal((1, suspiciousShare), (beside.RecordedShare, beside.SuspiciousShare)));
    }

    [Fact]
    public void On_large_files_two_models_choose_the_number_of_trees_in_larger_steps()
    {
        var (small, large) = (TrainingRecipe.For(200_000, 1), TrainingRecipe.For(200_001, 1));

        Assert.True(large.LearningRate > small.LearningRate && large.MaxTreeCount < small.MaxTreeCount);
        Assert.Equal(2, large.ChoosingModelCount);
        Assert.True(small.ChoosingModelCount >= small.FoldCount * small.RepeatCount);
    }

    [Theory]
    [InlineData(60, 0.2)]
    [InlineData(30, 0.2)]
    [InlineData(20, 0.3)]
    [InlineData(8, 0.5)]
    public void On_large_files_a_tree_sees_few_columns_but_six_or_half_of_them(int featureCount, double columnSample) =>
        Assert.Equal(columnSample, TrainingRecipe.For(1_000_000, 1, featureCount: featureCount).ColumnSample, 12);

    [Fact]
    public void Every_repeat_and_seed_has_a_model_seed_of_its_own_and_all_else_is_the_same()
    {
        var recipe = TrainingRecipe.For(1_000, seed: 3);
        Assert.Equal(12, Enumerable.Range(0, 6).Select(recipe.ModelSeed).Concat(Enumerable.Range(0, 6).Select((recipe with { Seed = 4 }).ModelSeed)).Distinct().Count());
        Assert.Equal(recipe.Parameters(0).Where(pair => pair.Key != "seed"), recipe.Parameters(1).Where(pair => pair.Key != "seed"));
        Assert.Equal(recipe.ModelSeed(1).ToString(CultureInfo.InvariantCulture), recipe.Parameters(1)["seed"]);
    }

    [Fact]
    public void Each_setting_stands_under_XGBoosts_own_name()
    {
        var parameters = new TrainingRecipe(7, 0.125, 11, 0.25, 0.375, 13, 100, 20, 5, 5, 1, 1).Parameters(0);

        Assert.Equal(
            ("7", "0.125", "11", "0.25", "0.375", "13"),
            (parameters["max_depth"], parameters["eta"], parameters["min_child_weight"], parameters["subsample"], parameters["colsample_bytree"], parameters["lambda"]));
    }
}

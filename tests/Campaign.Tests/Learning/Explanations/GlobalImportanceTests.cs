using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Explanations;
using Xunit;

namespace Campaign.Tests.Learning.Explanations;

public sealed class GlobalImportanceTests
{
    [Fact]
    public void The_result_depends_on_no_thread_count_and_comes_back_from_its_file()
    {
        using var sample = new OracleSample();
        var (scores, models) = OutOfFoldScores.Compute(sample.Data, OracleSample.Recipe, 1);
        using var owned = models;
        var one = JsonSerializer.Serialize(GlobalImportance.Of(sample.Features, scores, models, 1, threadCount: 1), JsonSerializerOptions.Web);
        var three = JsonSerializer.Serialize(GlobalImportance.Of(sample.Features, scores, models, 1, threadCount: 3), JsonSerializerOptions.Web);

        Assert.Equal(one, three);
        Assert.Equal(one, JsonSerializer.Serialize(JsonSerializer.Deserialize<GlobalImportance>(one, JsonSerializerOptions.Web), JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_large_file_is_looked_at_by_some_rows_that_the_seed_draws()
    {
        const int rowCount = 12_000;
        float[] balance = [.. Enumerable.Range(0, rowCount).Select(row => (float)(row * 7919 % rowCount))];
        bool[] affluent = [.. balance.Select(value => value > 9000)];
        using var table = new InventedTable(("balance", ColumnKind.Number, balance));
        var features = FeatureSource.ForTraining(table.Table, ["balance"]);
        var recipe = OracleSample.Recipe with { FoldCount = 2, RepeatCount = 1, MaxTreeCount = 10, Patience = 10, ChoosingModelCount = 2 };
        var folds = CustomerFolds.Of([[.. Enumerable.Range(0, rowCount).Select(row => (byte)(row % 2))]]);
        using var data = new TrainingData(features, affluent, folds);
        var (scores, models) = OutOfFoldScores.Compute(data, recipe, 1);
        using var owned = models;
        string Of(int seed) => JsonSerializer.Serialize(GlobalImportance.Of(features, scores, models, seed, 2), JsonSerializerOptions.Web);

        Assert.Equal(10_000, GlobalImportance.Of(features, scores, models, 1, 2).SampleRowCount);
        Assert.Equal((600, 2_000, 5_000), (GlobalImportance.SampleSize(600, 5), GlobalImportance.SampleSize(9_000, 5), GlobalImportance.SampleSize(50_000, 2)));
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void No_bin_holds_few_rows_and_neither_end_of_the_values_is_told()
    {
        var rows = Enumerable.Range(0, 500).Select(row => ((float)row, row / 100.0)).ToArray();
        var bins = ContributionBins.Of(new FeatureColumn("balance", ColumnKind.Number, []), rows);

        Assert.Equal(10, bins.Count);
        Assert.All(bins, bin => Assert.Equal(50, bin.RowCount));
        Assert.Equal(("up to 49", "49 to 99", "above 449"), (bins[0].Values, bins[1].Values, bins[^1].Values));
        Assert.Equal(500, bins.Sum(bin => bin.RowCount));
    }

    [Fact]
    public void Few_values_are_told_one_by_one_and_those_of_few_rows_with_their_neighbours()
    {
        (float, double)[] rows = [.. Rows(0, 40), .. Rows(1, 25), .. Rows(2, 19), .. Rows(3, 1), .. Rows(9, 5), .. Rows(float.NaN, 19)];
        var bins = ContributionBins.Of(new FeatureColumn("products", ColumnKind.Number, []), rows);

        // 2 and 3 make 20 together; the five beyond are too few for a bin, and so are the missing.
        Assert.Equal([("0", 40), ("1", 25), ("above 1", 25)], bins.Select(bin => (bin.Values, bin.RowCount)));
    }

    [Fact]
    public void Rare_categories_count_together_and_the_missing_apart()
    {
        (float, double)[] rows = [.. Rows(0, 30, -1), .. Rows(1, 40, 1), .. Rows(2, 12), .. Rows(3, 9), .. Rows(float.NaN, 20)];
        var bins = ContributionBins.Of(new FeatureColumn("job", ColumnKind.Category, ["A", "B", "C", "D"]), rows);

        Assert.Equal([("B", 40, false), ("A", 30, false), ("other values", 21, true), ("missing", 20, true)], bins.Select(bin => (bin.Values, bin.RowCount, bin.IsRest)));
        Assert.Empty(ContributionBins.Of(new FeatureColumn("job", ColumnKind.Category, ["A"]), [.. Rows(0, 19)]));
    }

    [Theory]
    [InlineData(new[] { -1.0, 0, 2 }, "higher values raise the score")]
    [InlineData(new[] { 1.0, 0.5, 0 }, "higher values lower the score")]
    [InlineData(new[] { 1.0, -1, 1 }, "no single direction")]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, "no single direction")]
    [InlineData(new[] { 0.5 }, "no direction")]
    public void The_direction_is_told_where_there_is_one(double[] means, string direction)
    {
        ContributionBin[] bins = [.. means.Select((mean, place) => new ContributionBin($"{place}", 30, mean, mean, mean)), new("missing", 30, -9, -9, -9, IsRest: true)];

        Assert.Equal(direction, new ColumnImportance("balance", ColumnKind.Number, 1, 1, 1, 1, 1, bins).Direction);
    }

    private static IEnumerable<(float, double)> Rows(float value, int count, double contribution = 0.5) => Enumerable.Repeat((value, contribution), count);
}

using Campaign.Learning;
using Campaign.Learning.Candidates;
using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Candidates;

public sealed class BestColumnRuleTests
{
    private const int RowCount = 600;

    [Fact]
    public void The_column_that_tells_most_is_found_whatever_its_direction_or_kind()
    {
        var random = new Random(5);
        bool[] affluent = [.. Enumerable.Range(0, RowCount).Select(_ => random.Next(5) == 0)];
        float[] noise = [.. affluent.Select(_ => random.NextSingle())];
        float[] falling = [.. affluent.Select(one => (one ? 0 : 1) + random.NextSingle())];
        string?[] job = [.. affluent.Select(one => one && random.Next(10) < 9 ? "owner" : random.Next(3) == 0 ? null : "clerk")];

        using var numbers = new InventedTable(("noise", ColumnKind.Number, noise), ("falling", ColumnKind.Number, falling));
        using var categories = new InventedTable(("noise", ColumnKind.Number, noise), ("job", ColumnKind.Category, job));
        Check(numbers.Table, "falling");
        Check(categories.Table, "job");

        void Check(ColumnTable table, string expected)
        {
            using var data = Data(table, ["noise", expected], affluent);
            var rule = BestColumnRule.Of(data, threadCount: 2);
            Assert.Equal(expected, rule.Column);
            Assert.True(RankingMetrics.Of(rule.LogOdds, affluent).Auc > 0.9);
        }
    }

    [Fact]
    public void The_fold_that_is_scored_has_no_say_in_its_shares()
    {
        var random = new Random(6);
        bool[] affluent = [.. Enumerable.Range(0, RowCount).Select(_ => random.Next(4) == 0)];

        // A category of two rows each: with the own fold's classes it would tell all, without them nothing.
        string?[] own = [.. Enumerable.Range(0, RowCount).Select(row => $"c{row / 2}")];
        using var invented = new InventedTable(("own", ColumnKind.Category, own));
        using var data = Data(invented.Table, ["own"], affluent);

        Assert.InRange(RankingMetrics.Of(BestColumnRule.Of(data, threadCount: 2).LogOdds, affluent).Auc, 0.35, 0.65);
    }

    private static TrainingData Data(ColumnTable table, string[] names, bool[] affluent) => new(
        FeatureSource.ForTraining(table, names), affluent, CustomerFolds.Deal(CustomerIndex.Of([.. Enumerable.Range(0, RowCount)]), affluent, 5, 1, seed: 2));
}

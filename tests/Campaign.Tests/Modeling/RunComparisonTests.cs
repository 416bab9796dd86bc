using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform.Charts;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed class RunComparisonTests
{
    private static readonly ColumnRoles Columns = new("id", "segment", "affluent", ["age", "balance"], [], [new("note", LeftOutReason.ByUser)], []);

    private static readonly ThresholdCurve Curve = new(10, 90, [new(0.9, 5, 5, 5, 0), new(0.5, 9, 11, 11, 3), new(0.1, 10, 90, 90, 60)]);

    [Fact]
    public void Only_what_differs_is_marked()
    {
        var comparison = new RunComparison([Run("A", seed: 1), Run("B", seed: 2)]);

        var rows = comparison.Sections().SelectMany(section => section.Rows).ToDictionary(row => row.Name);
        Assert.True(rows["Seed"].Differs);
        Assert.Equal(["1", "2"], rows["Seed"].Values);
        Assert.False(rows["Rows"].Differs);
        Assert.False(rows["eta"].Differs);
        Assert.Equal(["Seed"], rows.Values.Where(row => row.Differs).Select(row => row.Name));
    }

    [Fact]
    public void A_parameter_that_only_one_run_has_differs()
    {
        var results = SampleRuns.Results() with { Parameters = new Dictionary<string, string> { ["eta"] = "0.05", ["max_depth"] = "4", ["lambda"] = "5" } };
        var comparison = new RunComparison([Run("A"), Run("B", results: results)]);

        var row = Assert.Single(comparison.Sections().Single(section => section.Title == "Parameters").Rows, row => row.Differs);
        Assert.Equal(("lambda", "–", "5"), (row.Name, row.Values[0], row.Values[1]));
    }

    [Fact]
    public void A_column_that_is_used_differently_is_listed_with_both_uses()
    {
        var other = Columns with { Features = ["age", "note"], LeftOut = [] };
        var comparison = new RunComparison([Run("A"), Run("B", columns: other), Run("C") with { Columns = null }]);

        Assert.Equal(
            [("balance", "learnt from", "not there", "–"), ("note", "left out", "learnt from", "–")],
            comparison.DifferingColumns()!.Select(row => (row.Name, row.Values[0], row.Values[1], row.Values[2])));
        Assert.Empty(new RunComparison([Run("A"), Run("B")]).DifferingColumns()!);
        Assert.Null(new RunComparison([Run("A"), Run("C") with { Columns = null }]).DifferingColumns());
    }

    [Fact]
    public void Rates_at_the_cut_off_carry_their_interval()
    {
        var rows = new RunComparison([Run("A"), Run("B")]).Sections()[0].Rows.ToDictionary(row => row.Name);

        Assert.Equal("90.0 % (59.6 % to 98.2 %)", rows["Recall at the cut-off"].Values[0]);
        Assert.Equal("0.900 (0.880 to 0.920)", rows["Ranking quality (AUC)"].Values[0]);
        Assert.StartsWith("45.0 % (", rows["Precision at the cut-off"].Values[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_curves_lie_over_one_another_with_the_sizes_that_each_recall_takes()
    {
        var charts = new RunComparison([Run("A"), Run("B") with { Curve = null }, Run("C")]).Charts()!;

        Assert.Equal(["A  A", "C  C"], charts[0].Series.Select(series => series.Name));
        Assert.NotEqual(charts[0].Series[0].Tone, charts[0].Series[1].Tone);
        Assert.Equal([(0.1, 0.5), (0.2, 0.9), (1, 1)], ((ChartPath)charts[0].Series[0].Marks[0]).Points);
        Assert.Equal([(0.5, 0.5), (0.9, 0.45), (1, 0.1)], ((ChartPath)charts[1].Series[0].Marks[0]).Points);
        Assert.Equal(["80 %", "20", "–", "20"], charts[0].Table!.Rows.Single(row => row[0] == "80 %"));
        Assert.Null(new RunComparison([Run("A") with { Curve = null }]).Charts());
    }

    [Fact]
    public void A_run_that_is_not_finished_has_dashes()
    {
        var waiting = new ComparedRun(Summary("B", 1, null), "customers.csv", [], null, null, null);

        var rows = new RunComparison([Run("A"), waiting]).Sections().SelectMany(section => section.Rows).ToDictionary(row => row.Name);
        Assert.Equal("–", rows["Ranking quality (AUC)"].Values[1]);
        Assert.Equal("–", rows["eta"].Values[1]);
        Assert.Equal("–", rows["Training"].Values[1]);
    }

    private static ComparedRun Run(string name, int seed = 1, RunResults? results = null, ColumnRoles? columns = null) =>
        new(Summary(name, seed, results ?? SampleRuns.Results()), "customers.csv", [], columns ?? Columns, Curve, new ConfusionCounts(9, 11, 1, 79));

    private static ModelRunSummary Summary(string name, int seed, RunResults? results) => new(
        Guid.NewGuid(), name, Guid.NewGuid(), new string('f', 64), seed, true, 0.9, 0.95, PromiseKind.Tight, 0, null, results,
        results is null ? null : new OperatingThreshold(0.5), ThresholdRule.ByHand, null, "Aina", DateTime.UnixEpoch, DateTime.UnixEpoch, 0);
}

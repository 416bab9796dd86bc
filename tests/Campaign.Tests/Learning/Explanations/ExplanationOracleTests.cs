using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Explanations;
using Xunit;

namespace Campaign.Tests.Learning.Explanations;

/// <summary>Against tests/oracle/explain.py: the contributions of Python's XGBoost for the same models, and what numpy makes of them.</summary>
public sealed class ExplanationOracleTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly OracleSample _sample = new();
    private readonly JsonElement _reference = OracleSample.Reference("explain.json");
    private readonly OutOfFoldScores _scores;
    private readonly TrainedModels _models;

    public ExplanationOracleTests() => (_scores, _models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, 2);

    public void Dispose()
    {
        _models.Dispose();
        _sample.Dispose();
    }

    [Fact]
    public void Every_rows_contributions_are_those_of_another_implementation()
    {
        var contributions = Explainer.Contributions(_sample.Features, _sample.Folds, _models, [.. Enumerable.Range(0, 600)], default);

        AssertClose([.. _reference.GetProperty("contributions").EnumerateArray().SelectMany(OracleSample.Numbers)], contributions);
    }

    [Fact]
    public void A_changed_rows_score_and_contributions_are_those_of_another_implementation()
    {
        var (job, missing) = (_sample.Features.Features[3].Categories, float.NaN);
        Dictionary<string, float>[] changes =
        [
            new() { ["balance"] = 5000, ["job"] = job.ToList().IndexOf("MANAGER") }, new() { ["age"] = missing }, new() { ["products"] = 6, ["job"] = missing },
        ];
        var comparisons = ColumnComparison.ForAll(_sample.Features, _sample.Affluent);
        foreach (var (expected, change) in _reference.GetProperty("whatIf").EnumerateArray().Zip(changes))
        {
            var row = expected.GetProperty("row").GetInt32();
            var own = Enumerable.Range(0, 2).Select(repeat => _models.FoldModels[repeat][_sample.Folds.OfRepeat(repeat)[row]]).ToArray();
            var explained = Explainer.ExplainRow(_sample.Features.WithChanges(row, change), row, own, comparisons);

            Assert.Equal(expected.GetProperty("logOdds").GetDouble(), explained.LogOdds, Tolerance);
            AssertClose(
                OracleSample.Numbers(expected.GetProperty("contributions")),
                [.. OracleSample.FeatureNames.Select(name => explained.Parts.Single(part => part.Column == name).Contribution), explained.Base]);
        }
    }

    [Fact]
    public void Importance_ranges_and_bins_are_those_of_numpy()
    {
        var importance = GlobalImportance.Of(_sample.Features, _scores, _models, seed: 1, threadCount: 2);
        var columns = OracleSample.FeatureNames.Select(name => importance.Columns.Single(column => column.Column == name)).ToArray();

        Assert.Equal((600, 600, 8), (importance.SampleRowCount, importance.AddingUpCount, importance.FoldModelCount));
        AssertClose(Numbers("meanSizes"), [.. columns.Select(column => column.MeanSize)]);
        AssertClose(Numbers("lowestFold"), [.. columns.Select(column => column.LowestFold)]);
        AssertClose(Numbers("highestFold"), [.. columns.Select(column => column.HighestFold)]);
        AssertClose(Numbers("bestRank"), [.. columns.Select(column => (double)column.BestRank)]);
        AssertClose(Numbers("worstRank"), [.. columns.Select(column => (double)column.WorstRank)]);
        Assert.Equal(["products", "balance"], importance.Columns.Take(2).Select(column => column.Column));

        var balance = _reference.GetProperty("balanceBins").EnumerateArray().ToArray();
        Assert.Equal(balance.Select(bin => bin.GetProperty("rows").GetInt32()), columns[0].Bins.Select(bin => bin.RowCount));
        AssertClose([.. balance.SelectMany(bin => OracleSample.Numbers(bin.GetProperty("mean")))], Means(columns[0].Bins));
        var jobs = _reference.GetProperty("jobBins");
        var known = columns[3].Bins.Where(bin => !bin.IsRest).ToArray();
        Assert.Equal(jobs.EnumerateObject().Count(), known.Length);
        AssertClose([.. known.SelectMany(bin => OracleSample.Numbers(jobs.GetProperty(bin.Values).GetProperty("mean")))], Means(known));
    }

    private double[] Numbers(string name) => OracleSample.Numbers(_reference.GetProperty(name));

    private static double[] Means(IEnumerable<ContributionBin> bins) => [.. bins.SelectMany(bin => new[] { bin.Mean, bin.Low, bin.High })];

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
    }
}

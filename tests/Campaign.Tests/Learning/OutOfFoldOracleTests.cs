using Campaign.Learning;
using Campaign.Learning.Explanations;
using Xunit;

namespace Campaign.Tests.Learning;

/// <summary>Against tests/oracle/out_of_fold.py: Python's XGBoost with the same sample, folds and recipe.</summary>
public sealed class OutOfFoldOracleTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly OracleSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Scores_trees_and_contributions_equal_those_of_another_implementation()
    {
        var reference = OracleSample.Reference("out_of_fold.json");
        Assert.Equal(
            reference.GetProperty("modelSeeds").EnumerateArray().Select(seed => seed.GetInt32()),
            Enumerable.Range(0, 3).Select(OracleSample.Recipe.ModelSeed));

        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, OracleSample.Recipe, threadCount: 2);
        using var owned = models;

        Assert.Equal(reference.GetProperty("treeCount").GetInt32(), models.TreeCount);
        double[][] logOdds = [.. reference.GetProperty("logOdds").EnumerateArray().Select(OracleSample.Numbers)];
        for (var repeat = 0; repeat < 2; repeat++)
        {
            AssertClose(logOdds[repeat], [.. scores.OfRepeat(repeat).ToArray().Select(value => (double)value)]);
        }

        AssertClose([.. logOdds[0].Zip(logOdds[1], (first, second) => (first + second) / 2)], scores.LogOdds.ToArray());
        AssertClose(OracleSample.Numbers(reference.GetProperty("inSampleLogOdds")), [.. scores.InSampleLogOdds.ToArray().Select(value => (double)value)]);
        var contributions = Explainer.Contributions(_sample.Features, _sample.Folds, models, [.. Enumerable.Range(0, 20)], default);
        AssertClose([.. reference.GetProperty("firstContributions").EnumerateArray().SelectMany(OracleSample.Numbers)], contributions);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
    }
}

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

    [Fact]
    public void A_forest_equals_that_of_another_implementation()
    {
        var reference = OracleSample.Reference("families.json");
        var recipe = TrainingRecipe.ForestBeside(OracleSample.Recipe, 400) with { TreesPerRound = reference.GetProperty("forestTrees").GetInt32(), RepeatCount = 1 };
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, recipe, threadCount: 2);
        using var owned = models;

        AssertClose(OracleSample.Numbers(reference.GetProperty("forestLogOdds")), scores.LogOdds.ToArray());
        var contributions = Explainer.Contributions(_sample.Features, scores.Folds, models, [.. Enumerable.Range(0, 20)], default);
        AssertClose([.. reference.GetProperty("forestFirstContributions").EnumerateArray().SelectMany(OracleSample.Numbers)], contributions);
    }

    [Fact]
    public void An_elastic_net_finds_the_minimum_that_gradient_steps_find()
    {
        var reference = OracleSample.Reference("families.json");
        var (scores, models) = OutOfFoldScores.Compute(_sample.Data, TrainingRecipe.ElasticNetBeside(OracleSample.Recipe) with { RepeatCount = 1 }, threadCount: 2);
        using var owned = models;

        Assert.Equal(reference.GetProperty("elasticNetColumns").GetInt32(), models.Final.Members[0].Design!.Columns.Count);
        AssertClose(OracleSample.Numbers(reference.GetProperty("elasticNetLogOdds")), scores.LogOdds.ToArray(), 2e-3);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }
}

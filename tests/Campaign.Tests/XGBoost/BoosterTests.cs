using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.XGBoost;

public sealed class BoosterTests
{
    private const int RowCount = 300;
    private const int FeatureCount = 3;
    private static readonly float[] Rows = InventedRows();
    private static readonly float[] Labels = [.. Enumerable.Range(0, RowCount).Select(row => (Rows[row * 3] + Rows[(row * 3) + 1] > 0.9f ? 1f : 0f))];

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["objective"] = "binary:logistic",
        ["base_score"] = "0.5",
        ["tree_method"] = "hist",
        ["max_depth"] = "3",
        ["subsample"] = "0.7",
        ["colsample_bytree"] = "0.7",
        ["seed"] = "5",
        ["seed_per_iteration"] = "1",
        ["nthread"] = "1",
    };

    [Fact]
    public void Rounds_features_and_rows_are_counted()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 7);

        Assert.Equal(7, booster.BoostedRounds);
        Assert.Equal(3, booster.FeatureCount);
        Assert.Equal(300, matrix.RowCount);
        Assert.Equal(3, matrix.FeatureCount);
    }

    [Fact]
    public void A_round_on_the_derivatives_of_the_logistic_loss_is_a_round_of_that_objective_and_its_margins_are_at_hand()
    {
        using var labelled = Matrix();
        using var unlabelled = DMatrix.FromDense(Rows, FeatureCount);
        var parameters = Parameters.Where(parameter => parameter.Key is not "subsample");
        using var expected = Booster.Create(parameters, labelled);
        using var boosted = Booster.Create(parameters, unlabelled);
        float[] margins = new float[RowCount], hessians = [.. Enumerable.Repeat(0.25f, RowCount)];
        boosted.PredictMargins(unlabelled, margins);
        Assert.All(margins, margin => Assert.Equal(0, margin));

        expected.Update(0, labelled);
        boosted.Boost(unlabelled, [.. Labels.Select(label => 0.5f - label)], hessians);
        boosted.PredictMargins(unlabelled, margins);

        Assert.Equal(Margins(expected), margins);
        Assert.Throws<ArgumentException>(() => boosted.Boost(unlabelled, hessians, hessians.AsSpan(1)));
    }

    [Fact]
    public void Contributions_add_up_to_the_margin()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 20);
        var margins = Margins(booster);
        var contributions = new float[RowCount * (FeatureCount + 1)];
        booster.PredictContributions(matrix, contributions);

        for (var row = 0; row < RowCount; row++)
        {
            Assert.Equal(margins[row], contributions.AsSpan(row * 4, 4).ToArray().Sum(value => (double)value), 1e-5);
        }
    }

    [Fact]
    public void The_margins_of_parts_of_the_rounds_add_up_to_those_of_all()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 10);
        float[] first = new float[RowCount], rest = new float[RowCount];
        booster.PredictMargins(Rows, first, 0, 3);
        booster.PredictMargins(Rows, rest, 3, 10);
        var all = Margins(booster);

        Assert.NotEqual(first, all);
        Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal(all[row], first[row] + rest[row], 1e-5f));
    }

    [Theory]
    [InlineData(ModelFormat.Ubj)]
    [InlineData(ModelFormat.Json)]
    public void A_saved_model_scores_and_saves_the_same(ModelFormat format)
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 12);
        var bytes = booster.Save(format);
        using var loaded = Booster.Load(bytes);

        Assert.Equal(Margins(booster), Margins(loaded));
        Assert.Equal(bytes, loaded.Save(format));
        Assert.Equal(format == ModelFormat.Json, bytes[0] == '{' && bytes[1] == '"');
    }

    [Fact]
    public void A_slice_is_the_model_after_so_many_rounds()
    {
        using var matrix = Matrix();
        using var longer = Train(matrix, 9);
        using var shorter = Train(matrix, 4);
        using var slice = longer.Slice(0, 4);

        Assert.Equal(4, slice.BoostedRounds);
        Assert.Equal(Margins(shorter), Margins(slice));
        Assert.NotEqual(Margins(longer), Margins(slice));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_with_any_thread_count_and_another_seed_others()
    {
        var bytes = ModelBytes("1", "5");

        Assert.Equal(bytes, ModelBytes("1", "5"));
        Assert.Equal(bytes, ModelBytes("2", "5"));
        Assert.NotEqual(bytes, ModelBytes("1", "6"));
    }

    [Fact]
    public void Two_models_trained_in_turns_on_one_thread_are_as_if_trained_alone()
    {
        using var matrix = Matrix();
        using var alone = Train(matrix, 6);
        using var first = Booster.Create(Parameters, matrix);
        using var second = Booster.Create(new Dictionary<string, string>(Parameters) { ["seed"] = "99" }, matrix);
        for (var round = 0; round < 6; round++)
        {
            first.Update(round, matrix);
            second.Update(round, matrix);
        }

        Assert.Equal(alone.Save(ModelFormat.Ubj), first.Save(ModelFormat.Ubj));
    }

    [Fact]
    public void Each_parameter_reaches_the_library()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 3);
        var plain = Margins(booster);

        foreach (var (name, value) in new[] { ("max_depth", "1"), ("eta", "0.9"), ("lambda", "50"), ("min_child_weight", "9"), ("subsample", "0.3") })
        {
            using var other = Train(matrix, 3, new Dictionary<string, string>(Parameters) { [name] = value });
            Assert.NotEqual(plain, Margins(other));
        }
    }

    [Fact]
    public void An_unknown_objective_is_refused_in_XGBoosts_words_without_its_stack()
    {
        using var matrix = Matrix();
        using var booster = Booster.Create(new Dictionary<string, string>(Parameters) { ["objective"] = "binary:nonsense" }, matrix);

        var failure = Assert.Throws<XGBoostException>(() => booster.Update(0, matrix));
        Assert.Equal("XGBoosterUpdateOneIter", failure.Operation);
        Assert.Contains("Unknown objective function: `binary:nonsense`", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Stack trace", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        var failure = Assert.Throws<XGBoostException>(() => Booster.Load("no model at all"u8));

        Assert.Equal("XGBoosterLoadModelFromBuffer", failure.Operation);
        Assert.NotEmpty(failure.Message);
    }

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 2);

        var failure = Assert.Throws<ArgumentException>(() => booster.PredictMargins(new float[8], new float[4]));
        Assert.Equal("8 values are not 4 rows of 3 features.", failure.Message);
        Assert.Throws<ArgumentException>(() => DMatrix.FromDense(new float[7], 3));
        Assert.Throws<ArgumentException>(() => booster.PredictContributions(matrix, new float[10]));
    }

    [Fact]
    public void A_category_that_training_never_saw_scores_like_a_missing_one()
    {
        using var matrix = DMatrix.FromDense([.. Labels.Select(label => label == 1 ? 2f : 0f)], 1, Labels, [FeatureType.Category]);
        using var booster = Train(matrix, 5, new Dictionary<string, string>(Parameters) { ["max_cat_to_onehot"] = "1000", ["colsample_bytree"] = "1" });
        var margins = new float[4];
        booster.PredictMargins([2, 0, 777, float.NaN], margins);

        Assert.Equal(margins[3], margins[2]);
        Assert.True(margins[0] > margins[1]);
    }

    [Fact]
    public void One_booster_scores_from_many_threads_at_once()
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 20);
        var expected = Margins(booster);

        Parallel.For(0, 50, _ => Assert.Equal(expected, Margins(booster)));
    }

    private static DMatrix Matrix() => DMatrix.FromDense(Rows, FeatureCount, Labels);

    private static Booster Train(DMatrix matrix, int rounds, Dictionary<string, string>? parameters = null)
    {
        var booster = Booster.Create(parameters ?? Parameters, matrix);
        for (var round = 0; round < rounds; round++)
        {
            booster.Update(round, matrix);
        }

        return booster;
    }

    private static byte[] ModelBytes(string threads, string seed)
    {
        using var matrix = Matrix();
        using var booster = Train(matrix, 8, new Dictionary<string, string>(Parameters) { ["nthread"] = threads, ["seed"] = seed });
        return booster.Save(ModelFormat.Ubj);
    }

    private static float[] Margins(Booster booster)
    {
        var margins = new float[RowCount];
        booster.PredictMargins(Rows, margins);
        return margins;
    }

    private static float[] InventedRows()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, RowCount * FeatureCount).Select(_ => random.Next(20) == 0 ? float.NaN : random.NextSingle())];
    }
}

using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.XGBoost;

public sealed class QuantileDMatrixTests
{
    private const int RowCount = 500;
    private const int FeatureCount = 2;
    private static readonly float[] Rows = InventedRows();
    private static readonly float[] Labels = [.. Enumerable.Range(0, RowCount).Select(row => Rows[row * 2] > 3 ? 1f : 0f)];
    private static readonly FeatureType[] Types = [FeatureType.Number, FeatureType.Category];
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["objective"] = "binary:logistic",
        ["tree_method"] = "hist",
        ["nthread"] = "1",
    };

    [Theory]
    [InlineData(64)]
    [InlineData(500)]
    [InlineData(9999)]
    public void Streamed_batches_of_any_size_give_the_model_of_the_matrix_in_memory(int batchRowCount)
    {
        using var inMemory = DMatrix.FromDense(Rows, FeatureCount, Labels, Types);
        using var streamed = QuantileDMatrix.FromBatches(RowCount, FeatureCount, Fill, Types, batchRowCount: batchRowCount);

        Assert.Equal(RowCount, streamed.RowCount);
        Assert.Equal(FeatureCount, streamed.FeatureCount);
        Assert.Equal(ModelBytes(inMemory), ModelBytes(streamed));
    }

    [Fact]
    public void Fewer_bins_give_another_model()
    {
        using var fine = QuantileDMatrix.FromBatches(RowCount, FeatureCount, Fill, Types);
        using var coarse = QuantileDMatrix.FromBatches(RowCount, FeatureCount, Fill, Types, maxBin: 2);

        Assert.NotEqual(ModelBytes(fine), ModelBytes(coarse, ("max_bin", "2")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void What_the_reader_throws_comes_out_and_no_matrix_of_a_part_of_the_rows_is_made(int failingCall)
    {
        var calls = 0;
        var failure = Assert.Throws<InvalidDataException>(() => QuantileDMatrix.FromBatches(
            RowCount,
            FeatureCount,
            (first, rows, labels) =>
            {
                Fill(first, rows, labels);
                if (++calls == failingCall)
                {
                    throw new InvalidDataException("The disk was pulled out.");
                }
            },
            Types,
            batchRowCount: 100));

        Assert.Equal("The disk was pulled out.", failure.Message);
        Assert.Equal(failingCall, calls);
    }

    [Fact]
    public void Contributions_of_quantile_bins_are_refused_in_words()
    {
        using var streamed = QuantileDMatrix.FromBatches(RowCount, FeatureCount, Fill, Types);
        using var booster = Booster.Create(Parameters, streamed);
        booster.Update(0, streamed);

        Assert.Throws<XGBoostException>(() => booster.PredictContributions(streamed, new float[RowCount * 3]));
    }

    private static void Fill(int firstRow, Span<float> rows, Span<float> labels)
    {
        Rows.AsSpan(firstRow * FeatureCount, rows.Length).CopyTo(rows);
        Labels.AsSpan(firstRow, labels.Length).CopyTo(labels);
    }

    private static byte[] ModelBytes(DMatrix matrix, params (string Name, string Value)[] changes)
    {
        var parameters = new Dictionary<string, string>(Parameters);
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        using var booster = Booster.Create(parameters, matrix);
        for (var round = 0; round < 5; round++)
        {
            booster.Update(round, matrix);
        }

        return booster.Save(ModelFormat.Ubj);
    }

    private static float[] InventedRows()
    {
        var random = new Random(12);
        return [.. Enumerable.Range(0, RowCount).SelectMany(_ => new[] { random.Next(15) == 0 ? float.NaN : random.NextSingle() * 5, random.Next(6) })];
    }
}

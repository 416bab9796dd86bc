using Campaign.Learning;
using Campaign.Learning.Profiles;
using Xunit;

namespace Campaign.Tests.Learning.Profiles;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 9)]
    [InlineData(30, 30)]
    [InlineData(30, 4)] // most eigenvalues are 0
    public void Values_and_vectors_make_the_matrix_again(int size, int rank)
    {
        var random = SeededRandom.For(2, size + rank);
        double[] factor = [.. Enumerable.Range(0, size * rank).Select(_ => random.NextShare() - 0.5)];
        var matrix = new double[size * size];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = Enumerable.Range(0, rank).Sum(k => factor[(i / size * rank) + k] * factor[(i % size * rank) + k]);
        }

        var (values, vectors) = SymmetricEigen.Of(matrix, size, default);

        Assert.Equal(values.OrderDescending(), values);
        for (var i = 0; i < matrix.Length; i++)
        {
            var again = Enumerable.Range(0, size).Sum(k => values[k] * vectors[k][i / size] * vectors[k][i % size]);
            Assert.Equal(matrix[i], again, 1e-12);
        }

        for (var k = 0; k < rank; k++)
        {
            Assert.Equal(1, vectors[k].Sum(value => value * value), 1e-12);
            Assert.All(Enumerable.Range(0, k), other => Assert.Equal(0, vectors[k].Zip(vectors[other], (x, y) => x * y).Sum(), 1e-10));
        }
    }
}

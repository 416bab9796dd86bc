using System.Numerics;
using System.Runtime.InteropServices;

namespace Campaign.Learning.Profiles;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix without negative eigenvalues: its rows are turned in pairs until all are at right
/// angles (Hestenes' one-sided Jacobi method); each then is an eigenvector, as long as its eigenvalue.
/// </summary>
internal static class SymmetricEigen
{
    private const double Precision = 1e-13;
    private const int MostSweeps = 60;

    /// <param name="matrix">Row-major, size x size.</param>
    /// <returns>The largest first; vectors of length 1, of either sign.</returns>
    public static (double[] Values, double[][] Vectors) Of(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation)
    {
        var padded = (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var rows = new double[size][];
        for (var i = 0; i < size; i++)
        {
            rows[i] = new double[padded];
            matrix.Slice(i * size, size).CopyTo(rows[i]);
        }

        var least = rows.Select(row => Dot(row, row)).DefaultIfEmpty().Max() * Precision * Precision;
        var turned = true;
        for (var sweep = 0; turned && sweep < MostSweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            turned = false;
            for (var i = 0; i < size - 1; i++)
            {
                for (var j = i + 1; j < size; j++)
                {
                    turned |= Turn(rows[i], rows[j], least);
                }
            }
        }

        double[][] sorted = [.. rows.OrderByDescending(row => Dot(row, row))];
        double[] values = [.. sorted.Select(row => Math.Sqrt(Dot(row, row)))];
        return (values, [.. sorted.Select((row, i) => row.Take(size).Select(value => values[i] > 0 ? value / values[i] : 0).ToArray())]);
    }

    private static bool Turn(double[] first, double[] second, double least)
    {
        double firstSquare = Dot(first, first), secondSquare = Dot(second, second), product = Dot(first, second);
        if (Math.Abs(product) <= Math.Max(least, Precision * Math.Sqrt(firstSquare * secondSquare)))
        {
            return false;
        }

        var slope = (secondSquare - firstSquare) / (2 * product);
        var tangent = (slope >= 0 ? 1 : -1) / (Math.Abs(slope) + Math.Sqrt(1 + (slope * slope)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var (cosines, sines) = (new Vector<double>(cosine), new Vector<double>(cosine * tangent));
        var x = MemoryMarshal.Cast<double, Vector<double>>(first.AsSpan());
        var y = MemoryMarshal.Cast<double, Vector<double>>(second.AsSpan());
        for (var k = 0; k < x.Length && k < y.Length; k++)
        {
            var (oldX, oldY) = (x[k], y[k]);
            x[k] = (cosines * oldX) - (sines * oldY);
            y[k] = (sines * oldX) + (cosines * oldY);
        }

        return true;
    }

    private static double Dot(double[] left, double[] right)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(left);
        var y = MemoryMarshal.Cast<double, Vector<double>>(right);
        Vector<double> sums = default;
        for (var k = 0; k < x.Length && k < y.Length; k++)
        {
            sums += x[k] * y[k];
        }

        return Vector.Sum(sums);
    }
}

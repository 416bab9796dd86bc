using System.Numerics;
using System.Runtime.InteropServices;

namespace Campaign.Learning.Profiles;

/// <summary>
/// The plane of the two directions in which the customers' points differ most, fitted on a sample. Each direction's sign is such that the
/// column that pulls most pulls right or up.
/// </summary>
internal sealed class PrincipalPlane
{
    public const int Width = 40;
    public const int Height = 30;

    /// <summary>Of the sample, left out at either end of an axis: a few far customers do not press the others into one cell.</summary>
    private const double TailShare = 0.005;

    private const int MostPulls = 5;
    private const int RangeRows = 8 * CustomerPoints.BlockRows;

    private readonly CustomerPoints _points;
    private readonly double _wholeVariance;

    private PrincipalPlane(CustomerPoints points, double[] mean, double[] variances, double[][] directions, double wholeVariance)
    {
        _points = points;
        _wholeVariance = wholeVariance;
        Mean = mean;
        Variances = variances;
        Directions = directions;
        for (var axis = 0; axis < 2; axis++)
        {
            var strongest = Pulls(axis)[0];
            if (strongest.Loading < 0)
            {
                directions[axis] = [.. directions[axis].Select(weight => -weight)];
            }
        }
    }

    /// <summary>The sample's mean point.</summary>
    public double[] Mean { get; }

    /// <summary>Of the sample along the two directions.</summary>
    public double[] Variances { get; }

    /// <summary>Two, of length 1, at right angles.</summary>
    public double[][] Directions { get; }

    /// <summary>Null where fewer than two columns give dimensions.</summary>
    public static PrincipalPlane? Fit(CustomerPoints points, int[] sample, ProfileWork work)
    {
        if (points.SourceCount < 2 || sample.Length < 2)
        {
            return null;
        }

        var size = points.Dimensions.Count;
        var sums = RowRanges.Fold(sample.Length, RangeRows, (first, count) => Products.Of(points, sample.AsSpan(first, count), work.Cancellation), (whole, part) => whole.Merge(part), work);
        var covariance = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                var value = (sums.Pairs[(i * size) + j] / sample.Length) - (sums.Single[i] / sample.Length * (sums.Single[j] / sample.Length));
                covariance[(i * size) + j] = covariance[(j * size) + i] = value;
            }
        }

        var (values, vectors) = SymmetricEigen.Of(covariance, size, work.Cancellation);
        var trace = Enumerable.Range(0, size).Sum(i => covariance[(i * size) + i]);
        return trace > 0
            ? new(points, [.. sums.Single.Select(sum => sum / sample.Length)], values[..2], vectors[..2], trace)
            : null;
    }

    public IReadOnlyList<MapAxis> Axes() =>
        [.. Enumerable.Range(0, 2).Select(axis => new MapAxis(Variances[axis] / _wholeVariance, Pulls(axis)))];

    /// <summary>Where a row lies: answers are the places on the two axes.</summary>
    public PointProjection Projection() => new(
        _points.Dimensions,
        [.. Directions[0], .. Directions[1]],
        [.. Directions.Select(direction => -direction.Zip(Mean, (weight, mean) => weight * mean).Sum())]);

    /// <summary>The cell of a row's place, row-major from the lower left; rows outside the range lie in the edge cells.</summary>
    public CellOf Cells(int[] sample, CancellationToken cancellation)
    {
        var projection = Projection();
        var block = _points.NewBlock();
        var answers = new float[CustomerPoints.BlockRows * projection.Width];
        var places = new float[2][];
        places[0] = new float[sample.Length];
        places[1] = new float[sample.Length];
        for (var first = 0; first < sample.Length; first += CustomerPoints.BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            _points.Load(sample.AsSpan(first, Math.Min(CustomerPoints.BlockRows, sample.Length - first)), block);
            _points.Project(block, projection, answers);
            for (var row = 0; row < block.RowCount; row++)
            {
                places[0][first + row] = answers[row * projection.Width];
                places[1][first + row] = answers[(row * projection.Width) + 1];
            }
        }

        var (lowX, highX) = Range(places[0]);
        var (lowY, highY) = Range(places[1]);
        return place => (Cell(place[1], lowY, highY, Height) * Width) + Cell(place[0], lowX, highX, Width);
    }

    private static (float Low, float High) Range(float[] places)
    {
        Array.Sort(places);
        var tail = (int)(places.Length * TailShare);
        return (places[tail], places[places.Length - 1 - tail]);
    }

    private static int Cell(float place, float low, float high, int cells) =>
        high > low ? (int)Math.Clamp((place - low) / (high - low) * cells, 0, cells - 1) : 0;

    /// <summary>
    /// A column's loading: √(variance along the axis x Σ weight²) over its dimensions. For a number without missing values that is the size
    /// of the correlation of its ranks with the axis; for a category the correlation ratio of the axis given its values.
    /// </summary>
    private List<MapPull> Pulls(int axis)
    {
        var pulls = new List<MapPull>();
        for (var source = 0; source < _points.SourceCount; source++)
        {
            var parts = Directions[axis].Zip(_points.Dimensions).Where(part => part.Second.Source == source).ToArray();
            var strongest = parts.MaxBy(part => (part.Second.IsRank, Math.Abs(part.First)));
            var size = Math.Sqrt(Variances[axis] * parts.Sum(part => part.First * part.First));
            pulls.Add(new MapPull(_points.NameOf(source), strongest.First < 0 ? -size : size, strongest.Second.Value));
        }

        return [.. pulls.OrderByDescending(pull => Math.Abs(pull.Loading)).Take(MostPulls)];
    }

    /// <summary>Sums of the coordinates and of the products of each two of them, over some of the sample's rows.</summary>
    private sealed class Products(int size)
    {
        public double[] Single { get; } = new double[size];

        /// <summary>The upper half, row-major.</summary>
        public double[] Pairs { get; } = new double[size * size];

        public static Products Of(CustomerPoints points, ReadOnlySpan<int> rows, CancellationToken cancellation)
        {
            var sums = new Products(points.Dimensions.Count);
            var block = points.NewBlock();
            var dense = new double[points.Dimensions.Count * CustomerPoints.BlockRows];
            for (var first = 0; first < rows.Length; first += CustomerPoints.BlockRows)
            {
                cancellation.ThrowIfCancellationRequested();
                points.Load(rows.Slice(first, Math.Min(CustomerPoints.BlockRows, rows.Length - first)), block);
                points.FillDense(block, dense);
                sums.Add(dense);
            }

            return sums;
        }

        public void Merge(Products other)
        {
            for (var i = 0; i < Single.Length; i++)
            {
                Single[i] += other.Single[i];
            }

            for (var i = 0; i < Pairs.Length; i++)
            {
                Pairs[i] += other.Pairs[i];
            }
        }

        private void Add(double[] dense)
        {
            var size = Single.Length;
            var length = CustomerPoints.BlockRows / Vector<double>.Count;
            var all = MemoryMarshal.Cast<double, Vector<double>>(dense);
            for (var i = 0; i < size; i++)
            {
                var x = all.Slice(i * length, length);
                Vector<double> single = default;
                foreach (var vector in x)
                {
                    single += vector;
                }

                Single[i] += Vector.Sum(single);
                var j = i;
                for (; j + 1 < size; j += 2)
                {
                    var y = all.Slice(j * length, length);
                    var z = all.Slice((j + 1) * length, length);
                    Vector<double> withY = default, withZ = default;
                    for (var k = 0; k < x.Length && k < y.Length && k < z.Length; k++)
                    {
                        withY += x[k] * y[k];
                        withZ += x[k] * z[k];
                    }

                    Pairs[(i * size) + j] += Vector.Sum(withY);
                    Pairs[(i * size) + j + 1] += Vector.Sum(withZ);
                }

                if (j < size)
                {
                    var y = all.Slice(j * length, length);
                    Vector<double> withY = default;
                    for (var k = 0; k < x.Length && k < y.Length; k++)
                    {
                        withY += x[k] * y[k];
                    }

                    Pairs[(i * size) + j] += Vector.Sum(withY);
                }
            }
        }
    }
}

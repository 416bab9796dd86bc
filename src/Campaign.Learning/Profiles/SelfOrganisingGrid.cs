namespace Campaign.Learning.Profiles;

/// <summary>
/// A self-organising map (Kohonen) in its batch form, without chance: each round, rows go to the nearest node, and each node becomes the mean
/// of the rows around it, the nearer on the grid the more. Begins on the principal plane; the neighbourhood shrinks from round to round.
/// </summary>
internal sealed class SelfOrganisingGrid
{
    public const int Width = 12;
    public const int Height = 9;
    public const int NodeCount = Width * Height;

    private const int Rounds = 20;
    private const double FirstRadius = 3;
    private const double LastRadius = 0.5;
    private const int RangeRows = 8 * CustomerPoints.BlockRows;

    /// <summary>Nodes of the first round reach so many standard deviations from the mean.</summary>
    private const double Reach = 2;

    private readonly CustomerPoints _points;
    private readonly double[] _nodes;

    private SelfOrganisingGrid(CustomerPoints points, PrincipalPlane plane)
    {
        _points = points;
        var size = points.Dimensions.Count;
        _nodes = new double[NodeCount * size];
        for (var node = 0; node < NodeCount; node++)
        {
            var right = ((2.0 * (node % Width) / (Width - 1)) - 1) * Reach * Math.Sqrt(plane.Variances[0]);
            var up = ((2.0 * (node / Width) / (Height - 1)) - 1) * Reach * Math.Sqrt(plane.Variances[1]);
            for (var i = 0; i < size; i++)
            {
                _nodes[(node * size) + i] = plane.Mean[i] + (right * plane.Directions[0][i]) + (up * plane.Directions[1][i]);
            }
        }
    }

    public static SelfOrganisingGrid Fit(CustomerPoints points, int[] sample, PrincipalPlane plane, ProfileWork work)
    {
        var grid = new SelfOrganisingGrid(points, plane);
        for (var round = 0; round < Rounds; round++)
        {
            grid.Move(sample, FirstRadius * Math.Pow(LastRadius / FirstRadius, round / (Rounds - 1.0)), work with { Progress = null });
            work.Report((round + 1.0) / Rounds);
        }

        return grid;
    }

    /// <summary>Answers are by node, the largest of the nearest: x·w - |w|²/2.</summary>
    public PointProjection Projection()
    {
        var size = _points.Dimensions.Count;
        var constants = new double[NodeCount];
        for (var i = 0; i < _nodes.Length; i++)
        {
            constants[i / size] -= _nodes[i] * _nodes[i] / 2;
        }

        return new(_points.Dimensions, _nodes, constants);
    }

    /// <summary>The nearest node, row-major from the lower left; the first of equals.</summary>
    public static int Nearest(ReadOnlySpan<float> answers)
    {
        var nearest = 0;
        var best = answers[0];
        for (var node = 1; node < NodeCount; node++)
        {
            if (answers[node] > best)
            {
                (nearest, best) = (node, answers[node]);
            }
        }

        return nearest;
    }

    private void Move(int[] sample, double radius, ProfileWork work)
    {
        var projection = Projection();
        var size = _points.Dimensions.Count;
        var sums = RowRanges.Fold(sample.Length, RangeRows, (first, count) => Sum(sample.AsSpan(first, count), projection, work.Cancellation), Merge, work);
        for (var node = 0; node < NodeCount; node++)
        {
            var mean = _nodes.AsSpan(node * size, size);
            mean.Clear();
            double rows = 0;
            for (var other = 0; other < NodeCount; other++)
            {
                if (sums.Rows[other] == 0)
                {
                    continue;
                }

                double right = (node % Width) - (other % Width), up = (node / Width) - (other / Width);
                var nearness = Math.Exp(-((right * right) + (up * up)) / (2 * radius * radius));
                rows += nearness * sums.Rows[other];
                for (var i = 0; i < size; i++)
                {
                    mean[i] += nearness * sums.Points[(other * size) + i];
                }
            }

            _points.Centre(mean, rows);
        }
    }

    private NodeSums Sum(ReadOnlySpan<int> rows, PointProjection projection, CancellationToken cancellation)
    {
        var sums = new NodeSums(new long[NodeCount], new double[_nodes.Length]);
        var block = _points.NewBlock();
        var answers = new float[CustomerPoints.BlockRows * projection.Width];
        var nearest = new int[CustomerPoints.BlockRows];
        for (var first = 0; first < rows.Length; first += CustomerPoints.BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            _points.Load(rows.Slice(first, Math.Min(CustomerPoints.BlockRows, rows.Length - first)), block);
            _points.Project(block, projection, answers);
            for (var row = 0; row < block.RowCount; row++)
            {
                nearest[row] = Nearest(answers.AsSpan(row * projection.Width, projection.Width));
                sums.Rows[nearest[row]]++;
            }

            _points.AddTo(sums.Points, block, nearest);
        }

        return sums;
    }

    private static void Merge(NodeSums whole, NodeSums part)
    {
        for (var i = 0; i < whole.Rows.Length; i++)
        {
            whole.Rows[i] += part.Rows[i];
        }

        for (var i = 0; i < whole.Points.Length; i++)
        {
            whole.Points[i] += part.Points[i];
        }
    }

    private sealed record NodeSums(long[] Rows, double[] Points);
}

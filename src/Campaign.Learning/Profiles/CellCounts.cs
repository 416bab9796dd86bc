using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>The cell of a row, from its answers under a projection.</summary>
internal delegate int CellOf(ReadOnlySpan<float> answers);

/// <summary>Rows counted by the cell of a map, with the sums of some number columns; merges with those of other rows.</summary>
internal sealed class CellCounts(int width, int height, int planeCount)
{
    private const int RangeRows = 1 << 16;

    private readonly long[] _rows = new long[2 * width * height];

    /// <summary>At [cell x planeCount + plane], over rows with a value.</summary>
    private readonly double[] _sums = new double[width * height * planeCount];

    private readonly long[] _valueRows = new long[width * height * planeCount];

    /// <summary>All rows of the file.</summary>
    /// <param name="planes">Columns to take the cells' means of; number or date.</param>
    public static CellCounts Of(
        (ColumnTable Table, bool[] Affluent) file, CustomerPoints points, PointProjection projection, CellOf cellOf, (int Width, int Height) size,
        int[] planes, ProfileWork work) =>
        RowRanges.Fold(
            file.Table.RowCount,
            RangeRows,
            (first, count) =>
            {
                var counts = new CellCounts(size.Width, size.Height, planes.Length);
                counts.Add(file, points, projection, cellOf, planes, first, count, work.Cancellation);
                return counts;
            },
            (whole, part) => whole.Merge(part),
            work);

    /// <summary>Cells with fewer rows than <see cref="CustomerMap.LeastRows"/>, and means over fewer, are left out.</summary>
    public CustomerMap ToMap(IReadOnlyList<MapAxis> axes, IReadOnlyList<string> planes)
    {
        var all = Enumerable.Range(0, width * height).Select(cell => (Cell: cell, Count: new ClassCount(_rows[2 * cell], _rows[(2 * cell) + 1]))).ToArray();
        var shown = all.Where(cell => cell.Count.Rows >= CustomerMap.LeastRows).ToArray();
        double Mean(int cell, int plane)
        {
            var at = (cell * planeCount) + plane;
            return _valueRows[at] >= CustomerMap.LeastRows ? _sums[at] / _valueRows[at] : double.NaN;
        }

        return new(
            width,
            height,
            [.. shown.Select(cell => new MapCell(cell.Cell % width, cell.Cell / width, cell.Count))],
            all.Sum(cell => cell.Count.Rows) - shown.Sum(cell => cell.Count.Rows),
            axes,
            [.. planes.Select((name, plane) => new MapPlane(name, [.. shown.Select(cell => Mean(cell.Cell, plane))]))]);
    }

    private void Add(
        (ColumnTable Table, bool[] Affluent) file, CustomerPoints points, PointProjection projection, CellOf cellOf, int[] planes,
        int firstRow, int rowCount, CancellationToken cancellation)
    {
        var block = points.NewBlock();
        var answers = new float[CustomerPoints.BlockRows * projection.Width];
        var rows = new int[CustomerPoints.BlockRows];
        var cells = new int[CustomerPoints.BlockRows];
        for (var first = firstRow; first < firstRow + rowCount; first += CustomerPoints.BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(CustomerPoints.BlockRows, firstRow + rowCount - first);
            for (var row = 0; row < count; row++)
            {
                rows[row] = first + row;
            }

            points.Load(rows.AsSpan(0, count), block);
            points.Project(block, projection, answers);
            for (var row = 0; row < count; row++)
            {
                cells[row] = cellOf(answers.AsSpan(row * projection.Width, projection.Width));
                _rows[(2 * cells[row]) + (file.Affluent[first + row] ? 1 : 0)]++;
            }

            for (var plane = 0; plane < planes.Length; plane++)
            {
                AddPlane(file.Table.Numbers(planes[plane]).Slice(first, count), cells, plane);
            }
        }
    }

    private void AddPlane(ReadOnlySpan<float> values, int[] cells, int plane)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (!float.IsNaN(values[row]))
            {
                var at = (cells[row] * planeCount) + plane;
                _sums[at] += Math.Clamp(values[row], -NumberSummary.Limit, NumberSummary.Limit);
                _valueRows[at]++;
            }
        }
    }

    private void Merge(CellCounts other)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            _rows[i] += other._rows[i];
        }

        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
            _valueRows[i] += other._valueRows[i];
        }
    }
}

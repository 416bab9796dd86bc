using System.Numerics;
using System.Runtime.InteropServices;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>One coordinate of a customer's point.</summary>
/// <param name="Source">The column it is made from, by its position among the columns of the points.</param>
/// <param name="IsRank">The column's rank share; else 1 for a row with <paramref name="Value"/> and 0 for others.</param>
/// <param name="Value">The category's value; null for a rank and for 'missing'.</param>
/// <param name="Share">Rows with 1, above 0 and below 1; NaN for a rank.</param>
internal sealed record PointDimension(int Source, bool IsRank, string? Value, double Share);

/// <summary>
/// Rows as points, made when asked for and never kept: numbers and dates by their rank share with mean 0 and variance 1, missing at the mean;
/// category values, and 'missing' where it is frequent, as (y - p) / √p with y 0 or 1 and p their share, as factor analysis of mixed data
/// weighs them: rare values do not outweigh a number.
/// </summary>
internal sealed class CustomerPoints
{
    public const int BlockRows = 256;

    private const int MostValues = 10;
    private const double LeastValueShare = 0.01;
    private const double LeastMissingShare = 0.05;

    private readonly ColumnTable _table;
    private readonly List<PointDimension> _dimensions = [];
    private readonly List<Source> _sources = [];

    /// <param name="columns">Those that give no dimension (no variation) are left out.</param>
    public CustomerPoints(ColumnTable table, IEnumerable<SummarisedColumn> columns)
    {
        _table = table;
        foreach (var column in columns)
        {
            var first = _dimensions.Count;
            var source = column.Values is { } values ? RankSource(column, values) : ValueSource(column, column.Categories!);
            if (_dimensions.Count > first)
            {
                _sources.Add(source);
            }
        }
    }

    public IReadOnlyList<PointDimension> Dimensions => _dimensions;

    public int SourceCount => _sources.Count;

    public string NameOf(int source) => _sources[source].Name;

    /// <summary>Scratch for one thread's block of rows.</summary>
    public PointBlock NewBlock() => new(_sources.Count);

    /// <param name="rows">At most <see cref="BlockRows"/>.</param>
    public void Load(ReadOnlySpan<int> rows, PointBlock block)
    {
        block.RowCount = rows.Length;
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _sources[i];
            var levels = block.LevelsOf(i);
            if (source.Groups is { } groups)
            {
                var cells = _table.Numbers(source.Column);
                var ranks = block.RanksOf(i);
                for (var row = 0; row < rows.Length; row++)
                {
                    var cell = cells[rows[row]];
                    var isMissing = float.IsNaN(cell);
                    ranks[row] = isMissing ? 0 : source.Ranks[groups.CountAtOrBelow(Math.Clamp(cell, -NumberSummary.Limit, NumberSummary.Limit)) - 1];
                    levels[row] = isMissing ? source.MissingDimension : _dimensions.Count;
                }
            }
            else
            {
                var codes = _table.Codes(source.Column);
                for (var row = 0; row < rows.Length; row++)
                {
                    var code = codes[rows[row]];
                    levels[row] = code < 0 ? source.MissingDimension : source.DimensionOfCode[code];
                }
            }
        }
    }

    /// <summary>The block's points, dimension by dimension, <see cref="BlockRows"/> apart; 0 after a short block's last row.</summary>
    public void FillDense(PointBlock block, Span<double> points)
    {
        points.Clear();
        for (var dimension = 0; dimension < _dimensions.Count; dimension++)
        {
            var (source, isRank, _, share) = _dimensions[dimension];
            var to = points.Slice(dimension * BlockRows, block.RowCount);
            if (isRank)
            {
                for (var row = 0; row < to.Length; row++)
                {
                    to[row] = block.RanksOf(source)[row];
                }
            }
            else
            {
                var levels = block.LevelsOf(source);
                for (var row = 0; row < to.Length; row++)
                {
                    to[row] = ((levels[row] == dimension ? 1 : 0) - share) / Math.Sqrt(share);
                }
            }
        }
    }

    /// <summary>Adds the block's points to sums by group, one row of <see cref="Dimensions"/> a group; 0 or 1 coordinates as such: <see cref="Centre"/> weighs them.</summary>
    public void AddTo(Span<double> sums, PointBlock block, ReadOnlySpan<int> groupOfRow)
    {
        for (var i = 0; i < _sources.Count; i++)
        {
            var ranks = block.RanksOf(i);
            var levels = block.LevelsOf(i);
            for (var row = 0; row < block.RowCount; row++)
            {
                var group = groupOfRow[row] * _dimensions.Count;
                if (_sources[i].RankDimension >= 0)
                {
                    sums[group + _sources[i].RankDimension] += ranks[row];
                }

                if (levels[row] < _dimensions.Count)
                {
                    sums[group + levels[row]]++;
                }
            }
        }
    }

    /// <summary>A group's mean point from its sums of <see cref="AddTo"/> over its rows.</summary>
    public void Centre(Span<double> sums, double rows)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            var (_, isRank, _, share) = _dimensions[i];
            sums[i] = isRank ? sums[i] / rows : ((sums[i] / rows) - share) / Math.Sqrt(share);
        }
    }

    /// <summary>The block's rows under linear functions, one row of <see cref="PointProjection.Width"/> answers a row.</summary>
    public void Project(PointBlock block, PointProjection projection, Span<float> answers)
    {
        var width = projection.Width / Vector<float>.Count;
        var weights = MemoryMarshal.Cast<float, Vector<float>>(projection.Weights);
        var constants = MemoryMarshal.Cast<float, Vector<float>>(projection.Constants);
        var all = MemoryMarshal.Cast<float, Vector<float>>(answers);
        for (var row = 0; row < block.RowCount; row++)
        {
            var answer = all.Slice(row * width, width);
            constants.CopyTo(answer);
            for (var i = 0; i < _sources.Count; i++)
            {
                if (_sources[i].RankDimension is >= 0 and var rankDimension)
                {
                    var rank = new Vector<float>(block.RanksOf(i)[row]);
                    var ofRank = weights.Slice(rankDimension * width, width);
                    for (var k = 0; k < answer.Length && k < ofRank.Length; k++)
                    {
                        answer[k] += rank * ofRank[k];
                    }
                }

                if (block.LevelsOf(i)[row] is var level && level < _dimensions.Count)
                {
                    var ofLevel = weights.Slice(level * width, width);
                    for (var k = 0; k < answer.Length && k < ofLevel.Length; k++)
                    {
                        answer[k] += ofLevel[k];
                    }
                }
            }
        }
    }

    private Source RankSource(SummarisedColumn column, ValueDistribution values)
    {
        double rows = values.Rows.Rows, below = 0, squares = 0;
        var centred = new double[values.Groups.Count];
        for (var i = 0; i < centred.Length; i++)
        {
            var count = values.Groups[i].Count.Rows;
            centred[i] = ((below + (count / 2.0)) / rows) - 0.5;
            squares += count * centred[i] * centred[i];
            below += count;
        }

        var rankDimension = -1;
        if (centred.Length > 1)
        {
            rankDimension = _dimensions.Count;
            _dimensions.Add(new PointDimension(_sources.Count, IsRank: true, null, double.NaN));
        }

        var scale = squares > 0 ? Math.Sqrt(rows / squares) : 0;
        var groups = new EdgeSearch([.. values.Groups.Select(group => group.Lowest)], column.Info.Kind == ColumnKind.Date);
        return new(column.Info.Name, column.Column, groups, [.. centred.Select(rank => (float)(rank * scale))], rankDimension, [], MissingDimension(column));
    }

    private Source ValueSource(SummarisedColumn column, CategorySummary categories)
    {
        var dimensionOfCode = new int[column.Info.Categories.Count];
        Array.Fill(dimensionOfCode, int.MaxValue);
        foreach (var code in categories.ByFrequency.Take(MostValues))
        {
            var rows = categories.At(code).Rows;
            if (rows >= CustomerMap.LeastRows && rows >= LeastValueShare * _table.RowCount && rows < _table.RowCount)
            {
                dimensionOfCode[code] = _dimensions.Count;
                _dimensions.Add(new PointDimension(_sources.Count, IsRank: false, column.Info.Categories[code], (double)rows / _table.RowCount));
            }
        }

        return new(column.Info.Name, column.Column, null, [], -1, dimensionOfCode, MissingDimension(column));
    }

    private int MissingDimension(SummarisedColumn column)
    {
        var share = (double)column.Profile.Missing.Rows / _table.RowCount;
        if (share is < LeastMissingShare or 1)
        {
            return int.MaxValue;
        }

        _dimensions.Add(new PointDimension(_sources.Count, IsRank: false, null, share));
        return _dimensions.Count - 1;
    }

    /// <summary>Dimensions that a row's cell does not have are -1 for the rank and beyond all dimensions for a value.</summary>
    /// <param name="Ranks">By the group that <paramref name="Groups"/> finds.</param>
    private sealed record Source(
        string Name, int Column, EdgeSearch? Groups, float[] Ranks, int RankDimension, int[] DimensionOfCode, int MissingDimension);
}

/// <summary>A block of rows by column: the rank, and the dimension that is 1 (beyond all dimensions where none is).</summary>
internal sealed class PointBlock(int sourceCount)
{
    private readonly float[] _ranks = new float[sourceCount * CustomerPoints.BlockRows];
    private readonly int[] _levels = new int[sourceCount * CustomerPoints.BlockRows];

    public int RowCount { get; set; }

    public Span<float> RanksOf(int source) => _ranks.AsSpan(source * CustomerPoints.BlockRows, CustomerPoints.BlockRows);

    public Span<int> LevelsOf(int source) => _levels.AsSpan(source * CustomerPoints.BlockRows, CustomerPoints.BlockRows);
}

/// <summary>Linear functions of points, weighed for 0 or 1 coordinates and laid out for vectors: by dimension, all functions side by side.</summary>
internal sealed class PointProjection
{
    /// <param name="functions">Function by function, one weight a dimension.</param>
    /// <param name="constants">One a function.</param>
    public PointProjection(IReadOnlyList<PointDimension> dimensions, ReadOnlySpan<double> functions, ReadOnlySpan<double> constants)
    {
        Width = (constants.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        Weights = new float[dimensions.Count * Width];
        Constants = new float[Width];
        for (var k = 0; k < constants.Length; k++)
        {
            var constant = constants[k];
            for (var i = 0; i < dimensions.Count; i++)
            {
                var weight = functions[(k * dimensions.Count) + i];
                if (!dimensions[i].IsRank)
                {
                    constant -= weight * Math.Sqrt(dimensions[i].Share);
                    weight /= Math.Sqrt(dimensions[i].Share);
                }

                Weights[(i * Width) + k] = (float)weight;
            }

            Constants[k] = (float)constant;
        }
    }

    /// <summary>The functions, filled up to whole vectors.</summary>
    public int Width { get; }

    public float[] Weights { get; }

    public float[] Constants { get; }
}

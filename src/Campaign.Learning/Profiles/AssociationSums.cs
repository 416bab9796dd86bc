using System.Numerics;
using System.Runtime.InteropServices;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Profiles;

/// <summary>A number or date column to be paired: its values are centred and scaled before they are multiplied, so that nothing is lost to large means.</summary>
internal sealed record PairedNumber(int Column, double Mean, double StandardDeviation);

/// <summary>A category column to be paired.</summary>
/// <param name="LevelOfCode">By code: 0 to 19 for the most frequent values, <see cref="AssociationSums.OtherLevel"/> for all others.</param>
internal sealed record PairedCategory(int Column, byte[] LevelOfCode);

/// <summary>
/// The sums behind all pairs of some columns over some rows, each pair over rows where both have a value; merges with that of other rows.
/// Rows are taken in blocks that stay in the processor's cache: number pairs by columns, numbers given a category by rows, all numbers at once.
/// </summary>
internal sealed class AssociationSums(PairedNumber[] numbers, PairedCategory[] categories)
{
    public const int OtherLevel = CategoryProfile.BarLimit;

    private const int MissingLevel = OtherLevel + 1;
    private const int LevelCount = MissingLevel + 1;
    private const int TableWidth = 32;
    private const int BlockRows = 256;
    private const int SumsOfPair = 6;

    /// <summary>Variation below this share of the squares is rounding.</summary>
    private const double LeastVariation = 1e-12;

    private readonly int _padded = (numbers.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>For numbers i below j: rows, Σx, Σy, Σx², Σy², Σxy.</summary>
    private readonly double[] _numberPairs = new double[PairCount(numbers.Length) * SumsOfPair];

    /// <summary>For categories i below j: rows by level of i and level of j.</summary>
    private readonly int[][] _tables = [.. Enumerable.Range(0, PairCount(categories.Length)).Select(_ => new int[LevelCount * TableWidth])];

    /// <summary>For each category: by level Σx, Σx² and rows of each number.</summary>
    private readonly double[][] _given =
        [.. categories.Select(_ => new double[LevelCount * 3 * ((numbers.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count)])];

    public void Add(ColumnTable table, int firstRow, int rowCount, CancellationToken cancellation)
    {
        var values = new double[numbers.Length * BlockRows];
        var present = new double[numbers.Length * BlockRows];
        var byRow = new double[BlockRows * 3 * _padded];
        var levels = new byte[categories.Length * BlockRows];
        for (var first = 0; first < rowCount; first += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BlockRows, rowCount - first);
            for (var i = 0; i < numbers.Length; i++)
            {
                LoadNumbers(i, table.Numbers(numbers[i].Column).Slice(firstRow + first, count), values, present, byRow);
            }

            for (var i = 0; i < categories.Length; i++)
            {
                var codes = table.Codes(categories[i].Column).Slice(firstRow + first, count);
                var levelOfCode = categories[i].LevelOfCode;
                for (var row = 0; row < count; row++)
                {
                    levels[(i * BlockRows) + row] = codes[row] < 0 ? (byte)MissingLevel : levelOfCode[codes[row]];
                }
            }

            AddNumberPairs(values, present);
            AddCategoryPairs(levels, count);
            AddGiven(levels, byRow, count);
        }
    }

    public void Merge(AssociationSums other)
    {
        AddTo(_numberPairs, other._numberPairs);
        for (var i = 0; i < _tables.Length; i++)
        {
            AddTo<int>(_tables[i], other._tables[i]);
        }

        for (var i = 0; i < _given.Length; i++)
        {
            AddTo<double>(_given[i], other._given[i]);
        }
    }

    /// <summary>Pearson's correlation of two different numbers.</summary>
    public double Pearson(int left, int right)
    {
        var (low, high) = (Math.Min(left, right), Math.Max(left, right));
        var sums = _numberPairs.AsSpan(PairIndex(low, high) * SumsOfPair, SumsOfPair);
        var rows = sums[0];
        double leftVariation = sums[3] - (sums[1] * sums[1] / rows), rightVariation = sums[4] - (sums[2] * sums[2] / rows);
        return rows > 0 && leftVariation > LeastVariation * sums[3] && rightVariation > LeastVariation * sums[4]
            ? Math.Clamp((sums[5] - (sums[1] * sums[2] / rows)) / Math.Sqrt(leftVariation * rightVariation), -1, 1)
            : double.NaN;
    }

    /// <summary>Cramér's V of two different categories.</summary>
    public double CramersV(int left, int right)
    {
        var table = _tables[PairIndex(Math.Min(left, right), Math.Max(left, right))];
        var counts = new double[MissingLevel * MissingLevel];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = table[(i / MissingLevel * TableWidth) + (i % MissingLevel)];
        }

        return Contingency.CramersV(counts, MissingLevel);
    }

    /// <summary>Of a number given a category.</summary>
    public double CorrelationRatio(int number, int category)
    {
        double rows = 0, sum = 0, squares = 0, between = 0;
        var filled = 0;
        for (var level = 0; level < MissingLevel; level++)
        {
            var at = (level * 3 * _padded) + number;
            double levelSum = _given[category][at], levelRows = _given[category][at + (2 * _padded)];
            if (levelRows > 0)
            {
                filled++;
                rows += levelRows;
                sum += levelSum;
                squares += _given[category][at + _padded];
                between += levelSum * levelSum / levelRows;
            }
        }

        var variation = squares - (sum * sum / rows);
        return filled > 1 && variation > LeastVariation * squares
            ? Math.Sqrt(Math.Clamp((between - (sum * sum / rows)) / variation, 0, 1))
            : double.NaN;
    }

    private static int PairCount(int columnCount) => columnCount * (columnCount - 1) / 2;

    private static int PairIndex(int low, int high) => (high * (high - 1) / 2) + low;

    private static void AddTo<T>(Span<T> sums, ReadOnlySpan<T> other)
        where T : INumber<T>
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += other[i];
        }
    }

    /// <summary>A missing value is 0 and not present; so are the rows after a short block.</summary>
    private void LoadNumbers(int number, ReadOnlySpan<float> cells, double[] values, double[] present, double[] byRow)
    {
        var (mean, scale) = (numbers[number].Mean, 1 / numbers[number].StandardDeviation);
        for (var row = 0; row < BlockRows; row++)
        {
            var isPresent = row < cells.Length && !float.IsNaN(cells[row]);
            var value = isPresent ? (Math.Clamp(cells[row], -NumberSummary.Limit, NumberSummary.Limit) - mean) * scale : 0;
            values[(number * BlockRows) + row] = value;
            present[(number * BlockRows) + row] = isPresent ? 1 : 0;
            var at = (row * 3 * _padded) + number;
            byRow[at] = value;
            byRow[at + _padded] = value * value;
            byRow[at + (2 * _padded)] = isPresent ? 1 : 0;
        }
    }

    private void AddNumberPairs(double[] values, double[] present)
    {
        for (var high = 1; high < numbers.Length; high++)
        {
            var y = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(high * BlockRows, BlockRows));
            var hasY = MemoryMarshal.Cast<double, Vector<double>>(present.AsSpan(high * BlockRows, BlockRows));
            for (var low = 0; low < high; low++)
            {
                var x = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(low * BlockRows, BlockRows));
                var hasX = MemoryMarshal.Cast<double, Vector<double>>(present.AsSpan(low * BlockRows, BlockRows));
                Vector<double> rows = default, sumX = default, sumY = default, squaresX = default, squaresY = default, products = default;
                for (var i = 0; i < x.Length && i < hasX.Length && i < y.Length && i < hasY.Length; i++)
                {
                    Vector<double> bothX = x[i] * hasY[i], bothY = y[i] * hasX[i];
                    rows += hasX[i] * hasY[i];
                    sumX += bothX;
                    sumY += bothY;
                    squaresX += bothX * x[i];
                    squaresY += bothY * y[i];
                    products += x[i] * y[i];
                }

                var sums = _numberPairs.AsSpan(PairIndex(low, high) * SumsOfPair, SumsOfPair);
                sums[0] += Vector.Sum(rows);
                sums[1] += Vector.Sum(sumX);
                sums[2] += Vector.Sum(sumY);
                sums[3] += Vector.Sum(squaresX);
                sums[4] += Vector.Sum(squaresY);
                sums[5] += Vector.Sum(products);
            }
        }
    }

    private void AddCategoryPairs(byte[] levels, int count)
    {
        for (var high = 1; high < categories.Length; high++)
        {
            var right = levels.AsSpan(high * BlockRows, count);
            for (var low = 0; low < high; low++)
            {
                var left = levels.AsSpan(low * BlockRows, count);
                var table = _tables[PairIndex(low, high)];
                for (var row = 0; row < left.Length && row < right.Length; row++)
                {
                    table[(left[row] * TableWidth) + right[row]]++;
                }
            }
        }
    }

    private void AddGiven(byte[] levels, double[] byRow, int count)
    {
        var width = 3 * _padded / Vector<double>.Count;
        var rows = MemoryMarshal.Cast<double, Vector<double>>(byRow);
        for (var category = 0; category < categories.Length; category++)
        {
            var sums = MemoryMarshal.Cast<double, Vector<double>>(_given[category].AsSpan());
            for (var row = 0; row < count; row++)
            {
                var from = rows.Slice(row * width, width);
                var to = sums.Slice(levels[(category * BlockRows) + row] * width, width);
                for (var i = 0; i < from.Length && i < to.Length; i++)
                {
                    to[i] += from[i];
                }
            }
        }
    }
}

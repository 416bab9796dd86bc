namespace Campaign.Learning.Profiles;

/// <summary>
/// A number or date column over some rows: merges with that of other rows into that of all. Numbers beyond ±1e37, infinity included, count
/// as ±1e37, as they do for the models.
/// </summary>
internal sealed class NumberSummary
{
    public const float Limit = 1e37f;

    private const int BlockRows = 1024;

    private readonly ValueSketch _sketch = new();
    private readonly long[] _missing = new long[2];
    private readonly long[] _zeros = new long[2];
    private readonly long[] _negatives = new long[2];
    private DistinctValues? _distinct = new();

    public float Minimum { get; private set; } = float.PositiveInfinity;

    public float Maximum { get; private set; } = float.NegativeInfinity;

    public Moments Normal { get; private set; }

    public Moments Affluent { get; private set; }

    public Moments All => Normal.Merge(Affluent);

    public ClassCount Present => new(Normal.Count, Affluent.Count);

    public ClassCount Missing => new(_missing[0], _missing[1]);

    public ClassCount Zeros => new(_zeros[0], _zeros[1]);

    public ClassCount Negatives => new(_negatives[0], _negatives[1]);

    public bool AreWhole { get; private set; } = true;

    public int? DistinctCount => _distinct?.Count;

    /// <summary>With the class, over rows with a value; NaN where a class has none or the values do not differ.</summary>
    public double CorrelationRatio
    {
        get
        {
            var all = All;
            if (Normal.Count == 0 || Affluent.Count == 0 || Minimum == Maximum)
            {
                return double.NaN;
            }

            var distance = Affluent.Mean - Normal.Mean;
            return Math.Sqrt(Math.Min(1, distance * distance * Normal.Count * Affluent.Count / all.Count / all.SecondSum));
        }
    }

    public static NumberSummary Of(ReadOnlySpan<float> cells, ReadOnlySpan<bool> affluent)
    {
        var summary = new NumberSummary();
        for (var first = 0; first < cells.Length; first += BlockRows)
        {
            var count = Math.Min(BlockRows, cells.Length - first);
            summary.AddBlock(cells.Slice(first, count), affluent.Slice(first, count));
        }

        return summary;
    }

    public void Merge(NumberSummary other)
    {
        _sketch.Merge(other._sketch);
        for (var i = 0; i < 2; i++)
        {
            _missing[i] += other._missing[i];
            _zeros[i] += other._zeros[i];
            _negatives[i] += other._negatives[i];
        }

        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Normal = Normal.Merge(other.Normal);
        Affluent = Affluent.Merge(other.Affluent);
        AreWhole &= other.AreWhole;
        _distinct = _distinct is not null && other._distinct is not null && _distinct.Add(other._distinct) ? _distinct : null;
    }

    public ValueDistribution Distribution() => new(_sketch.Filled(), Minimum, Maximum);

    private void AddBlock(ReadOnlySpan<float> cells, ReadOnlySpan<bool> affluent)
    {
        Span<double> normalValues = stackalloc double[BlockRows];
        Span<double> affluentValues = stackalloc double[BlockRows];
        int normalCount = 0, affluentCount = 0;
        float minimum = Minimum, maximum = Maximum;
        var whole = AreWhole;
        for (var row = 0; row < cells.Length; row++)
        {
            var classIndex = affluent[row] ? 1 : 0;
            if (float.IsNaN(cells[row]))
            {
                _missing[classIndex]++;
                continue;
            }

            var value = Math.Clamp(cells[row], -Limit, Limit) + 0f;
            _sketch.Add(value, classIndex);
            if (value <= 0)
            {
                (value < 0 ? _negatives : _zeros)[classIndex]++;
            }

            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
            whole = whole && value == MathF.Truncate(value);
            if (_distinct is not null && !_distinct.Add(value))
            {
                _distinct = null;
            }

            if (classIndex == 0)
            {
                normalValues[normalCount++] = value;
            }
            else
            {
                affluentValues[affluentCount++] = value;
            }
        }

        (Minimum, Maximum, AreWhole) = (minimum, maximum, whole);
        Normal = Normal.Merge(Moments.Of(normalValues[..normalCount]));
        Affluent = Affluent.Merge(Moments.Of(affluentValues[..affluentCount]));
    }

    /// <summary>Up to <see cref="NumberProfile.DistinctLimit"/> different values.</summary>
    private sealed class DistinctValues
    {
        private const int SlotBits = 12;
        private static readonly int Empty = BitConverter.SingleToInt32Bits(float.NaN);
        private readonly int[] _slots = new int[1 << SlotBits];

        public DistinctValues() => Array.Fill(_slots, Empty);

        public int Count { get; private set; }

        /// <summary>False where it would be one value too many.</summary>
        public bool Add(float value)
        {
            var bits = BitConverter.SingleToInt32Bits(value);
            var slot = (int)((uint)(bits * -1640531527) >> (32 - SlotBits));
            while (_slots[slot] != bits)
            {
                if (_slots[slot] == Empty)
                {
                    _slots[slot] = bits;
                    return ++Count <= NumberProfile.DistinctLimit;
                }

                slot = (slot + 1) & (_slots.Length - 1);
            }

            return true;
        }

        public bool Add(DistinctValues other) =>
            other._slots.Where(bits => bits != Empty).All(bits => Add(BitConverter.Int32BitsToSingle(bits)));
    }
}

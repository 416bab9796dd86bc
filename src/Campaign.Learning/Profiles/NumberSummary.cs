namespace Campaign.Learning.Profiles;

/// <summary>
/// A number or date column over some rows: merges with that of other rows into that of all. Numbers beyond ±1e37, infinity included, count
/// as ±1e37, as they do for the models.
/// </summary>
internal sealed class NumberSummary(bool areDays)
{
    public const float Limit = 1e37f;

    private const int BlockRows = 1024;
    private const float MostExactDays = 1 << 15;

    /// <summary>Filled once there are too many different values to count each.</summary>
    private readonly ValueSketch _sketch = new(areDays);

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

    public static NumberSummary Of(ReadOnlySpan<float> cells, ReadOnlySpan<bool> affluent, bool areDays)
    {
        var summary = new NumberSummary(areDays);
        for (var first = 0; first < cells.Length; first += BlockRows)
        {
            var count = Math.Min(BlockRows, cells.Length - first);
            summary.AddBlock(cells.Slice(first, count), affluent.Slice(first, count));
        }

        return summary;
    }

    public void Merge(NumberSummary other)
    {
        if (other._distinct is not null)
        {
            foreach (var (_, value, count) in other._distinct.Groups())
            {
                Count(value, count);
            }
        }
        else
        {
            SketchValues();
            _sketch.Merge(other._sketch);
        }

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
    }

    public ValueDistribution Distribution() => _distinct is not null
        ? new([.. _distinct.Groups().OrderBy(group => group.Value)], areExact: true, Minimum, Maximum)
        : new([.. _sketch.Filled()], areExact: areDays && Minimum >= -MostExactDays && Maximum < MostExactDays, Minimum, Maximum);

    private void Count(float value, ClassCount count)
    {
        if (_distinct is null)
        {
            _sketch.Add(value, count);
        }
        else if (!_distinct.Add(value, count))
        {
            SketchValues();
        }
    }

    private void SketchValues()
    {
        foreach (var (_, value, count) in _distinct?.Groups() ?? [])
        {
            _sketch.Add(value, count);
        }

        _distinct = null;
    }

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
            if (_distinct is null)
            {
                _sketch.Add(value, classIndex);
            }
            else if (!_distinct.Add(value, classIndex == 0 ? new ClassCount(1, 0) : new ClassCount(0, 1)))
            {
                SketchValues();
            }

            if (value <= 0)
            {
                (value < 0 ? _negatives : _zeros)[classIndex]++;
            }

            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
            whole = whole && value == MathF.Truncate(value);
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

    /// <summary>Rows of each of up to <see cref="NumberProfile.DistinctLimit"/> different values, and of one too many.</summary>
    private sealed class DistinctValues
    {
        private const int SlotBits = 11;
        private static readonly int Empty = BitConverter.SingleToInt32Bits(float.NaN);
        private readonly int[] _slots = new int[1 << SlotBits];
        private readonly int[] _counts = new int[2 << SlotBits];

        public DistinctValues() => Array.Fill(_slots, Empty);

        public int Count { get; private set; }

        /// <summary>False where it is one value too many, which is counted all the same.</summary>
        public bool Add(float value, ClassCount count)
        {
            var bits = BitConverter.SingleToInt32Bits(value);
            var slot = (int)((uint)(bits * -1640531527) >> (32 - SlotBits));
            while (_slots[slot] != bits && _slots[slot] != Empty)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            if (_slots[slot] == Empty)
            {
                _slots[slot] = bits;
                Count++;
            }

            _counts[2 * slot] += (int)count.Normal;
            _counts[(2 * slot) + 1] += (int)count.Affluent;
            return Count <= NumberProfile.DistinctLimit;
        }

        public IEnumerable<ValueGroup> Groups()
        {
            for (var slot = 0; slot < _slots.Length; slot++)
            {
                if (_slots[slot] != Empty)
                {
                    var value = BitConverter.Int32BitsToSingle(_slots[slot]);
                    yield return new(value, value, new ClassCount(_counts[2 * slot], _counts[(2 * slot) + 1]));
                }
            }
        }
    }
}

namespace Campaign.Learning.Profiles;

/// <summary>Rows whose values are counted as one.</summary>
/// <param name="Lowest">The smallest value that belongs here.</param>
/// <param name="Value">The one that stands for all.</param>
internal readonly record struct ValueGroup(float Lowest, float Value, ClassCount Count);

/// <summary>
/// Values counted in 65,536 buckets in the order of the values, by class; adding rows and merging are exact and in any order. Numbers by the
/// first 16 bits of their 32-bit float (sign, exponent, 7 bits of the mantissa): each bucket is less than 0.8 % wide. Dates by the day from
/// 1880 to 2059, days beyond with the ends. At most 512 KB, mostly a tenth of it.
/// </summary>
internal sealed class ValueSketch(bool areDays)
{
    public const int BucketCount = 1 << 16;

    private const int PageBuckets = 256;
    private const int DayOffset = BucketCount / 2;

    /// <summary>By the bucket's upper 8 bits; in a page each bucket's normals and affluents side by side.</summary>
    private readonly int[]?[] _pages = new int[]?[BucketCount / PageBuckets];

    /// <param name="value">Not NaN; the two zeros are one.</param>
    public static int BucketOf(float value, bool areDays)
    {
        if (areDays)
        {
            return (int)Math.Clamp(MathF.Floor(value) + DayOffset, 0, BucketCount - 1);
        }

        var bits = BitConverter.SingleToInt32Bits(value + 0f);
        return (int)((uint)(bits ^ ((bits >> 31) | int.MinValue)) >> 16);
    }

    /// <summary>The smallest value of the bucket; NaN for buckets beyond infinity.</summary>
    public static float LowestOf(int bucket, bool areDays) =>
        !areDays ? FromOrdered((uint)bucket << 16) : bucket == 0 ? float.NegativeInfinity : bucket - DayOffset;

    public void Add(float value, int classIndex) => Page(BucketOf(value, areDays), out var at)[at + classIndex]++;

    public void Add(float value, ClassCount count)
    {
        var page = Page(BucketOf(value, areDays), out var at);
        page[at] += (int)count.Normal;
        page[at + 1] += (int)count.Affluent;
    }

    public void Merge(ValueSketch other)
    {
        for (var i = 0; i < _pages.Length; i++)
        {
            if (other._pages[i] is not { } page)
            {
                continue;
            }

            var own = _pages[i] ??= new int[PageBuckets * 2];
            for (var j = 0; j < own.Length; j++)
            {
                own[j] += page[j];
            }
        }
    }

    /// <summary>The buckets that hold a row, lowest values first.</summary>
    public IEnumerable<ValueGroup> Filled()
    {
        for (var i = 0; i < _pages.Length; i++)
        {
            for (var j = 0; _pages[i] is { } page && j < PageBuckets; j++)
            {
                if ((page[2 * j] | page[(2 * j) + 1]) != 0)
                {
                    var bucket = (i * PageBuckets) + j;
                    yield return new(LowestOf(bucket, areDays), ValueOf(bucket), new ClassCount(page[2 * j], page[(2 * j) + 1]));
                }
            }
        }
    }

    /// <summary>Of numbers the bucket's end nearer to zero: exact for values of up to 8 significant bits, such as whole numbers up to 256.</summary>
    private float ValueOf(int bucket) =>
        areDays ? bucket - DayOffset
        : bucket >= BucketCount / 2 ? FromOrdered((uint)bucket << 16) : FromOrdered(((uint)bucket << 16) | 0xFFFF);

    private int[] Page(int bucket, out int at)
    {
        at = bucket % PageBuckets * 2;
        return _pages[bucket / PageBuckets] ??= new int[PageBuckets * 2];
    }

    private static float FromOrdered(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered ^ 0x80000000 : ~ordered);
}

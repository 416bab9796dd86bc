namespace Campaign.Learning.Profiles;

/// <summary>
/// Values counted by the first 16 bits of their 32-bit float (sign, exponent, 7 bits of the mantissa), by class: buckets in the order of
/// the values, each less than 0.8 % wide. Adding rows and merging are exact and in any order. At most 512 KB, mostly a tenth of it.
/// </summary>
internal sealed class ValueSketch
{
    public const int BucketCount = 1 << 16;

    private const int PageBuckets = 256;

    /// <summary>By the bucket's upper 8 bits; in a page each bucket's normals and affluents side by side.</summary>
    private readonly int[]?[] _pages = new int[]?[BucketCount / PageBuckets];

    /// <param name="value">Not NaN; the two zeros are one.</param>
    public static int BucketOf(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value + 0f);
        return (int)((uint)(bits ^ ((bits >> 31) | int.MinValue)) >> 16);
    }

    /// <summary>The bucket's end nearer to zero: exact for values with up to 8 significant bits, such as whole numbers up to 256.</summary>
    public static float ValueOf(int bucket) =>
        bucket >= BucketCount / 2 ? FromOrdered((uint)bucket << 16) : FromOrdered(((uint)bucket << 16) | 0xFFFF);

    /// <summary>The smallest value of the bucket.</summary>
    public static float LowestOf(int bucket) => FromOrdered((uint)bucket << 16);

    /// <param name="classIndex">0 normal, 1 affluent.</param>
    public void Add(float value, int classIndex)
    {
        var bucket = BucketOf(value);
        var page = _pages[bucket / PageBuckets] ??= new int[PageBuckets * 2];
        page[(bucket % PageBuckets * 2) + classIndex]++;
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
    public (int Bucket, ClassCount Count)[] Filled()
    {
        var filled = new List<(int, ClassCount)>();
        for (var i = 0; i < _pages.Length; i++)
        {
            for (var j = 0; _pages[i] is { } page && j < PageBuckets; j++)
            {
                if ((page[2 * j] | page[(2 * j) + 1]) != 0)
                {
                    filled.Add(((i * PageBuckets) + j, new ClassCount(page[2 * j], page[(2 * j) + 1])));
                }
            }
        }

        return [.. filled];
    }

    private static float FromOrdered(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered ^ 0x80000000 : ~ordered);
}

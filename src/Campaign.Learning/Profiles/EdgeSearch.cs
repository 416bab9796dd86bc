using System.Buffers;

namespace Campaign.Learning.Profiles;

/// <summary>Between which edges a value lies: one look into a table by the value's bucket, and a search only where edges lie inside the bucket.</summary>
internal sealed class EdgeSearch : IDisposable
{
    private readonly float[] _edges;
    private readonly bool _areDays;

    /// <summary>By bucket: the edges at or below its smallest value.</summary>
    private readonly int[] _before = ArrayPool<int>.Shared.Rent(ValueSketch.BucketCount + 1);

    /// <param name="edges">Ascending.</param>
    public EdgeSearch(float[] edges, bool areDays)
    {
        (_edges, _areDays) = (edges, areDays);
        var before = 0;
        for (var bucket = 0; bucket < ValueSketch.BucketCount; bucket++)
        {
            var lowest = ValueSketch.LowestOf(bucket, areDays);
            while (before < edges.Length && edges[before] <= lowest)
            {
                before++;
            }

            _before[bucket] = before;
        }

        _before[ValueSketch.BucketCount] = edges.Length;
    }

    /// <summary>The edges at or below <paramref name="value"/>, which is not NaN.</summary>
    public int CountAtOrBelow(float value)
    {
        var bucket = ValueSketch.BucketOf(value, _areDays);
        int low = _before[bucket], high = _before[bucket + 1];
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_edges[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(_before);
}

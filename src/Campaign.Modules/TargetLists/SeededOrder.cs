using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A random order of customers that a seed fixes for good: the same on every machine and every version of .NET, and independent of the
/// file's row order. FNV-1a over the id's UTF-8 bytes, mixed with the seed by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
/// </summary>
internal readonly struct SeededOrder(int seed, SeededOrder.Draw draw)
{
    /// <summary>What the order is for; each draw is independent of the others at the same seed.</summary>
    internal enum Draw
    {
        Ties = 1,
        ControlGroup = 2,
        Waves = 3,
        Cells = 4,
        ControlRemainders = 5,
    }

    private readonly ulong _start = Mix(unchecked((ulong)(uint)seed * 8 + (ulong)draw));

    /// <summary>The customer's place: lower comes first. Two different ids share a place once in 2^64 pairs.</summary>
    public ulong PlaceOf(string customerId)
    {
        var hash = 14695981039346656037UL;
        Span<byte> buffer = stackalloc byte[256];
        var bytes = Encoding.UTF8.GetMaxByteCount(customerId.Length) <= buffer.Length
            ? buffer[..Encoding.UTF8.GetBytes(customerId, buffer)]
            : Encoding.UTF8.GetBytes(customerId);
        foreach (var value in bytes)
        {
            hash = unchecked((hash ^ value) * 1099511628211UL);
        }

        return Mix(hash ^ _start);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}

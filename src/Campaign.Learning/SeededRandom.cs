namespace Campaign.Learning;

/// <summary>
/// Random numbers that depend on the seed alone: the same on every machine and .NET version. SplitMix64 (Steele, Lea and Flood 2014); not
/// for secrets.
/// </summary>
public struct SeededRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator for one part of a run: a stream of its own for each pair of seed and part.</summary>
    public static SeededRandom For(int seed, int part) => new(Mix(Mix((uint)seed + Step) ^ (((ulong)(uint)part + 1) * Step)));

    /// <summary>All 64 bits alike likely.</summary>
    public ulong Next() => Mix(_state += Step);

    /// <summary>0 to <paramref name="limit"/> - 1, alike likely.</summary>
    /// <param name="limit">Above 0.</param>
    public int Next(int limit) => (int)(((UInt128)Next() * (uint)limit) >> 64);

    /// <summary>Above 0 and below 1, alike likely in steps of 2^-52.</summary>
    public double NextShare() => ((Next() >> 12) + 0.5) / (1UL << 52);

    /// <summary>Fisher-Yates: every order alike likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

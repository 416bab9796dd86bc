using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>
/// 128 bits that stand for the cells of a row, added one after the other: two chained multiplications with different keys. The keys are the
/// process's own, so that a file can't be made to collide; among 5 million different rows a chance collision has odds below 1 in 10^24.
/// </summary>
internal readonly record struct RowHash(ulong High, ulong Low) : IComparable<RowHash>
{
    private static readonly ulong HighKey = NewKey();
    private static readonly ulong LowKey = NewKey();

    public static RowHash Empty => new(HighKey, LowKey);

    public RowHash With(ulong cell) => new(Mix(High ^ cell, HighKey), Mix(Low + cell, LowKey));

    /// <summary>A text, its length included.</summary>
    public RowHash With(ReadOnlySpan<byte> text)
    {
        var hash = With((ulong)text.Length);
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = hash.With(BinaryPrimitives.ReadUInt64LittleEndian(text));
        }

        var rest = 0UL;
        foreach (var one in text)
        {
            rest = (rest << 8) | one;
        }

        return text.IsEmpty ? hash : hash.With(rest);
    }

    /// <summary>The lowest bit given away for a mark; 127 bits stand for the row.</summary>
    public RowHash Marked(bool mark) => new(High, (Low & ~1UL) | (mark ? 1UL : 0UL));

    public bool IsMarked => (Low & 1) == 1;

    /// <summary>The mark left aside.</summary>
    public bool IsAlike(RowHash other) => High == other.High && (Low | 1) == (other.Low | 1);

    public int CompareTo(RowHash other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    private static ulong Mix(ulong value, ulong key)
    {
        var high = Math.BigMul(value, key, out var low);
        return (high ^ low) + key;
    }

    private static ulong NewKey()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) | 1;
    }
}

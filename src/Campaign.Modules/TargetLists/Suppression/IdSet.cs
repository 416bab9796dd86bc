using System.Collections;
using System.Security.Cryptography;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>
/// Customers' ids, each once, numbered from 0 in the order of their first mention. Ids are compared byte for byte as UTF-8; white space at
/// either end does not count. Kept in one piece of memory: about 20 bytes an id beside its own letters. The hash is seeded by the process, so
/// that a file can't force collisions. Not safe for adding from several threads; reading is.
/// </summary>
public sealed class IdSet : IReadOnlySet<string>
{
    private const byte LineFeed = (byte)'\n';
    private const int ShortId = 256;

    /// <summary>Every id with a line feed behind it.</summary>
    private byte[] text;

    /// <summary>Where the id ends in <see cref="text"/>; the next one begins behind the line feed there.</summary>
    private int[] ends = new int[16];

    /// <summary>Number of an id plus 1 where its hash leads, or in the places behind; 0 is free. A power of two, never more than half full.</summary>
    private int[] slots = new int[64];

    private int used;

    public IdSet()
        : this(new byte[1024])
    {
    }

    private IdSet(byte[] text) => this.text = text;

    public int Count { get; private set; }

    /// <summary>Of texts; those given again count once, blank ones not at all.</summary>
    public static IdSet Of(IEnumerable<string> ids)
    {
        var set = new IdSet();
        foreach (var id in ids)
        {
            set.Add(id);
        }

        return set;
    }

    /// <summary>The ids of a file that <see cref="Save"/> wrote.</summary>
    /// <param name="hash">SHA-256 that the file must have, lower-case hex.</param>
    /// <exception cref="InvalidDataException">It has another one.</exception>
    public static IdSet Load(string path, string hash)
    {
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
        {
            throw new InvalidDataException("The file of ids is not the one that was saved.");
        }

        var set = new IdSet(bytes);
        while (set.used < bytes.Length)
        {
            var start = set.used;
            var length = bytes.AsSpan(start).IndexOf(LineFeed);
            var id = bytes.AsSpan(start, length);
            var slot = set.SlotOf(id, out _);
            set.used = start + length + 1;
            set.Take(slot, start + length);
        }

        return set;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte})"/>
    public (int Number, bool IsNew) Add(string id) => Add(Encoding.UTF8.GetBytes(id));

    /// <summary>Adds an id; a blank one is no id.</summary>
    /// <returns>Its number, and whether it is new; -1 for a blank one.</returns>
    /// <exception cref="ArgumentException">It holds a line feed.</exception>
    public (int Number, bool IsNew) Add(ReadOnlySpan<byte> utf8)
    {
        var id = Trim(utf8);
        if (id.IsEmpty)
        {
            return (-1, false);
        }

        if (id.Contains(LineFeed))
        {
            throw new ArgumentException("An id can't hold a line feed.", nameof(utf8));
        }

        var slot = SlotOf(id, out var number);
        if (number >= 0)
        {
            return (number, false);
        }

        if (used + id.Length + 1 > text.Length)
        {
            Array.Resize(ref text, checked(Math.Max(text.Length * 2, used + id.Length + 1)));
        }

        id.CopyTo(text.AsSpan(used));
        var end = used + id.Length;
        text[end] = LineFeed;
        used = end + 1;
        Take(slot, end);
        return (Count - 1, true);
    }

    public bool Contains(string item) => NumberOf(item) >= 0;

    /// <summary>From 0; -1 where the id is not among them.</summary>
    public int NumberOf(string id)
    {
        Span<byte> room = stackalloc byte[ShortId];
        var utf8 = Encoding.UTF8.GetMaxByteCount(id.Length) <= ShortId ? room[..Encoding.UTF8.GetBytes(id, room)] : Encoding.UTF8.GetBytes(id);
        return NumberOf(utf8);
    }

    /// <inheritdoc cref="NumberOf(string)"/>
    public int NumberOf(ReadOnlySpan<byte> utf8)
    {
        SlotOf(Trim(utf8), out var number);
        return number;
    }

    /// <summary>The id of a number, as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : ends[number - 1] + 1;
            return text.AsSpan(start, ends[number] - start);
        }
    }

    /// <summary>Adds all ids of another set.</summary>
    public void AddAll(IdSet other)
    {
        for (var number = 0; number < other.Count; number++)
        {
            Add(other[number]);
        }
    }

    /// <summary>Writes the ids, one a line, in the order of their numbers.</summary>
    /// <returns>SHA-256 of the file, lower-case hex.</returns>
    public string Save(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(text.AsSpan(0, used));
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(SHA256.HashData(text.AsSpan(0, used)));
    }

    /// <summary>In the order of their numbers.</summary>
    public IEnumerator<string> GetEnumerator()
    {
        for (var number = 0; number < Count; number++)
        {
            yield return Encoding.UTF8.GetString(this[number]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool IsProperSubsetOf(IEnumerable<string> other) => this.ToHashSet().IsProperSubsetOf(other);

    public bool IsProperSupersetOf(IEnumerable<string> other) => this.ToHashSet().IsProperSupersetOf(other);

    public bool IsSubsetOf(IEnumerable<string> other) => this.ToHashSet().IsSubsetOf(other);

    public bool IsSupersetOf(IEnumerable<string> other) => other.All(Contains);

    public bool Overlaps(IEnumerable<string> other) => other.Any(Contains);

    public bool SetEquals(IEnumerable<string> other) => this.ToHashSet().SetEquals(other);

    /// <summary>As the reading of files trims: without white space and no-break spaces at either end.</summary>
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> id)
    {
        while (!id.IsEmpty && (id[0] <= ' ' || id is [0xC2, 0xA0, ..]))
        {
            id = id[(id[0] <= ' ' ? 1 : 2)..];
        }

        while (!id.IsEmpty && (id[^1] <= ' ' || id is [.., 0xC2, 0xA0]))
        {
            id = id[..^(id[^1] <= ' ' ? 1 : 2)];
        }

        return id;
    }

    /// <summary>The slot that holds the id, or the free one where it would go.</summary>
    /// <param name="number">-1 where the slot is free.</param>
    private int SlotOf(ReadOnlySpan<byte> id, out int number)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        var mask = slots.Length - 1;
        var slot = hash.ToHashCode() & mask;
        while (slots[slot] > 0 && !this[slots[slot] - 1].SequenceEqual(id))
        {
            slot = (slot + 1) & mask;
        }

        number = slots[slot] - 1;
        return slot;
    }

    /// <summary>Numbers the id that ends there and now stands in <see cref="text"/>.</summary>
    private void Take(int slot, int end)
    {
        if (Count == ends.Length)
        {
            Array.Resize(ref ends, Count * 2);
        }

        ends[Count] = end;
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length)
        {
            slots = new int[slots.Length * 2];
            for (var number = 0; number < Count; number++)
            {
                slots[SlotOf(this[number], out _)] = number + 1;
            }
        }
    }
}

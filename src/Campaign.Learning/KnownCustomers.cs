using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>What <c>package.json</c> says of the customers that the models know.</summary>
/// <param name="Hash">SHA-256 of <see cref="KnownCustomers.FileName"/>, lower-case hex.</param>
/// <param name="CustomerCount">Different ids that were trained on.</param>
public sealed record KnownCustomersEntry(string Hash, int CustomerCount);

/// <summary>
/// <c>known-customers.bin</c>: who was in training and in which fold of each repeat, without a single id. 8 bytes of text; then version,
/// customers, repeats and folds as 32-bit integers, little-endian; a key of 32 random bytes, made for this package alone; then, ascending,
/// the first 16 bytes of HMAC-SHA-256 of each customer's id (UTF-8, character for character) and a byte of fold for each repeat.
/// </summary>
/// <remarks>
/// The key makes the hashes of two packages different, so that customers can't be followed from one to the other and no table of hashes
/// can be made beforehand. It is no secret from who holds the package: a guessed id can be tested, but nobody can list the ids.
/// </remarks>
public sealed class KnownCustomers
{
    public const string FileName = "known-customers.bin";

    /// <summary>In place of an entry: the customer was not in training.</summary>
    public const int Unknown = -1;

    private const int Version = 1;
    private const int KeyLength = 32;
    private const int HashLength = 16;
    private const int HeaderLength = 8 + (4 * sizeof(int)) + KeyLength;

    private readonly byte[] _file;

    private KnownCustomers(byte[] file)
    {
        _file = file;
        CustomerCount = BitConverter.ToInt32(file, 12);
        RepeatCount = BitConverter.ToInt32(file, 16);
    }

    public int CustomerCount { get; }

    public int RepeatCount { get; }

    private static ReadOnlySpan<byte> Magic => "CAMPKNOW"u8;

    private ReadOnlySpan<byte> Key => _file.AsSpan(HeaderLength - KeyLength, KeyLength);

    private int EntryLength => HashLength + RepeatCount;

    /// <summary>
    /// Writes the file into a model folder, which is created where it does not exist. 20 bytes a customer are held in memory. Customers held
    /// out of training altogether are left out: no model has seen them, so they are scored as new ones.
    /// </summary>
    /// <param name="customerIds">Different ids.</param>
    /// <param name="customerOfRow">One a row: index into <paramref name="customerIds"/>.</param>
    /// <param name="folds">Of the training.</param>
    /// <param name="threadCount">At least 1.</param>
    public static KnownCustomersEntry Write(string folder, IReadOnlyList<string> customerIds, int[] customerOfRow, CustomerFolds folds, int threadCount)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var rowOfCustomer = new int[customerIds.Count];
        for (var row = customerOfRow.Length - 1; row >= 0; row--)
        {
            rowOfCustomer[customerOfRow[row]] = row;
        }

        var first = folds.OfRepeat(0);
        var count = 0;
        foreach (var row in rowOfCustomer)
        {
            if (first[row] != CustomerFolds.HeldOut)
            {
                rowOfCustomer[count++] = row;
            }
        }

        Array.Resize(ref rowOfCustomer, count);
        var hashes = new UInt128[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
        // One keyed hash a thread: preparing the key costs as much as hashing an id.
        Parallel.For(0, count, options, () => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key), (i, _, hash) =>
        {
            Span<byte> ofId = stackalloc byte[HMACSHA256.HashSizeInBytes];
            hash.AppendData(Encoding.UTF8.GetBytes(customerIds[customerOfRow[rowOfCustomer[i]]]));
            hash.GetHashAndReset(ofId);
            hashes[i] = BinaryPrimitives.ReadUInt128BigEndian(ofId);
            return hash;
        }, hash => hash.Dispose());
        Array.Sort(hashes, rowOfCustomer);
        Directory.CreateDirectory(folder);
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        file.Write(Magic);
        foreach (var number in (ReadOnlySpan<int>)[Version, hashes.Length, folds.RepeatCount, folds.FoldCount])
        {
            file.Write(BitConverter.GetBytes(number));
        }

        file.Write(key);
        var entry = new byte[HashLength + folds.RepeatCount];
        for (var i = 0; i < hashes.Length; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(entry, hashes[i]);
            for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
            {
                entry[HashLength + repeat] = folds.OfRepeat(repeat)[rowOfCustomer[i]];
            }

            file.Write(entry);
        }

        file.Flush(flushToDisk: true);
        file.Position = 0;
        return new KnownCustomersEntry(Convert.ToHexStringLower(SHA256.HashData(file)), hashes.Length);
    }

    /// <param name="file">The file's bytes, kept.</param>
    /// <exception cref="InvalidDataException">The bytes are not of this kind, of another version, or cut off.</exception>
    public static KnownCustomers Read(byte[] file)
    {
        if (file.Length < HeaderLength || !file.AsSpan(0, 8).SequenceEqual(Magic) || BitConverter.ToInt32(file, 8) != Version)
        {
            throw new InvalidDataException($"{FileName} is not a file of version {Version}.");
        }

        var known = new KnownCustomers(file);
        return file.Length == HeaderLength + ((long)known.CustomerCount * known.EntryLength)
            ? known
            : throw new InvalidDataException($"{FileName} is cut off or damaged.");
    }

    /// <summary>The entry of an id, 0 to <see cref="CustomerCount"/> - 1, or <see cref="Unknown"/>. Safe for several threads at once.</summary>
    /// <param name="id">UTF-8.</param>
    public int Find(ReadOnlySpan<byte> id)
    {
        var sought = HashOf(Key, id);
        var (low, high) = (0, CustomerCount - 1);
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            var found = BinaryPrimitives.ReadUInt128BigEndian(_file.AsSpan(HeaderLength + (middle * EntryLength), HashLength));
            if (found == sought)
            {
                return middle;
            }

            (low, high) = found < sought ? (middle + 1, high) : (low, middle - 1);
        }

        return Unknown;
    }

    /// <summary>The entry of each row of a file, or <see cref="Unknown"/>.</summary>
    /// <param name="idColumn">A text column.</param>
    /// <exception cref="RefusedException">The file has no such column.</exception>
    public int[] Find(ColumnTable table, string idColumn, int threadCount)
    {
        var column = table.IndexOf(idColumn);
        if (column < 0)
        {
            throw new RefusedException($"The file has no column '{idColumn}', by which the model knows its customers: add it, or check the header's spelling.");
        }

        var entries = new int[table.RowCount];
        Parallel.For(0, entries.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, row => entries[row] = Find(table.Utf8(column, row)));
        return entries;
    }

    /// <summary>The fold that held the customer out.</summary>
    public int FoldOf(int entry, int repeat) => _file[HeaderLength + (entry * EntryLength) + HashLength + repeat];

    private static UInt128 HashOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, id, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

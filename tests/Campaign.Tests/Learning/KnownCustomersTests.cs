using System.Security.Cryptography;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class KnownCustomersTests : IDisposable
{
    private static readonly string[] Ids = ["C-007", "müller", "007", "7", " 7"];

    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-known-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_id_is_found_with_its_folds_and_no_other_is()
    {
        // Rows of customers 0 1 2 3 4 0: two repeats.
        var known = Write([3, 1, 0, 2, 1, 3], [0, 2, 2, 1, 3, 0], out var entry);

        Assert.Equal((5, 5, 2), (entry.CustomerCount, known.CustomerCount, known.RepeatCount));
        Assert.Equal(
            [(3, 0), (1, 2), (0, 2), (2, 1), (1, 3)],
            Ids.Select(id => known.Find(Encoding.UTF8.GetBytes(id))).Select(found => (known.FoldOf(found, 0), known.FoldOf(found, 1))));
        Assert.All(["C-008", "", "Müller", "07", "7 "], id => Assert.Equal(KnownCustomers.Unknown, known.Find(Encoding.UTF8.GetBytes(id))));
    }

    [Fact]
    public void The_file_holds_the_keyed_hashes_in_order_and_no_id()
    {
        Write([0, 1, 0, 1, 0, 0], null, out var entry);
        var bytes = File.ReadAllBytes(Path.Combine(_folder, KnownCustomers.FileName));
        var key = bytes[24..56];
        var expected = Ids.Select(id => Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id))[..16])).Order(StringComparer.Ordinal);

        Assert.Equal(expected, bytes[56..].Chunk(17).Select(one => Convert.ToHexString(one[..16])));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), entry.Hash);
        Assert.True(bytes.AsSpan().IndexOf("müller"u8) < 0);
    }

    [Fact]
    public void Two_packages_have_no_hash_in_common_so_that_nobody_is_followed_from_one_to_the_other()
    {
        Write([0, 1, 0, 1, 0, 0], null, out _);
        var first = File.ReadAllBytes(Path.Combine(_folder, KnownCustomers.FileName))[56..].Chunk(17).Select(one => Convert.ToHexString(one[..16])).ToHashSet();
        Write([0, 1, 0, 1, 0, 0], null, out _);
        var second = File.ReadAllBytes(Path.Combine(_folder, KnownCustomers.FileName))[56..].Chunk(17).Select(one => Convert.ToHexString(one[..16]));

        Assert.DoesNotContain(second, first.Contains);
    }

    [Fact]
    public void Customers_held_out_of_training_altogether_are_not_kept_as_no_model_has_seen_them()
    {
        var known = Write([0, 1, CustomerFolds.HeldOut, 1, 0, 0], null, out var entry);

        Assert.Equal((4, 4), (entry.CustomerCount, known.CustomerCount));
        Assert.Equal([0, 1, KnownCustomers.Unknown, 1, 0], Ids.Select(id => known.Find(Encoding.UTF8.GetBytes(id)) is var found && found < 0 ? found : known.FoldOf(found, 0)));
    }

    [Fact]
    public void A_files_rows_are_found_by_its_id_column()
    {
        var known = Write([0, 1, 0, 1, 0, 0], null, out _);
        using var file = new InventedTable(("id", ColumnKind.Text, new[] { "7", "new", "7", "C-007" }));
        var entries = known.Find(file.Table, "id", threadCount: 3);

        Assert.Equal(entries[0], entries[2]);
        Assert.Equal([true, false, true, true], entries.Select(entry => entry != KnownCustomers.Unknown));
        Assert.Contains("no column 'customer'", Assert.Throws<RefusedException>(() => known.Find(file.Table, "customer", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_of_another_kind_is_not_read()
    {
        Write([0, 1, 0, 1, 0, 0], null, out _);
        var bytes = File.ReadAllBytes(Path.Combine(_folder, KnownCustomers.FileName));

        Assert.Throws<InvalidDataException>(() => KnownCustomers.Read(bytes[..^1]));
        Assert.Throws<InvalidDataException>(() => KnownCustomers.Read(bytes[..20]));
        bytes[0] ^= 1;
        Assert.Throws<InvalidDataException>(() => KnownCustomers.Read(bytes));
    }

    private KnownCustomers Write(byte[] first, byte[]? second, out KnownCustomersEntry entry)
    {
        entry = KnownCustomers.Write(_folder, Ids, [0, 1, 2, 3, 4, 0], CustomerFolds.Of(second is null ? [first] : [first, second]), threadCount: 2);
        return KnownCustomers.Read(File.ReadAllBytes(Path.Combine(_folder, KnownCustomers.FileName)));
    }
}

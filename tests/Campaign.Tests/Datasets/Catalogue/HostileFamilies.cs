using System.IO.Compression;
using System.Text;
using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Hostile content and names: families 81 to 89.</summary>
internal static class HostileFamilies
{
    private static readonly string Customers = IntakeFixture.Customers();

    public static IReadOnlyList<BadFile> Files =>
    [
        BadFile.Text(81, "formulas as products", Products("=cmd|' /C calc'!A0"), Expected.Accepted, "", ProductIs("=cmd|' /C calc'!A0")),
        BadFile.Text(81, "an at sign before a product", Products("@SUM(1+1)"), Expected.Accepted, "", ProductIs("@SUM(1+1)")),
        BadFile.Text(81, "a full-width equals sign", Products("＝1+1"), Expected.Accepted, "", ProductIs("＝1+1")),
        BadFile.Text(81, "a break-out of a cell", Products("\"\"\",\"\"=1+1\""), Expected.Accepted, "", ProductIs("\",\"=1+1")),
        BadFile.Text(82, "a script as a product", Products("<script>alert(1)</script>"), Expected.Accepted, "", ProductIs("<script>alert(1)</script>")),
        BadFile.Text(83, "SQL in a column name", Customers.Replace("balance", "balance'); DROP TABLE Datasets;--", StringComparison.Ordinal), Expected.Accepted, "", taken => Assert.Equal("13.5", taken.Cell("balance'); DROP TABLE Datasets;--", 0))),
        BadFile.Text(84, "folders in the file's name", Customers, Expected.Accepted, "", NameIs("passwd"), "../../etc/passwd"),
        BadFile.Text(84, "a name of 500 characters", Customers, Expected.Accepted, "", taken => Assert.Equal(300, taken.Dataset.FileName.Length), new string('a', 500) + ".csv"),
        BadFile.Text(84, "a reserved name", Customers, Expected.Accepted, "", NameIs("CON.csv"), "CON.csv"),
        BadFile.Text(84, "an emoji in the name", Customers, Expected.Accepted, "", NameIs("März 😀.csv"), "März 😀.csv"),
        new(85, "a workbook named .csv", () => WorkbookBytes.OfCsv(Customers), Expected.Refused, "does not end in .xlsx"),
        new(86, "a program named .csv", () => [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0], Expected.Refused, "program"),
        new(86, "a PDF named .csv", () => "%PDF-1.7 x"u8.ToArray(), Expected.Refused, "PDF"),
        new(86, "a picture named .csv", () => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10], Expected.Refused, "picture"),
        new(86, "a packed file named .csv", Gzip, Expected.Refused, "packed with gzip"),
        BadFile.Text(87, "a line end in the file's name", Customers, Expected.Accepted, "", NameIs("a2026-01-01 forged.csv"), "a\n2026-01-01 forged.csv"),
        BadFile.Text(88, "texts that make patterns run for ever", Products(new string('a', 3000) + "!@a.a.a.a.a.a.a.a.a.a!"), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(88, "digits and separators without end", Products(string.Concat(Enumerable.Repeat("1.1.", 700))), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(89, "ids whose hashes collide in a naive table", IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", string.Concat(Enumerable.Range(0, 6).Select(bit => (row >> bit) % 2 == 0 ? "Aa" : "BB")), StringComparison.Ordinal)), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
    ];

    private static Action<TakenFile> ProductIs(string text) => taken => Assert.Contains(text, taken.Column("product").Categories);

    private static Action<TakenFile> NameIs(string name) => taken => Assert.Equal(name, taken.Dataset.FileName);

    private static string Products(string card) => Customers.Replace("card", card, StringComparison.Ordinal);

    private static byte[] Gzip()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Customers));
        }

        return packed.ToArray();
    }
}

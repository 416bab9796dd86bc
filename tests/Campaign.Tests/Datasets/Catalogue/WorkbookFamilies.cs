using System.IO.Compression;
using System.Text;
using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Workbooks: families 67 to 80.</summary>
internal static class WorkbookFamilies
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly string Customers = IntakeFixture.Customers();

    public static IReadOnlyList<BadFile> Files =>
    [
        Workbook(67, "a CSV named .xlsx", () => Encoding.UTF8.GetBytes(Customers), Expected.Refused, "not a workbook"),
        Workbook(67, "a web page named .xlsx", () => "<html><table></table></html>"u8.ToArray(), Expected.Refused, "web page"),
        Workbook(67, "an old workbook named .xlsx", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]], Expected.Refused, "old format (.xls)"),
        new(67, "an old workbook", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]], Expected.Refused, "old format (.xls)", FileName: "customers.xls"),
        Workbook(68, "a zip bomb", () => WorkbookBytes.OfCsv(Customers, ("xl/media/picture.bin", new byte[200_000_000])), Expected.Refused, "zip bomb"),
        Workbook(69, "ten thousand parts", () => WorkbookBytes.OfCsv("a,b", [.. Enumerable.Range(0, 10_000).Select(i => ($"xl/junk/{i}.bin", Array.Empty<byte>()))]), Expected.Refused, "10,005 parts"),
        Workbook(70, "a part that leads out of the archive", () => WorkbookBytes.OfCsv(Customers, ("xl/../../etc/passwd", [1])), Expected.Refused, "lead out of it"),
        Workbook(71, "a size that the header states wrong", LyingSize, Expected.Refused, "damaged"),
        Workbook(72, "an external entity", () => WorkbookBytes.OfCsv(Customers, ("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>"))), Expected.Refused, "document type definition"),
        Workbook(72, "a billion laughs", () => WorkbookBytes.OfCsv(Customers, ("xl/sharedStrings.xml", Encoding.UTF8.GetBytes("<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><sst>&b;</sst>"))), Expected.Refused, "document type definition"),
        Workbook(73, "a cell beyond the last column", () => WorkbookBytes.Of([("Customers", "visible", "<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>")]), Expected.Refused, "beyond the last row or column"),
        Workbook(74, "protected with a password", () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")], Expected.Refused, "protected with a password"),
        Workbook(75, "macros inside", () => WorkbookBytes.OfCsv(Customers, ("xl/vbaProject.bin", [1])), Expected.Refused, "macros"),
        new(75, "a workbook with macros by its name", () => WorkbookBytes.OfCsv(Customers), Expected.Refused, "macros (.xlsm)", FileName: "customers.xlsm"),
        Workbook(76, "a hidden sheet before the customers", () => WorkbookBytes.Of([("Notes", "hidden", WorkbookBytes.Rows("about,this")), ("Customers", "visible", WorkbookBytes.Rows(Customers))]), Expected.Accepted, "'Customers'", Read),
        Workbook(76, "a merged title above the header", () => WorkbookBytes.Of([("Customers", "visible", WorkbookBytes.Rows("Customers of March\n" + Customers))]), Expected.Accepted, "", Read),
        Workbook(76, "hidden sheets only", () => WorkbookBytes.Of([("Customers", "hidden", WorkbookBytes.Rows(Customers))]), Expected.Refused, "no visible sheet"),
        Workbook(77, "formulas with the values that Excel kept", () => Sheet(WorkbookBytes.Rows(Customers).Replace("<v>13.5</v>", "<f>6.5+7</f><v>13.5</v>", StringComparison.Ordinal)), Expected.Accepted, "", Read),
        Workbook(78, "a text that is not among the shared ones", () => Sheet(WorkbookBytes.Rows(Customers).Replace("<c r=\"B2\"><v>27</v></c>", "<c r=\"B2\" t=\"s\"><v>99999</v></c>", StringComparison.Ordinal)), Expected.Refused, "damaged"),
        Workbook(79, "error cells", () => WorkbookBytes.OfCsv(IntakeFixture.Customers((row, line) => row == 2 ? line.Replace(",26.5,", ",#REF!,", StringComparison.Ordinal) : line)), Expected.Accepted, "", taken => Assert.Null(taken.Cell("balance", 1))),
        Workbook(79, "dates as texts", () => WorkbookBytes.OfCsv(string.Join('\n', IntakeFixture.Customers((row, line) => $"{line},2024-03-{1 + (row % 28):00}").TrimEnd('\n').Split('\n').Select((line, i) => i == 0 ? line + ",opened" : line))), Expected.Accepted, "", taken => Assert.Equal("2024-03-02", taken.Cell("opened", 0))),
        Workbook(80, "a damaged archive", () => WorkbookBytes.OfCsv(Customers)[..^200], Expected.Refused, "damaged"),
        Workbook(80, "a sheet that is cut off", () => WorkbookBytes.OfCsv("a,b", ("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes($"<worksheet xmlns=\"{Main}\"><sheetData>{WorkbookBytes.Rows(Customers)[..900]}"))), Expected.Refused, "damaged"),
        Workbook(80, "a zip archive that is no workbook", PlainZip, Expected.Refused, "zip archive named .xlsx"),
    ];

    private static BadFile Workbook(int family, string what, Func<byte[]> bytes, Expected expected, string says = "", Action<TakenFile>? check = null) =>
        new(family, what, bytes, expected, says, check, "customers.xlsx");

    private static void Read(TakenFile taken) => Assert.Equal((60, "C0001", "13.5"), (taken.Dataset.RowCount, taken.Cell("customer_id", 0), taken.Cell("balance", 0)));

    private static byte[] Sheet(string rows) => WorkbookBytes.Of([("Customers", "visible", rows)]);

    private static byte[] LyingSize()
    {
        var bytes = WorkbookBytes.OfCsv(Customers);
        var entry = bytes.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8) - 46;
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 700u);
        return bytes;
    }

    private static byte[] PlainZip()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("customers.csv").Open();
            entry.Write("customer_id,age\n"u8);
        }

        return bytes.ToArray();
    }
}

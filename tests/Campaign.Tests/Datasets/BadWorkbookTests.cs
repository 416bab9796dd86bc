using System.IO.Compression;
using System.Text;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>Workbooks that are refused before, or while, they are opened.</summary>
public sealed class BadWorkbookTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [Fact]
    public async Task A_zip_bomb_is_refused_without_unpacking_it()
    {
        var bomb = WorkbookBytes.OfCsv(IntakeFixture.Customers(), ("xl/media/picture.bin", new byte[200_000_000]));
        Assert.True(bomb.Length < 2_000_000);

        Assert.Contains("zip bomb", await RefusalAsync(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_archive_that_is_no_workbook_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("customers.csv").Open();
            entry.Write("customer_id,age\n"u8);
        }

        Assert.Contains("zip archive named .xlsx", await RefusalAsync(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_of_ten_thousand_parts_is_refused()
    {
        var parts = Enumerable.Range(0, 10_000).Select(i => ($"xl/junk/{i}.bin", Array.Empty<byte>())).ToArray();

        Assert.Contains("10,005 parts", await RefusalAsync(WorkbookBytes.OfCsv("a,b", [.. parts])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/../../etc/passwd", "lead out of it")]
    [InlineData("xl/vbaProject.bin", "macros")]
    public async Task A_workbook_with_parts_that_do_not_belong_there_is_refused(string part, string sentence) =>
        Assert.Contains(sentence, await RefusalAsync(WorkbookBytes.OfCsv(IntakeFixture.Customers(), (part, [1]))), StringComparison.Ordinal);

    [Fact]
    public async Task A_document_type_definition_is_refused()
    {
        var sheet = Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>");
        var wide = Encoding.Unicode.GetBytes("<!DOCTYPE x []><worksheet/>");

        Assert.Contains("document type definition", await RefusalAsync(WorkbookBytes.OfCsv(IntakeFixture.Customers(), ("xl/worksheets/sheet1.xml", sheet))), StringComparison.Ordinal);
        Assert.Contains("document type definition", await RefusalAsync(WorkbookBytes.OfCsv(IntakeFixture.Customers(), ("xl/worksheets/sheet1.xml", wide))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"99999999\"><c r=\"A99999999\"><v>1</v></c></row>")]
    public async Task Cells_beyond_the_last_row_or_column_are_refused(string rows) =>
        Assert.Contains("beyond the last row or column", await RefusalAsync(WorkbookBytes.Of([("Customers", "visible", rows)])), StringComparison.Ordinal);

    [Fact]
    public async Task A_password_protected_workbook_and_an_old_one_get_their_own_sentences()
    {
        byte[] container = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[5000]];

        Assert.Contains("old format (.xls)", await RefusalAsync(container), StringComparison.Ordinal);
        Assert.Contains("protected with a password", await RefusalAsync([.. container, .. Encoding.Unicode.GetBytes("EncryptedPackage")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_workbooks_are_refused()
    {
        var whole = WorkbookBytes.OfCsv(IntakeFixture.Customers());

        Assert.Contains("damaged", await RefusalAsync(whole[..^200]), StringComparison.Ordinal);
        Assert.Contains("damaged", await RefusalAsync(WorkbookBytes.OfCsv("a,b", ("xl/worksheets/sheet1.xml", CutSheet()))), StringComparison.Ordinal);
        Assert.Contains("damaged", await RefusalAsync(WorkbookBytes.OfCsv("a,b", ("xl/workbook.xml", "no xml"u8.ToArray()))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_the_archive_states_wrong_is_refused()
    {
        var bytes = WorkbookBytes.OfCsv(IntakeFixture.Customers());
        var entry = IndexOfLast(bytes, "xl/worksheets/sheet1.xml"u8) - 46;
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 700u);

        Assert.Contains("damaged", await RefusalAsync(bytes), StringComparison.Ordinal);

        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 1_000_000_000u);

        await RefusalAsync(bytes);
    }

    [Fact]
    public async Task A_workbook_with_another_name_is_refused() =>
        Assert.Contains("does not end in .xlsx", await intake.RefusalAsync(WorkbookBytes.OfCsv(IntakeFixture.Customers()), "customers.csv"), StringComparison.Ordinal);

    [Fact]
    public async Task A_workbook_without_a_visible_sheet_is_refused() =>
        Assert.Contains("no visible sheet", await RefusalAsync(WorkbookBytes.Of([("Customers", "hidden", WorkbookBytes.Rows(IntakeFixture.Customers()))])), StringComparison.Ordinal);

    [Fact]
    public async Task A_bad_row_of_a_sheet_is_refused_with_its_row() =>
        Assert.StartsWith(
            "Line 8, column 'customer_id': the customer id is blank.",
            await RefusalAsync(WorkbookBytes.OfCsv(IntakeFixture.Customers((row, line) => row == 7 ? line.Replace("C0007", "#REF!", StringComparison.Ordinal) : line))), StringComparison.Ordinal);

    private Task<string> RefusalAsync(byte[] workbook) => intake.RefusalAsync(workbook, "customers.xlsx");

    private static byte[] CutSheet() =>
        Encoding.UTF8.GetBytes($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{WorkbookBytes.Rows(IntakeFixture.Customers())[..900]}");

    private static int IndexOfLast(byte[] bytes, ReadOnlySpan<byte> text) => bytes.AsSpan().LastIndexOf(text);
}

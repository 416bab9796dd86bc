using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Support;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using Xunit;
using Xunit.Abstractions;

namespace Campaign.Tests.TargetLists;

public class TargetListWorkbookTests(ITestOutputHelper output)
{
    private static readonly string[] Payloads =
    [
        "=HYPERLINK(\"http://evil.example\",\"x\")", "=1+1", "+30 210 555", "-2+3", "@SUM(1,2)", "\t=1+1", "\r=1", "=cmd|' /C calc'!A0",
        "0012", "1E5", "'quoted", "<b>&amp;\"x\"</b>", "a\u0001b\uFFFEc", "_x0041_", "\uD83D\uDE00 ok", "  spaces  ", "line\nbreak", "2026-01-02", "TRUE",
    ];

    [Fact]
    public void The_workbook_is_valid_open_xml()
    {
        using var stream = new MemoryStream(Build(50));
        using var document = SpreadsheetDocument.Open(stream, false);

        var errors = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document);

        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    [Fact]
    public void The_internal_copy_names_the_control_group_and_the_callers_copy_does_not()
    {
        Assert.Equal(
            ["Read me", "Target list", "Control group", "Excluded", "Counts", "Outcome form", "Column guide"], Sheets(Build(20)).Select(sheet => sheet.TableName));

        var callers = Sheets(Build(20, internalCopy: false));
        Assert.Equal(["Read me", "Target list", "Excluded", "Counts", "Outcome form", "Column guide"], callers.Select(sheet => sheet.TableName));
        Assert.DoesNotContain("Group", Texts(callers, "Target list")[0]);
        var everything = string.Join('|', callers.SelectMany(sheet => Texts(callers, sheet.TableName)).SelectMany(row => row));
        Assert.All(Selection(20).Control, customer => Assert.DoesNotContain(customer.CustomerId, everything, StringComparison.Ordinal));
    }

    [Fact]
    public void Sheets_have_one_row_a_customer_and_the_header_names_what_the_data_allows()
    {
        var selection = Selection(60);
        var sheets = Sheets(Build(60));
        var list = Texts(sheets, "Target list");

        Assert.Equal(
            ["List ID", "Row no.", "Customer ID", "Recorded class", "Predicted class", "Score 0-100", "Score band", "Hidden affluent", "Confidence",
             "Reason 1", "Reason 2", "Reason 3", "Against 1", "Against 2", "Group", "Priority", "Expiry"],
            list[0]);
        Assert.Equal(selection.Listed.Count, list.Count - 1);
        Assert.Equal(selection.Control.Count, Texts(sheets, "Control group").Count - 1);
        Assert.Equal(selection.Excluded.Count, Texts(sheets, "Excluded").Count - 1);
        Assert.Equal(selection.Listed.Count, Texts(sheets, "Outcome form").Count - 1);
        Assert.Equal(selection.Counts.Lines.Count, Texts(sheets, "Counts").Count - 1);
        var first = selection.Listed[0];
        Assert.Equal(first.CustomerId, list[1][2]);
        Assert.Equal(100 * first.Score, double.Parse(list[1][5], CultureInfo.InvariantCulture), 9);
        Assert.Equal("Reason 1 of row " + first.Row, list[1][9]);
        Assert.Equal(["Against 1 of row " + first.Row, ""], list[1][12..14]);
    }

    [Fact]
    public void Losses_on_the_counts_sheet_lead_from_line_to_line()
    {
        var rows = Texts(Sheets(Build(60)), "Counts").Skip(1).Where(row => row[2] != "not applied").ToArray();

        for (var line = 0; line + 1 < rows.Length; line++)
        {
            Assert.Equal(Whole(rows[line + 1][2]), Whole(rows[line][2]) - Whole(rows[line][3]));
        }
    }

    [Fact]
    public void Ids_and_reasons_stay_text_whatever_they_hold_and_no_cell_is_a_formula()
    {
        var sheets = Sheets(Build(Payloads.Length, ids: Payloads));
        var ids = Texts(sheets, "Target list").Skip(1).Select(row => row[2])
            .Concat(Texts(sheets, "Control group").Skip(1).Select(row => row[2])).ToHashSet();

        // What XML can't hold is dropped; the reader gives a line's end as LF.
        var expected = Payloads.Select(id => id.Replace("\u0001", "").Replace("\uFFFE", ""));
        Assert.All(expected, id => Assert.Contains(ids, found => found == id || Decode(found) == id));

        using var zip = new ZipArchive(new MemoryStream(Build(Payloads.Length, ids: Payloads)));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var xml = reader.ReadToEnd();
            Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<x:f>", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("mergeCell", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("hyperlink ", xml, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Customer_sheets_have_a_frozen_header_and_a_filter_and_the_outcome_form_protects_its_ids()
    {
        using var stream = new MemoryStream(Build(20));
        using var document = SpreadsheetDocument.Open(stream, false);
        var workbook = document.WorkbookPart!;
        foreach (var sheet in workbook.Workbook.Descendants<Sheet>().Where(sheet => sheet.Name != "Read me"))
        {
            var worksheet = ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet;
            Assert.Equal(PaneStateValues.Frozen, worksheet.Descendants<Pane>().Single().State!.Value);
            Assert.Single(worksheet.Elements<AutoFilter>());
            Assert.InRange(sheet.Name!.Value!.Length, 1, 31);
        }

        var form = ((WorksheetPart)workbook.GetPartById(workbook.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == "Outcome form").Id!)).Worksheet;
        Assert.True(form.Elements<SheetProtection>().Single().Sheet!.Value);
        Assert.Equal(5, form.Descendants<DataValidation>().Count());
        var styles = workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToArray();
        var cells = form.Descendants<Row>().ElementAt(1).Elements<Cell>().ToArray();
        Assert.All(cells[..3], cell => Assert.True(styles[(int)cell.StyleIndex!.Value].Protection?.Locked?.Value ?? true));
        Assert.All(cells[3..], cell => Assert.False(styles[(int)cell.StyleIndex!.Value].Protection!.Locked!.Value));
    }

    [Fact]
    public void A_table_longer_than_a_sheet_goes_on_in_the_next_one()
    {
        using var stream = new MemoryStream();
        using (var writer = new XlsxWriter(stream))
        {
            writer.WriteSheet(
                new XlsxSheet("Target list", [new("Number", 10)]), Enumerable.Range(1, 25), (number, cells) => cells[0] = XlsxValue.OfNumber(number), rowsInSheet: 10);
            writer.Finish("Split", DateTime.UnixEpoch);
        }

        var sheets = Sheets(stream.ToArray());
        Assert.Equal(["Target list", "Target list 2", "Target list 3"], sheets.Select(sheet => sheet.TableName));
        Assert.Equal(Enumerable.Range(1, 25).Select(number => $"{number}"), sheets.SelectMany(sheet => Texts(sheets, sheet.TableName).Skip(1)).Select(row => row[0]));
        Assert.Equal(1_000_000, XlsxWriter.RowsInSheet);
    }

    [Fact]
    public void Lists_made_at_the_same_moment_have_different_short_ids()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);

        Assert.NotEqual(ListFacts.ShortId(Guid.CreateVersion7(now)), ListFacts.ShortId(Guid.CreateVersion7(now)));
    }

    [Fact]
    public void Customers_without_reasons_are_counted_and_their_rows_say_so()
    {
        var selection = Selection(5);
        using var stream = new MemoryStream();
        TargetListWorkbook.Write(
            stream, selection with { Counts = selection.Counts with { WithoutReasons = 1 } }, Facts,
            customer => customer.Priority == 1 ? ListedReasons.NotShown : Reasons(customer), internalCopy: false);
        var sheets = Sheets(stream.ToArray());

        Assert.Contains(Texts(sheets, "Read me"), row => row is ["Customers without reasons (parts don't add up)", "1"]);
        Assert.Equal(["no reason is shown: its parts don't add up to the score", "", "", "", ""], Texts(sheets, "Target list")[1][9..14]);
    }

    [Fact]
    public void A_list_without_reviewer_says_so()
    {
        var readMe = Texts(Sheets(Build(5)), "Read me");

        Assert.Contains(readMe, row => row is ["Approver", "not independently reviewed"]);
        Assert.Contains(readMe, row => row[1] == Facts.Fingerprint);
    }

    [FactWithTool("soffice")]
    public async Task LibreOffice_reads_every_sheet_as_written_and_evaluates_nothing()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Combine("list.xlsx"), Build(Payloads.Length, ids: Payloads));
        await Tool.RunAsync(
            "soffice", "--headless", "--norestore", $"-env:UserInstallation=file://{folder.Combine("profile")}", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", folder.Path, folder.Combine("list.xlsx"));

        var text = await File.ReadAllTextAsync(folder.Combine("list-Target list.csv")) + await File.ReadAllTextAsync(folder.Combine("list-Control group.csv"));
        foreach (var id in Payloads.Where(id => !id.Contains('\u0001') && !id.Contains('\r')))
        {
            Assert.Contains(id.Replace("\"", "\"\""), text, StringComparison.Ordinal);
        }

        var counts = await File.ReadAllLinesAsync(folder.Combine("list-Counts.csv"));
        Assert.Equal(16, counts.Length);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_thousand_customers_are_written_in_bounded_memory()
    {
        var selection = Selection(100_000);
        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        using var counting = new CountingStream();
        TargetListWorkbook.Write(counting, selection, Facts, Reasons, internalCopy: true);
        var megabytes = (GC.GetTotalAllocatedBytes() - before) >> 20;
        output.WriteLine($"{selection.Listed.Count} customers, {watch.Elapsed.TotalSeconds:0.0} s, {counting.Count >> 20} MB, {megabytes} MB allocated in all");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    internal static readonly ListFacts Facts = new(
        "TL-1A2B3C4D", "Spring wealth & <trial>", "Invite to a first meeting", "Marketing", null, new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc),
        new DateTime(2026, 3, 16, 9, 30, 0, DateTimeKind.Utc), "Spring run", "7f3a", 0.125,
        "Finds at least 90 % of the known affluents, 95 % sure (rests on 812 known affluents, 745 kept)", "customers 2026.csv",
        new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc), new string('a', 64), Asked(null), null);

    private static ListedReasons Reasons(ListedCustomer customer) => new(
        [$"Reason 1 of row {customer.Row}", "=2+2", "Balance is high (120,000; typical 8,000)"], [$"Against 1 of row {customer.Row}"]);

    internal static byte[] Build(int customerCount, bool internalCopy = true, string[]? ids = null)
    {
        using var stream = new MemoryStream();
        TargetListWorkbook.Write(stream, Selection(customerCount, ids), Facts, Reasons, internalCopy);
        return stream.ToArray();
    }

    private static TargetListSelection Selection(int customerCount, string[]? ids = null)
    {
        var scores = Enumerable.Range(0, customerCount).Select(row => 0.9 - (0.4 * row / customerCount)).ToArray();
        ids ??= [.. scores.Select((_, row) => $"invented-{row:0000000}")];
        var customers = new RecordedCustomers(new bool[customerCount], [.. Enumerable.Range(0, customerCount)], ids);
        return TargetListBuilder.Build(new TargetListInputs(
            scores, new int[customerCount], 5, customers, 0, new OperatingThreshold(0.5), Asked(ids == Payloads ? null : Math.Max(1, customerCount * 8 / 10))));
    }

    private static ListDefinition Asked(int? budget) => new() { Budget = budget, Consent = new() { CheckedElsewhere = ContactChannels.Call } };

    private static DataTable[] Sheets(byte[] workbook)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(workbook));
        var sheets = new List<DataTable>();
        do
        {
            var sheet = new DataTable(reader.Name);
            while (reader.Read())
            {
                while (sheet.Columns.Count < reader.FieldCount)
                {
                    sheet.Columns.Add();
                }

                sheet.Rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))]);
            }

            sheets.Add(sheet);
        }
        while (reader.NextResult());
        return [.. sheets];
    }

    private static List<string[]> Texts(DataTable[] sheets, string name) =>
        [.. sheets.Single(sheet => sheet.TableName == name).Rows.Cast<DataRow>().Select(row => row.ItemArray.Select(cell => cell as string ?? "").ToArray())];

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Decode(string text) => text.Replace("_x000D_", "\r").Replace("_x005F_", "_");

    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }
}

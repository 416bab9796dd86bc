using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Support;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Xunit;
using static Campaign.Tests.TargetLists.InventedList;

namespace Campaign.Tests.TargetLists;

public class TargetListWorkbookTests
{
    private static readonly string[] Payloads =
    [
        "=HYPERLINK(\"http://evil.example\",\"x\")", "=1+1", "+30 210 555", "-2+3", "@SUM(1,2)", "\t=1+1", "\r=1", "=cmd|' /C calc'!A0",
        "0012", "1E5", "'quoted", "<b>&amp;\"x\"</b>", "a\u0001b\uFFFEc", "_x0041_", "\uD83D\uDE00 ok", "  spaces  ", "line\nbreak", "2026-01-02", "TRUE",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_workbook_is_valid_open_xml(bool internalCopy)
    {
        foreach (var workbook in new[] { Build(50, internalCopy), BuildFull(50, internalCopy, rowsInSheet: 15), Build(1, internalCopy) })
        {
            Validate(workbook);
        }
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
             "Reason 1", "Reason 2", "Reason 3", "Against 1", "Against 2", "Best channel allowed", "Group", "Priority", "Expiry"],
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
        Assert.Equal(7, form.Descendants<DataValidation>().Count());
        Assert.All(form.Descendants<DataValidation>(), one => Assert.True(one.ShowErrorMessage!.Value));
        var styles = workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToArray();
        var cells = form.Descendants<Row>().ElementAt(1).Elements<Cell>().ToArray();
        Assert.All(cells[..3], cell => Assert.True(styles[(int)cell.StyleIndex!.Value].Protection?.Locked?.Value ?? true));
        Assert.All(cells[3..], cell => Assert.False(styles[(int)cell.StyleIndex!.Value].Protection!.Locked!.Value));
    }

    [Fact]
    public void A_list_longer_than_a_sheet_goes_on_in_further_sheets_and_no_row_is_lost()
    {
        var selection = Selection(100);
        var sheets = Sheets(BuildFull(100, rowsInSheet: 30));

        var (list, form) = (Joined(sheets, "Target list"), Joined(sheets, "Outcome form"));
        Assert.Equal(3, sheets.Count(sheet => sheet.TableName.StartsWith("Target list", StringComparison.Ordinal)));
        Assert.Equal(selection.Listed.Select(customer => customer.CustomerId), list.Select(row => row[2]));
        Assert.Equal(list.Select(row => (row[0], row[1], row[2])), form.Select(row => (row[0], row[1], row[2])));
        Assert.Equal(selection.Control.Count, Joined(sheets, "Control group").Count);
        Assert.Equal(selection.Excluded.Count, Joined(sheets, "Excluded").Count);
        var readMe = Texts(sheets, "Read me");
        Assert.Contains(readMe, row => row is ["Customers to contact", "80"]);
        Assert.Contains(readMe, row => row is ["Sheets of the target list", "3: 'Target list' to 'Target list 3'; its 80 rows are all there"]);
    }

    [Fact]
    public void Everything_that_the_data_allows_has_its_column_in_the_order_of_the_layout()
    {
        var sheets = Sheets(BuildFull(20));
        var list = Texts(sheets, "Target list");

        Assert.Equal(
            ["List ID", "Row no.", "Customer ID", "Household ID", "Recorded class", "Predicted class", "Score 0-100", "Score band", "Hidden affluent", "Confidence",
             "Reason 1", "Reason 2", "Reason 3", "Against 1", "Against 2", "Segment", "Suggested product", "Suggested message",
             "Est. value (RM)", "Est. cost (RM)", "Expected profit (RM)", "Relationship manager", "Branch", "Region", "Preferred language", "Preferred channel",
             "Best channel allowed", "Consent call", "Consent call since", "Consent e-mail", "Consent e-mail since", "Consent SMS", "Consent SMS since", "Consent post",
             "Consent post since", "Last contacted", "Contacts in 30 days", "Existing products", "Tenure", "Phone", "E-mail", "Group", "Wave", "Priority",
             "Campaign code", "Cell code", "Expiry"],
            list[0]);
        Assert.DoesNotContain("_row_hash", list[0]);
        var guide = Texts(sheets, "Column guide").Where(row => row[0] == "Target list").Select(row => row[1]);
        Assert.Equal(list[0], guide);

        string Of(string header, int line = 1) => list[line][Array.IndexOf(list[0], header)];
        var row = Whole(Of("Row no.")) - 1;
        var probability = 1 - (row / 20.0);
        Assert.Equal(probability * 0.05 * 12_000, Number(Of("Est. value (RM)")), 9);
        Assert.Equal(45.5, Number(Of("Est. cost (RM)")));
        Assert.Equal((probability * 0.05 * 12_000) - 45.5, Number(Of("Expected profit (RM)")), 9);
        Assert.Equal(row % 2 == 1 ? "Y" : "N", Of("Consent e-mail"));
        Assert.Equal("N", Of("Consent SMS"));
        Assert.Equal(new DateTime(2024, 1, 1).AddDays(row).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Of("Consent call since"));
        Assert.Equal("2026-03-16", Of("Expiry"));
    }

    [Fact]
    public void Suppressed_and_deceased_customers_are_counted_and_never_named()
    {
        var selection = Selection(10);
        ExcludedCustomer[] excluded = [.. Enum.GetValues<ExclusionCause>().Select((cause, place) => new ExcludedCustomer($"excluded-{cause}", 100 + place, cause))];
        using var stream = new MemoryStream();
        TargetListWorkbook.Write(stream, selection with { Excluded = excluded }, Facts, new ListValues(), Reasons, internalCopy: true);
        var sheets = Sheets(stream.ToArray());

        var everything = sheets.SelectMany(sheet => Texts(sheets, sheet.TableName)).SelectMany(row => row).ToHashSet();
        Assert.Equal(excluded.Length - 2, Texts(sheets, "Excluded").Count - 1);
        Assert.All(excluded, customer => Assert.Equal(
            customer.Cause is not (ExclusionCause.Deceased or ExclusionCause.Suppressed), everything.Contains(customer.CustomerId)));
        Assert.Contains(Texts(sheets, "Read me"), row => row is ["    deceased: counted only, not named", "1"]);
    }

    [Fact]
    public void No_text_of_anybody_becomes_a_formula_or_a_link_and_all_of_it_can_be_read_back()
    {
        var payloads = HostileTexts.Many(4000);
        string TextOf(int row) => payloads[(row + 17) % payloads.Length];
        var selection = Full(Selection(payloads.Length, [.. payloads.Select((payload, row) => $"{payload}{row}")]), TextOf);
        var offers = new Dictionary<string, SegmentOffer>();
        foreach (var payload in payloads)
        {
            offers[payload] = new(payload, payload);
        }

        using var stream = new MemoryStream();
        TargetListWorkbook.Write(
            stream, selection, HostileFacts(payloads[0]), FullValues(payloads.Length, TextOf) with { Offers = offers },
            customer => new([TextOf(customer.Row), TextOf(customer.Row + 1), TextOf(customer.Row + 2)], [TextOf(customer.Row + 3)]), internalCopy: true);
        HasNoFormulaAndNoLink(stream.ToArray());

        var read = CellsOf(stream.ToArray(), "xl/worksheets/sheet2.xml").ToArray();
        Assert.Equal(selection.Listed.Count + 1, read.Length);
        for (var place = 0; place < selection.Listed.Count; place++)
        {
            var customer = selection.Listed[place];
            Assert.Equal(HostileTexts.AsHeld(customer.CustomerId), read[place + 1]["C"]);
            Assert.Equal(HostileTexts.AsHeld(TextOf(customer.Row)), read[place + 1]["K"]);
            Assert.Equal(HostileTexts.AsHeld(TextOf(customer.Row)), read[place + 1]["P"]);
        }
    }

    [Fact]
    public void No_text_about_the_list_becomes_a_formula_or_a_link()
    {
        foreach (var payload in HostileTexts.Many(150))
        {
            using var stream = new MemoryStream();
            TargetListWorkbook.Write(stream, Selection(3), HostileFacts(payload), new ListValues(), Reasons, internalCopy: true);
            HasNoFormulaAndNoLink(stream.ToArray());
            Assert.Equal(HostileTexts.AsHeld(payload), CellsOf(stream.ToArray(), "xl/worksheets/sheet1.xml").First()["A"]);
        }
    }

    [Fact]
    public void The_chart_shows_the_applied_gates_by_the_cells_of_its_sheet()
    {
        var selection = Selection(60);
        using var zip = new ZipArchive(new MemoryStream(Build(60)));
        using var part = zip.GetEntry("xl/charts/chart5.xml")!.Open();
        var chart = XDocument.Load(part);
        XNamespace c = "http://schemas.openxmlformats.org/drawingml/2006/chart";

        var applied = selection.Counts.Lines.Where(line => line.Left is not null).ToArray();
        Assert.Equal(applied.Select(line => line.Name), chart.Descendants(c + "cat").Descendants(c + "v").Select(value => value.Value));
        Assert.Equal(applied.Select(line => $"{line.Left}"), chart.Descendants(c + "val").Descendants(c + "v").Select(value => value.Value));
        Assert.Equal("('Counts'!$C$2:$C$7,'Counts'!$C$14:$C$16)", chart.Descendants(c + "val").Descendants(c + "f").Single().Value);
    }

    [Fact]
    public void The_outcome_form_asks_under_the_headers_that_the_upload_reads()
    {
        Assert.Equal(OutcomeFormColumns.All, Texts(Sheets(Build(5)), "Outcome form")[0]);
        Assert.Equal(OutcomeFormColumns.All, Texts(Sheets(BuildFull(5, internalCopy: false)), "Outcome form")[0]);
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
            stream, selection with { Counts = selection.Counts with { WithoutReasons = 1 } }, Facts, new ListValues(),
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

    private static void Validate(byte[] workbook)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document);
        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    private static ListFacts HostileFacts(string text) => Facts with
    {
        Name = text,
        Purpose = text,
        Owner = text,
        Approver = text,
        Model = text,
        ThresholdReason = text,
        FileName = text,
        Contact = text,
        Definition = Asked(null) with { CampaignCode = text },
    };

    /// <summary>By the parts themselves: well-formed, none but those expected, no formula but the chart's own references, nothing outside the file.</summary>
    private static void HasNoFormulaAndNoLink(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        Assert.DoesNotContain(zip.Entries, entry => entry.FullName.Contains("external", StringComparison.OrdinalIgnoreCase) || entry.FullName.Contains("macro", StringComparison.OrdinalIgnoreCase));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            foreach (var element in XDocument.Load(stream).Descendants())
            {
                var isOfChart = element.Name.NamespaceName.EndsWith("/chart", StringComparison.Ordinal) && element.Value.TrimStart('(').StartsWith("'Counts'!$", StringComparison.Ordinal);
                Assert.True(element.Name.LocalName != "f" || isOfChart, $"{entry.FullName} holds a formula: {element.Value}");
                Assert.DoesNotContain(element.Name.LocalName, new[] { "hyperlink", "hyperlinks", "externalReference", "ddeLink", "oleLink", "mergeCell", "connection" });
                Assert.Null(element.Attribute("TargetMode"));
            }
        }
    }

    /// <summary>The cells of each row by column letters, with the escapes of ECMA-376 undone.</summary>
    private static IEnumerable<Dictionary<string, string>> CellsOf(byte[] workbook, string path)
    {
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var stream = zip.GetEntry(path)!.Open();
        foreach (var row in XDocument.Load(stream, LoadOptions.PreserveWhitespace).Descendants(main + "row"))
        {
            yield return row.Elements(main + "c").ToDictionary(
                cell => cell.Attribute("r")!.Value.TrimEnd([.. "0123456789"]),
                cell => Regex.Replace(cell.Value, "_x([0-9A-Fa-f]{4})_", match => $"{(char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}"));
        }
    }

    /// <summary>The rows of a table on all its sheets, without the headers, which are alike.</summary>
    private static List<string[]> Joined(DataTable[] sheets, string name)
    {
        var parts = sheets.Where(sheet => Regex.IsMatch(sheet.TableName, $"^{name}( [2-9])?$")).Select(sheet => Texts(sheets, sheet.TableName)).ToArray();
        Assert.All(parts, part => Assert.Equal(parts[0][0], part[0]));
        return [.. parts.SelectMany(part => part.Skip(1))];
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

}

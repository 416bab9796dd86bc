using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Campaign.Modules.TargetLists;

/// <summary>One cell's content: text, a number or nothing. There is no formula to be had.</summary>
internal readonly record struct XlsxValue(string? Text, double Number, CellStyle Style)
{
    public static XlsxValue OfText(string? text, CellStyle style = CellStyle.Text) => new(text ?? "", 0, style);

    public static XlsxValue OfNumber(double number, CellStyle style = CellStyle.Whole) => new(null, number, style);

    public static XlsxValue OfDate(DateTime date, CellStyle style = CellStyle.Date) => new(null, date.Date.ToOADate(), style);

    public static XlsxValue Blank(CellStyle style) => new("", 0, style);
}

/// <summary>A column: its header, its width in characters, and for people who fill the sheet the only texts it takes.</summary>
internal sealed record XlsxColumn(string Header, double Width, IReadOnlyList<string>? Choices = null);

/// <summary>What a sheet is called and how it behaves.</summary>
/// <param name="Table">A frozen header row with a filter; otherwise the rows stand as they are.</param>
/// <param name="Protected">Cells are locked but for those in an input style.</param>
internal sealed record XlsxSheet(string Name, IReadOnlyList<XlsxColumn> Columns, bool Table = true, bool Protected = false);

/// <summary>
/// Streams a workbook into a zip: each row goes out as it comes, so memory does not grow with the row count. The small parts are built
/// by the Open XML classes; rows are written by hand, text always as inline strings. A table of more than 1,000,000 rows goes on in a
/// further sheet ('Name 2'). The output need not be seekable; it is left open.
/// </summary>
internal sealed class XlsxWriter(Stream output) : IDisposable
{
    public const int RowsInSheet = 1_000_000;

    private const int LongestSheetName = 31;
    private const int PointsALine = 15;
    private const int MostLines = 20;
    private const string MainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string RelationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationNamespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string PartType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<WrittenSheet> _sheets = [];

    /// <summary>Writes one sheet, or as many as its rows need.</summary>
    /// <param name="cellsOf">Fills the cells of a row, one a column; the buffer holds what the row before left in it.</param>
    public void WriteSheet<T>(XlsxSheet sheet, IEnumerable<T> rows, Action<T, XlsxValue[]> cellsOf, int rowsInSheet = RowsInSheet)
    {
        using var source = rows.GetEnumerator();
        var more = source.MoveNext();
        var part = 1;
        do
        {
            var name = part == 1 ? sheet.Name : string.Create(CultureInfo.InvariantCulture, $"{sheet.Name} {part}");
            WriteSheetPart(sheet, name, source, cellsOf, rowsInSheet, ref more);
            part++;
        }
        while (more);
    }

    /// <summary>Writes the parts that name the sheets; nothing may be written afterwards.</summary>
    /// <param name="title">Shown among the file's properties.</param>
    public void Finish(string title, DateTime createdUtc)
    {
        WritePart("xl/styles.xml", XlsxStyles.ToXml());
        WritePart("xl/workbook.xml", WorkbookXml());
        WritePart("xl/_rels/workbook.xml.rels", Relationships(
            [.. _sheets.Select((_, index) => (Type: RelationNamespace + "/worksheet", Target: $"worksheets/sheet{index + 1}.xml")),
             (RelationNamespace + "/styles", "styles.xml")]));
        WritePart("docProps/core.xml", string.Create(CultureInfo.InvariantCulture,
            $"""<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{XlsxText.Encode(title)}</dc:title><dc:creator>Campaign</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{createdUtc:yyyy-MM-ddTHH:mm:ssZ}</dcterms:created></cp:coreProperties>"""));
        WritePart("_rels/.rels", Relationships(
            [(RelationNamespace + "/officeDocument", "xl/workbook.xml"),
             ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")]));
        WritePart("[Content_Types].xml", ContentTypes());
    }

    public void Dispose() => _zip.Dispose();

    private void WriteSheetPart<T>(
        XlsxSheet sheet, string name, IEnumerator<T> source, Action<T, XlsxValue[]> cellsOf, int rowsInSheet, ref bool more)
    {
        if (name.Length > LongestSheetName)
        {
            throw new ArgumentException($"A sheet's name has at most {LongestSheetName} characters.", nameof(sheet));
        }

        using var stream = _zip.CreateEntry($"xl/worksheets/sheet{_sheets.Count + 1}.xml", CompressionLevel.Optimal).Open();
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
        var columnNames = sheet.Columns.Select((_, index) => ColumnName(index)).ToArray();
        var lastColumn = columnNames[^1];

        writer.Write($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MainNamespace}">""");
        writer.Write(new SheetProperties(new PageSetupProperties { FitToPage = true }).OuterXml);
        writer.Write(Views(sheet.Table, isFirst: _sheets.Count == 0).OuterXml);
        writer.Write(new Columns(sheet.Columns.Select((column, index) =>
            new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = column.Width, CustomWidth = true })).OuterXml);
        writer.Write("<sheetData>");
        var rowNumber = 0;
        var cells = new XlsxValue[sheet.Columns.Count];
        if (sheet.Table)
        {
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = XlsxValue.OfText(sheet.Columns[column].Header, CellStyle.Header);
            }

            WriteRow(writer, ++rowNumber, cells, sheet.Columns, columnNames);
        }

        for (var written = 0; more && written < rowsInSheet; written++)
        {
            cellsOf(source.Current, cells);
            WriteRow(writer, ++rowNumber, cells, sheet.Columns, columnNames);
            more = source.MoveNext();
        }

        writer.Write("</sheetData>");
        if (sheet.Protected)
        {
            writer.Write(new SheetProtection { Sheet = true, FormatColumns = false, AutoFilter = false, Sort = false }.OuterXml);
        }

        if (sheet.Table)
        {
            writer.Write(new AutoFilter { Reference = $"A1:{lastColumn}{rowNumber}" }.OuterXml);
        }

        WriteChoices(writer, sheet.Columns, columnNames, rowNumber);
        writer.Write(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 }.OuterXml);
        writer.Write("</worksheet>");
        _sheets.Add(new WrittenSheet(name, sheet.Table ? $"$A$1:${lastColumn}${rowNumber}" : null));
    }

    private static SheetViews Views(bool table, bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, TabSelected = isFirst, ShowGridLines = table };
        if (table)
        {
            view.Append(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });
        }

        return new SheetViews(view);
    }

    private static void WriteRow(
        StreamWriter writer, int rowNumber, XlsxValue[] cells, IReadOnlyList<XlsxColumn> columns, string[] columnNames)
    {
        var row = rowNumber.ToString(CultureInfo.InvariantCulture);
        writer.Write("<row r=\"");
        writer.Write(row);
        var lineCount = LineCount(cells, columns);
        if (lineCount > 1)
        {
            writer.Write("\" customHeight=\"1\" ht=\"");
            writer.Write(lineCount * PointsALine);
        }

        writer.Write("\">");
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = cells[column];
            if (cell.Text is "" && cell.Style < CellStyle.InputText)
            {
                continue;
            }

            writer.Write("<c r=\"");
            writer.Write(columnNames[column]);
            writer.Write(row);
            writer.Write("\" s=\"");
            writer.Write((int)cell.Style);
            if (cell.Text is null)
            {
                writer.Write("\"><v>");
                writer.Write(cell.Number.ToString("R", CultureInfo.InvariantCulture));
                writer.Write("</v></c>");
            }
            else if (cell.Text.Length == 0)
            {
                writer.Write("\"/>");
            }
            else
            {
                writer.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                XlsxText.Write(writer, cell.Text);
                writer.Write("</t></is></c>");
            }
        }

        writer.Write("</row>");
    }

    /// <summary>The lines that the row's longest wrapped text needs: programs do not make a row higher by themselves.</summary>
    private static int LineCount(XlsxValue[] cells, IReadOnlyList<XlsxColumn> columns)
    {
        var lineCount = 1;
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column].Style == CellStyle.WrappedText)
            {
                lineCount = Math.Max(lineCount, (int)Math.Ceiling(cells[column].Text!.Length / columns[column].Width));
            }
        }

        return Math.Min(lineCount, MostLines);
    }

    private static void WriteChoices(StreamWriter writer, IReadOnlyList<XlsxColumn> columns, string[] columnNames, int rowCount)
    {
        var validations = columns
            .Select((column, index) => (column.Choices, Name: columnNames[index]))
            .Where(column => column.Choices is not null && rowCount > 1)
            .Select(column => new DataValidation(new Formula1($"\"{string.Join(',', column.Choices!)}\""))
            {
                Type = DataValidationValues.List,
                AllowBlank = true,
                ShowErrorMessage = true,
                SequenceOfReferences = new ListValue<StringValue>([$"{column.Name}2:{column.Name}{rowCount}"]),
            })
            .ToArray();
        if (validations.Length > 0)
        {
            writer.Write(new DataValidations(validations) { Count = (uint)validations.Length }.OuterXml);
        }
    }

    private string WorkbookXml()
    {
        var sheets = _sheets.Select((sheet, index) => new Sheet { Name = sheet.Name, SheetId = (uint)index + 1, Id = $"rId{index + 1}" });
        var names = _sheets.SelectMany((sheet, index) => sheet.TableRange is null
            ? []
            : new[]
            {
                new DefinedName($"'{sheet.Name}'!{sheet.TableRange}") { Name = "_xlnm._FilterDatabase", LocalSheetId = (uint)index, Hidden = true },
                new DefinedName($"'{sheet.Name}'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)index },
            });
        return new Workbook(new BookViews(new WorkbookView()), new Sheets(sheets), new DefinedNames(names)).OuterXml;
    }

    private string ContentTypes()
    {
        var builder = new StringBuilder("""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">""")
            .Append("""<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""")
            .Append("""<Default Extension="xml" ContentType="application/xml"/>""")
            .Append("""<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>""")
            .Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/workbook.xml" ContentType="{PartType}sheet.main+xml"/>""")
            .Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/styles.xml" ContentType="{PartType}styles+xml"/>""");
        for (var number = 1; number <= _sheets.Count; number++)
        {
            builder.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{PartType}worksheet+xml"/>""");
        }

        return builder.Append("</Types>").ToString();
    }

    private static string Relationships(IReadOnlyList<(string Type, string Target)> relations) =>
        $"""<Relationships xmlns="{PackageRelationNamespace}">"""
        + string.Concat(relations.Select((relation, index) => $"""<Relationship Id="rId{index + 1}" Type="{relation.Type}" Target="{relation.Target}"/>"""))
        + "</Relationships>";

    private void WritePart(string path, string xml)
    {
        using var writer = new StreamWriter(_zip.CreateEntry(path, CompressionLevel.Optimal).Open(), new UTF8Encoding(false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        writer.Write(xml);
    }

    /// <summary>A, B … Z, AA …</summary>
    private static string ColumnName(int index) =>
        (index < 26 ? "" : ColumnName((index / 26) - 1)) + (char)('A' + (index % 26));

    private sealed record WrittenSheet(string Name, string? TableRange);
}

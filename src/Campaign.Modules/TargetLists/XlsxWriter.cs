using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Streams a workbook into a zip: each row goes out as it comes, so memory does not grow with the row count. The small parts are built
/// by the Open XML classes; rows are written by hand, text always as inline strings. A table of more rows than a sheet takes goes on in a
/// further sheet ('Name 2'). The output need not be seekable; it is left open.
/// </summary>
/// <param name="footer">At the foot of every printed page.</param>
/// <param name="rowsInSheet">Without the header.</param>
internal sealed class XlsxWriter(Stream output, string footer = "", int rowsInSheet = XlsxWriter.RowsInSheet) : IDisposable
{
    public const int RowsInSheet = 1_000_000;

    private const int LongestSheetName = 31;

    private const string MainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string RelationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelationNamespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string PartType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string DrawingPartType = "application/vnd.openxmlformats-officedocument.";

    /// <summary>Four tenths of the processor time of the usual level, for a file 1.6 times as large.</summary>
    private const CompressionLevel Level = CompressionLevel.Fastest;

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<WrittenSheet> _sheets = [];

    /// <summary>How many sheets a table of so many rows takes: one at least.</summary>
    public int SheetCount(int rowCount) => Math.Max(1, (rowCount + rowsInSheet - 1) / rowsInSheet);

    /// <summary>What the sheets of a table are called.</summary>
    /// <param name="part">From 1.</param>
    public static string SheetName(string name, int part) => part == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {part}");

    /// <summary>Writes one sheet, or as many as its rows need.</summary>
    /// <param name="cellsOf">Fills the cells of a row, one a column; the buffer holds what the row before left in it.</param>
    public void WriteSheet<T>(XlsxSheet sheet, IEnumerable<T> rows, Action<T, XlsxValue[]> cellsOf)
    {
        using var source = rows.GetEnumerator();
        var more = source.MoveNext();
        var part = 1;
        do
        {
            WriteSheetPart(sheet, SheetName(sheet.Name, part), source, cellsOf, ref more);
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
            $"""<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{SecurityElement.Escape(XlsxText.Held(title).ToString())}</dc:title><dc:creator>Campaign</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{createdUtc:yyyy-MM-ddTHH:mm:ssZ}</dcterms:created></cp:coreProperties>"""));
        WritePart("_rels/.rels", Relationships(
            [(RelationNamespace + "/officeDocument", "xl/workbook.xml"),
             ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")]));
        WritePart("[Content_Types].xml", ContentTypes());
    }

    public void Dispose() => _zip.Dispose();

    private void WriteSheetPart<T>(XlsxSheet sheet, string name, IEnumerator<T> source, Action<T, XlsxValue[]> cellsOf, ref bool more)
    {
        if (name.Length > LongestSheetName)
        {
            throw new ArgumentException($"A sheet's name has at most {LongestSheetName} characters.", nameof(sheet));
        }

        var number = _sheets.Count + 1;
        string[] columnNames = [.. sheet.Columns.Select((_, index) => ColumnName(index))];
        var lastColumn = columnNames[^1];
        var rowNumber = 0;
        using (var part = Open($"xl/worksheets/sheet{number}.xml"))
        {
            part.Write($"""<worksheet xmlns="{MainNamespace}" xmlns:r="{RelationNamespace}">""");
            part.Write(new SheetProperties(new PageSetupProperties { FitToPage = sheet.FitsPage }).OuterXml);
            part.Write(Views(sheet, columnNames, isFirst: number == 1).OuterXml);
            part.Write(new Columns(sheet.Columns.Select((column, index) =>
                new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = column.Width, CustomWidth = true })).OuterXml);
            part.Write("<sheetData>");
            var row = new XlsxRowWriter(part, sheet.Columns, columnNames);
            var cells = new XlsxValue[sheet.Columns.Count];
            if (sheet.Table)
            {
                WriteHeader(row, sheet, cells, more ? source.Current : default, more ? cellsOf : null);
                rowNumber++;
            }

            for (var written = 0; more && written < rowsInSheet; written++)
            {
                cellsOf(source.Current, cells);
                row.Write(++rowNumber, cells);
                more = source.MoveNext();
            }

            part.Write("</sheetData>");
            if (sheet.Protected)
            {
                part.Write(new SheetProtection { Sheet = true, FormatColumns = false, AutoFilter = false, Sort = false }.OuterXml);
            }

            if (sheet.Table)
            {
                part.Write(new AutoFilter { Reference = $"A1:{lastColumn}{rowNumber}" }.OuterXml);
            }

            part.Write(Inputs(sheet.Columns, columnNames, rowNumber));
            part.Write(new PageSetup
            {
                PaperSize = 9,
                Orientation = OrientationValues.Landscape,
                Scale = sheet.FitsPage ? null : 70U,
                FitToWidth = 1,
                FitToHeight = sheet.IsOnePage ? 1U : 0U,
            }.OuterXml);
            part.Write(new HeaderFooter(new OddFooter($"&L{footer.Replace("&", "&&", StringComparison.Ordinal)}&C&A&RPage &P of &N")).OuterXml);
            // Ids are text on purpose: no warning triangle at each of them.
            part.Write(new IgnoredErrors(new IgnoredError
            {
                SequenceOfReferences = new ListValue<StringValue>([$"A1:{lastColumn}{Math.Max(1, rowNumber)}"]),
                NumberStoredAsText = true,
            }).OuterXml);
            if (sheet.Chart is not null)
            {
                part.Write("""<drawing r:id="rId1"/>""");
            }

            part.Write("</worksheet>");
        }

        if (sheet.Chart is { } chart)
        {
            WritePart($"xl/worksheets/_rels/sheet{number}.xml.rels", Relationships([(RelationNamespace + "/drawing", $"../drawings/drawing{number}.xml")]));
            WritePart($"xl/drawings/drawing{number}.xml", chart.DrawingXml());
            WritePart($"xl/drawings/_rels/drawing{number}.xml.rels", Relationships([(RelationNamespace + "/chart", $"../charts/chart{number}.xml")]));
            WritePart($"xl/charts/chart{number}.xml", chart.ChartXml(name));
        }

        var titles = sheet.FrozenColumns > 0 ? $"'{name}'!$A:${columnNames[sheet.FrozenColumns - 1]},'{name}'!$1:$1" : $"'{name}'!$1:$1";
        _sheets.Add(new WrittenSheet(name, sheet.Table ? $"$A$1:${lastColumn}${rowNumber}" : null, titles, sheet.Chart is not null));
    }

    /// <summary>A header stands on the side where its column's numbers stand, as the first row shows.</summary>
    private static void WriteHeader<T>(XlsxRowWriter row, XlsxSheet sheet, XlsxValue[] cells, T? first, Action<T, XlsxValue[]>? cellsOf)
    {
        cellsOf?.Invoke(first!, cells);
        for (var column = 0; column < cells.Length; column++)
        {
            var holdsNumbers = cellsOf is not null && (cells[column].Text is null || cells[column].Style is CellStyle.InputDate or CellStyle.InputNumber);
            cells[column] = XlsxValue.OfText(sheet.Columns[column].Header, holdsNumbers ? CellStyle.HeaderRight : CellStyle.Header);
        }

        row.Write(1, cells);
    }

    private static SheetViews Views(XlsxSheet sheet, string[] columnNames, bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, TabSelected = isFirst, ShowGridLines = sheet.Table };
        if (sheet.Table)
        {
            var pane = new Pane
            {
                VerticalSplit = 1,
                TopLeftCell = $"{columnNames[sheet.FrozenColumns]}2",
                ActivePane = sheet.FrozenColumns > 0 ? PaneValues.BottomRight : PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            };
            if (sheet.FrozenColumns > 0)
            {
                pane.HorizontalSplit = sheet.FrozenColumns;
            }

            view.Append(pane);
        }

        return new SheetViews(view);
    }

    /// <summary>What the input columns take, for their cells below the header.</summary>
    private static string Inputs(IReadOnlyList<XlsxColumn> columns, string[] columnNames, int rowCount)
    {
        DataValidation[] validations = rowCount < 2 ? [] : [.. columns
            .Zip(columnNames, (column, name) => Validation(column.Input, $"{name}2:{name}{rowCount}"))
            .OfType<DataValidation>()];
        return validations.Length == 0 ? "" : new DataValidations(validations) { Count = (uint)validations.Length }.OuterXml;
    }

    private static DataValidation? Validation(XlsxInput? input, string range)
    {
        var validation = input switch
        {
            { Choices: { } choices } => new DataValidation(new Formula1($"\"{string.Join(',', choices)}\""))
            {
                Type = DataValidationValues.List,
                Error = $"Choose one of: {string.Join(", ", choices)}.",
            },
            { Style: CellStyle.InputDate } => new DataValidation(new Formula1("36526"), new Formula2("73050"))
            {
                Type = DataValidationValues.Date,
                Error = "Give a day, for example 2026-03-31.",
            },
            { Style: CellStyle.InputNumber } => new DataValidation(new Formula1("0"))
            {
                Type = DataValidationValues.Decimal,
                Operator = DataValidationOperatorValues.GreaterThanOrEqual,
                Error = "Give an amount of 0 or more, as a number without the currency.",
            },
            _ => null,
        };
        if (validation is not null)
        {
            validation.AllowBlank = true;
            validation.ShowErrorMessage = true;
            validation.SequenceOfReferences = new ListValue<StringValue>([range]);
        }

        return validation;
    }

    private string WorkbookXml()
    {
        var sheets = _sheets.Select((sheet, index) => new Sheet { Name = sheet.Name, SheetId = (uint)index + 1, Id = $"rId{index + 1}" });
        var names = _sheets.SelectMany((sheet, index) => sheet.TableRange is null
            ? []
            : new[]
            {
                new DefinedName($"'{sheet.Name}'!{sheet.TableRange}") { Name = "_xlnm._FilterDatabase", LocalSheetId = (uint)index, Hidden = true },
                new DefinedName(sheet.Titles) { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)index },
            });
        return new Workbook(new BookViews(new WorkbookView()), new Sheets(sheets), new DefinedNames(names)).OuterXml;
    }

    private string ContentTypes()
    {
        var builder = new StringBuilder("""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">""")
            .Append("""<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""")
            .Append("""<Default Extension="xml" ContentType="application/xml"/>""");
        void Add(string part, string type) => builder.Append(CultureInfo.InvariantCulture, $"""<Override PartName="{part}" ContentType="{type}"/>""");
        Add("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        Add("/xl/workbook.xml", PartType + "sheet.main+xml");
        Add("/xl/styles.xml", PartType + "styles+xml");
        for (var number = 1; number <= _sheets.Count; number++)
        {
            Add($"/xl/worksheets/sheet{number}.xml", PartType + "worksheet+xml");
            if (_sheets[number - 1].HasChart)
            {
                Add($"/xl/drawings/drawing{number}.xml", DrawingPartType + "drawing+xml");
                Add($"/xl/charts/chart{number}.xml", DrawingPartType + "drawingml.chart+xml");
            }
        }

        return builder.Append("</Types>").ToString();
    }

    private static string Relationships(IReadOnlyList<(string Type, string Target)> relations) =>
        $"""<Relationships xmlns="{PackageRelationNamespace}">"""
        + string.Concat(relations.Select((relation, index) => $"""<Relationship Id="rId{index + 1}" Type="{relation.Type}" Target="{relation.Target}"/>"""))
        + "</Relationships>";

    private void WritePart(string path, string xml)
    {
        using var part = Open(path);
        part.Write(xml);
    }

    private XlsxPart Open(string path)
    {
        var part = new XlsxPart(_zip.CreateEntry(path, Level).Open());
        part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"""u8);
        return part;
    }

    /// <summary>A, B … Z, AA …</summary>
    private static string ColumnName(int index) =>
        (index < 26 ? "" : ColumnName((index / 26) - 1)) + (char)('A' + (index % 26));

    /// <param name="TableRange">Null where it is no table.</param>
    /// <param name="Titles">What each printed page of a table repeats.</param>
    private sealed record WrittenSheet(string Name, string? TableRange, string Titles, bool HasChart);
}

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Campaign.Modules.TargetLists;

/// <summary>How a cell looks: the index of its format in the workbook's style sheet.</summary>
internal enum CellStyle
{
    Default,
    Header,
    HeaderRight,
    Text,
    WrappedText,
    Whole,
    Score,
    Number,
    Money,
    Date,
    Absent,
    Title,
    Label,
    Warning,
    FactWhole,
    FactScore,
    FactDate,
    InputText,
    InputDate,
    InputNumber,
}

internal static class XlsxStyles
{
    private const uint DateFormat = 164;
    private const uint TextFormat = 49;
    private const uint WholeFormat = 3;
    private const uint DecimalsFormat = 2;
    private const uint MoneyFormat = 4;

    private static readonly Cell[] Cells =
    [
        new(CellStyle.Default),
        new(CellStyle.Header, Font: 1, Fill: 2, Border: 1, Format: TextFormat, Wrap: true, Indent: 1),
        new(CellStyle.HeaderRight, Font: 1, Fill: 2, Border: 1, Format: TextFormat, Wrap: true, Indent: 2, Side: HorizontalAlignmentValues.Right),
        new(CellStyle.Text, Format: TextFormat, Indent: 1),
        new(CellStyle.WrappedText, Format: TextFormat, Wrap: true, Indent: 1),
        new(CellStyle.Whole, Format: WholeFormat),
        new(CellStyle.Score, Format: DecimalsFormat),
        new(CellStyle.Number),
        new(CellStyle.Money, Format: MoneyFormat),
        new(CellStyle.Date, Format: DateFormat),
        new(CellStyle.Absent, Font: 5, Format: TextFormat, Side: HorizontalAlignmentValues.Right),
        new(CellStyle.Title, Font: 2, Format: TextFormat),
        new(CellStyle.Label, Font: 3, Format: TextFormat, Wrap: true),
        new(CellStyle.Warning, Font: 4, Format: TextFormat, Wrap: true, Indent: 1),
        new(CellStyle.FactWhole, Format: WholeFormat, Indent: 1),
        new(CellStyle.FactScore, Format: DecimalsFormat, Indent: 1),
        new(CellStyle.FactDate, Format: DateFormat, Indent: 1),
        new(CellStyle.InputText, Fill: 3, Border: 2, Format: TextFormat, Indent: 1, Unlocked: true),
        new(CellStyle.InputDate, Fill: 3, Border: 2, Format: DateFormat, Unlocked: true),
        new(CellStyle.InputNumber, Fill: 3, Border: 2, Format: MoneyFormat, Unlocked: true),
    ];

    public static string ToXml() => new Stylesheet(
        new NumberingFormats(new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy-mm-dd" }) { Count = 1 },
        new Fonts(
            TextFont(11, null, bold: false),
            TextFont(11, "FFFFFFFF", bold: true),
            TextFont(16, "FF12305F", bold: true),
            TextFont(11, "FF3A4657", bold: true),
            TextFont(11, "FFB3261E", bold: true),
            TextFont(11, "FF6B7785", bold: false))
        { Count = 6 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            SolidFill("FF12305F"),
            SolidFill("FFFFF8E1"))
        { Count = 4 },
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder(), new RightBorder(), new TopBorder(),
                new BottomBorder(new Color { Rgb = "FF12305F" }) { Style = BorderStyleValues.Medium }, new DiagonalBorder()),
            new Border(
                new LeftBorder(PaleEdge()) { Style = BorderStyleValues.Thin }, new RightBorder(PaleEdge()) { Style = BorderStyleValues.Thin },
                new TopBorder(PaleEdge()) { Style = BorderStyleValues.Thin }, new BottomBorder(PaleEdge()) { Style = BorderStyleValues.Thin }, new DiagonalBorder()))
        { Count = 3 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(Cells.OrderBy(cell => cell.Style).Select(cell => cell.ToFormat())) { Count = (uint)Cells.Length },
        new CellStyles(new DocumentFormat.OpenXml.Spreadsheet.CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 })
        .OuterXml;

    private static Color PaleEdge() => new() { Rgb = "FFE3D9B4" };

    private static Font TextFont(double size, string? colour, bool bold)
    {
        var font = new Font();
        if (bold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size });
        if (colour is not null)
        {
            font.Append(new Color { Rgb = colour });
        }

        font.Append(new FontName { Val = "Calibri" });
        return font;
    }

    private static Fill SolidFill(string colour) =>
        new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private sealed record Cell(
        CellStyle Style, uint Font = 0, uint Fill = 0, uint Border = 0, uint Format = 0, bool Wrap = false, uint Indent = 0,
        HorizontalAlignmentValues? Side = null, bool Unlocked = false)
    {
        public CellFormat ToFormat()
        {
            var format = new CellFormat
            {
                FontId = Font,
                FillId = Fill,
                BorderId = Border,
                NumberFormatId = Format,
                ApplyFont = Font != 0,
                ApplyFill = Fill != 0,
                ApplyBorder = Border != 0,
                ApplyNumberFormat = Format != 0,
                ApplyAlignment = true,
                ApplyProtection = Unlocked,
            };
            var alignment = new Alignment { Vertical = Fill == 2 ? VerticalAlignmentValues.Center : VerticalAlignmentValues.Top, WrapText = Wrap };
            if (Indent > 0 || Side is not null)
            {
                // Text keeps off the number in the column before, a header on the right off the filter's arrow.
                alignment.Horizontal = Side ?? HorizontalAlignmentValues.Left;
                alignment.Indent = Indent;
            }

            format.Append(alignment);
            if (Unlocked)
            {
                format.Append(new Protection { Locked = false });
            }

            return format;
        }
    }
}

using System.Globalization;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>Writes the rows of one sheet as UTF-8, cell by cell, without a text in between.</summary>
/// <param name="part">The sheet, open at its rows.</param>
/// <param name="columnNames">One a column: A, B and so on.</param>
internal sealed class XlsxRowWriter(XlsxPart part, IReadOnlyList<XlsxColumn> columns, string[] columnNames)
{
    private const int PointsALine = 15;
    private const int MostLines = 20;

    /// <summary>Of a text, compared with the digits that widths are counted in.</summary>
    private const double LettersInDigit = 1.1;

    /// <summary>The room that the filter's arrow takes from a header, in characters.</summary>
    private const int FilterArrow = 3;

    private static readonly CellMarkup[] Markup = [.. Enum.GetValues<CellStyle>().Select(CellMarkup.Of)];

    private readonly byte[][] _starts = [.. columnNames.Select(name => Encoding.UTF8.GetBytes($"<c r=\"{name}"))];
    private readonly double[] _widths = [.. columns.Select(column => column.Width)];

    /// <param name="number">Of the row, from 1.</param>
    /// <param name="cells">One a column.</param>
    public void Write(int number, XlsxValue[] cells)
    {
        Span<byte> digits = stackalloc byte[10];
        number.TryFormat(digits, out var digitCount, default, CultureInfo.InvariantCulture);
        digits = digits[..digitCount];
        part.Write("<row r=\""u8);
        part.Write(digits);
        var lineCount = LineCount(cells);
        if (lineCount > 1)
        {
            part.Write("\" customHeight=\"1\" ht=\""u8);
            part.Write(lineCount * PointsALine);
        }

        part.Write("\">"u8);
        for (var column = 0; column < cells.Length; column++)
        {
            ref readonly var cell = ref cells[column];
            if (cell.Text is "" && cell.Style < CellStyle.InputText)
            {
                continue;
            }

            part.Write(_starts[column]);
            part.Write(digits);
            var markup = Markup[(int)cell.Style];
            if (cell.Text is null)
            {
                part.Write(markup.Number);
                part.Write(cell.Number);
                part.Write("</v></c>"u8);
            }
            else if (cell.Text.Length == 0)
            {
                part.Write(markup.Blank);
            }
            else
            {
                part.Write(XlsxText.NeedsSpacePreserved(cell.Text) ? markup.SpacedText : markup.Text);
                part.WriteText(cell.Text);
                part.Write("</t></is></c>"u8);
            }
        }

        part.Write("</row>"u8);
    }

    /// <summary>The lines that the row's longest wrapped text needs: programs do not make a row higher by themselves.</summary>
    private int LineCount(XlsxValue[] cells)
    {
        var lineCount = 1;
        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column].Style is CellStyle.WrappedText or CellStyle.Header or CellStyle.HeaderRight && cells[column].Text is { } text)
            {
                var room = cells[column].Style == CellStyle.WrappedText ? text.Length / LettersInDigit : text.Length + FilterArrow;
                lineCount = Math.Max(lineCount, (int)Math.Ceiling(room / _widths[column]));
            }
        }

        return Math.Min(lineCount, MostLines);
    }

    /// <summary>What stands between a cell's place and its content, in UTF-8.</summary>
    private sealed record CellMarkup(byte[] Number, byte[] Text, byte[] SpacedText, byte[] Blank)
    {
        public static CellMarkup Of(CellStyle style)
        {
            byte[] After(string markup) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\" s=\"{(int)style}\"{markup}"));
            return new(After("><v>"), After(" t=\"inlineStr\"><is><t>"), After(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"), After("/>"));
        }
    }
}

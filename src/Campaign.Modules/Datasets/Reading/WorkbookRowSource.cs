using System.Globalization;
using System.Text;
using System.Xml;
using Campaign.Learning;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>A sheet of a workbook.</summary>
/// <param name="RowCount">Rows with or without values, header included.</param>
public sealed record SheetInfo(string Name, bool IsHidden, int RowCount);

/// <summary>The rows of one sheet. Numbers in the shortest form that reads back, dates as 2024-02-29, errors and empty cells as nothing.</summary>
internal sealed class WorkbookRowSource : RowSource
{
    private readonly IExcelDataReader reader;
    private byte[][] cells = [];
    private int cellCount;

    static WorkbookRowSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public WorkbookRowSource(string path, string sheet)
    {
        reader = Guarded(() => ExcelReaderFactory.CreateOpenXmlReader(File.OpenRead(path)));
        while (reader.Name != sheet)
        {
            if (!Guarded(reader.NextResult))
            {
                throw new InvalidDataException("The workbook has no such sheet.");
            }
        }
    }

    public override int CellCount => cellCount;

    public override int ByteCount => cells.Take(cellCount).Max(cell => cell.Length);

    public override int Line => reader.Depth + 1;

    public static IReadOnlyList<SheetInfo> Sheets(string path)
    {
        using var reader = Guarded(() => ExcelReaderFactory.CreateOpenXmlReader(File.OpenRead(path)));
        List<SheetInfo> sheets = [];
        do
        {
            sheets.Add(new(reader.Name, reader.VisibleState != "visible", reader.FieldCount > 0 ? reader.RowCount : 0));
        }
        while (Guarded(reader.NextResult));
        return sheets;
    }

    public override double ShareRead => Math.Min(1, (double)(reader.Depth + 1) / Math.Max(1, reader.RowCount));

    public override bool Read()
    {
        if (!Guarded(reader.Read))
        {
            return false;
        }

        if (cells.Length < reader.FieldCount)
        {
            cells = new byte[reader.FieldCount][];
        }

        cellCount = reader.FieldCount;
        for (var i = 0; i < cellCount; i++)
        {
            cells[i] = Utf8(reader.GetValue(i));
        }

        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => cells[column];

    public override void Dispose() => reader.Dispose();

    private static byte[] Utf8(object? value) => value switch
    {
        null => [],
        string text => Encoding.UTF8.GetBytes(text),
        double number when Math.Abs(number) < 1e15 && number == Math.Truncate(number) => Encoding.ASCII.GetBytes(((long)number).ToString(CultureInfo.InvariantCulture)),
        DateTime { TimeOfDay.Ticks: 0 } date => Encoding.ASCII.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTime time => Encoding.ASCII.GetBytes(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        bool flag => flag ? "TRUE"u8.ToArray() : "FALSE"u8.ToArray(),
        IFormattable other => Encoding.UTF8.GetBytes(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => [],
    };

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is XmlException or ExcelReaderException or InvalidDataException or FormatException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException or OverflowException)
        {
            // The reader meets a broken workbook with whatever its code runs into; all of it means the same to the person.
            throw new RefusedException("The workbook is damaged: a part of it can't be read. Open it in Excel, save it again as an Excel workbook (.xlsx) and send that.");
        }
    }
}

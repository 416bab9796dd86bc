using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace Campaign.Learning.Columns;

/// <summary>
/// A dataset's typed columns, mapped read-only from the folder that <see cref="ColumnTableWriter"/> wrote: parsed once, never again.
/// Column-major; spans stay valid until the table is disposed or <see cref="Unmap"/>. Safe for reading from several threads.
/// </summary>
public sealed unsafe class ColumnTable : IDisposable
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    private readonly TableFile file;
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Mapping> mappings = new(StringComparer.Ordinal);
    private bool disposed;

    private ColumnTable(string folder, TableFile file)
    {
        this.file = file;
        Columns = [.. file.Columns.Select(column => new ColumnInfo(column.Name, column.Kind, column.Categories, column.MissingCount))];
        try
        {
            for (var i = 0; i < file.Columns.Count; i++)
            {
                var column = file.Columns[i];
                positions.Add(column.Name, i);
                if (!mappings.TryGetValue(column.File, out var mapping))
                {
                    mappings.Add(column.File, mapping = new Mapping(Path.Combine(folder, column.File)));
                }

                var cellBytes = column.Kind == ColumnKind.Text ? ((long)file.RowCount + 1) * sizeof(long) : (long)file.RowCount * sizeof(int);
                if (column.Offset < 0 || column.Offset + cellBytes > mapping.Length || column.TextOffset + column.TextLength > mapping.Length)
                {
                    throw new InvalidDataException($"Column file {column.File} is shorter than {TableFile.FileName} says.");
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Maps the columns in <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidDataException">The folder was written by another format version, or a file in it is cut off.</exception>
    public static ColumnTable Open(string folder) => new(folder, TableFile.Read(folder));

    /// <summary>Data rows, the same for every column; at least 0.</summary>
    public int RowCount => file.RowCount;

    /// <summary>The columns in the file's order; names are unique.</summary>
    public IReadOnlyList<ColumnInfo> Columns { get; }

    /// <summary>The position of the column with exactly this name; -1 where there is none.</summary>
    public int IndexOf(string name) => positions.GetValueOrDefault(name, -1);

    /// <summary>The cells of a <see cref="ColumnKind.Number"/> or <see cref="ColumnKind.Date"/> column, one a row; NaN is missing.</summary>
    public ReadOnlySpan<float> Numbers(int column) => new(Cells(column, Columns[column].Kind == ColumnKind.Date ? ColumnKind.Date : ColumnKind.Number), RowCount);

    /// <summary>The cells of a <see cref="ColumnKind.Category"/> column, one a row; -1 is missing.</summary>
    public ReadOnlySpan<int> Codes(int column) => new(Cells(column, ColumnKind.Category), RowCount);

    /// <summary>One cell of a <see cref="ColumnKind.Text"/> column as UTF-8; empty is missing.</summary>
    public ReadOnlySpan<byte> Utf8(int column, int row)
    {
        var offsets = new ReadOnlySpan<long>(Cells(column, ColumnKind.Text), RowCount + 1);
        var layout = file.Columns[column];
        var start = offsets[row];
        return new(mappings[layout.File].Start + layout.TextOffset + start, checked((int)(offsets[row + 1] - start)));
    }

    /// <summary>One cell as text, of any kind of column (numbers in the shortest form that reads back, dates as 2024-02-29); null is missing.</summary>
    public string? Text(int column, int row)
    {
        switch (Columns[column].Kind)
        {
            case ColumnKind.Number:
                var number = Numbers(column)[row];
                return float.IsNaN(number) ? null : NumberText(number);
            case ColumnKind.Date:
                var days = Numbers(column)[row];
                return float.IsNaN(days) ? null : DateText(days);
            case ColumnKind.Category:
                var code = Codes(column)[row];
                return code < 0 ? null : Columns[column].Categories[code];
            default:
                var utf8 = Utf8(column, row);
                return utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
        }
    }

    /// <summary>The shortest digits that read back as the same float; without an exponent from 0.00001 up to 10^15.</summary>
    public static string NumberText(float number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var size = MathF.Abs(number);
        return text.Contains('E', StringComparison.Ordinal) && size is >= 1e-5f and < 1e15f
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>A day as 2024-02-29.</summary>
    /// <param name="days">Whole days since 1970-01-01, within the years 1 to 9999.</param>
    public static string DateText(float days) =>
        DateOnly.FromDayNumber(Epoch + (int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day as <see cref="ColumnKind.Date"/> keeps it.</summary>
    public static float DateNumber(DateOnly day) => day.DayNumber - Epoch;

    /// <summary>
    /// Gives back the memory that the columns take while they are mapped; the next read maps them again. No span from before is valid
    /// afterwards, and nobody may read meanwhile.
    /// </summary>
    public void Unmap()
    {
        foreach (var mapping in mappings.Values)
        {
            mapping.Dispose();
        }
    }

    public void Dispose()
    {
        disposed = true;
        Unmap();

        mappings.Clear();
    }

    private byte* Cells(int column, ColumnKind kind)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var layout = file.Columns[column];
        return layout.Kind == kind
            ? mappings[layout.File].Start + layout.Offset
            : throw new InvalidOperationException($"Column {column} holds {layout.Kind}, not {kind}.");
    }

    private sealed class Mapping(string path) : IDisposable
    {
        private readonly Lock gate = new();
        private MemoryMappedFile? file;
        private MemoryMappedViewAccessor? view;
        private nint start;

        /// <summary>Maps the file where it is not mapped.</summary>
        public byte* Start => Volatile.Read(ref start) is var mapped && mapped != 0 ? (byte*)mapped : Map();

        public long Length { get; } = new FileInfo(path).Length;

        public void Dispose()
        {
            if (view is not null)
            {
                Volatile.Write(ref start, 0);
                view.SafeMemoryMappedViewHandle.ReleasePointer();
                view.Dispose();
                file!.Dispose();
                view = null;
            }
        }

        private byte* Map()
        {
            lock (gate)
            {
                if (start == 0 && Length > 0)
                {
                    file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
                    view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
                    byte* mapped = null;
                    view.SafeMemoryMappedViewHandle.AcquirePointer(ref mapped);
                    Volatile.Write(ref start, (nint)(mapped + view.PointerOffset));
                }

                return (byte*)start;
            }
        }
    }
}

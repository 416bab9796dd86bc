namespace Campaign.Modules.Datasets.Reading;

/// <summary>A file's rows one after the other, header and title lines included, cells as UTF-8. Spans stay valid until the next row.</summary>
internal abstract class RowSource : IDisposable
{
    public const int CellByteLimit = 32_767;

    /// <param name="reject">Takes a row that is no row at all (broken quoting); null refuses the file instead.</param>
    public static RowSource Open(string path, FileDialect dialect, Action<RejectedRow>? reject) => dialect.Format == FileFormat.Csv
        ? new CsvRowSource(path, dialect, reject)
        : new WorkbookRowSource(path, dialect.Sheet!);

    public abstract bool Read();

    public abstract int CellCount { get; }

    public abstract ReadOnlySpan<byte> Cell(int column);

    /// <summary>At least the length of the row's longest cell.</summary>
    public abstract int ByteCount { get; }

    /// <summary>Where the row begins in the file, from 1.</summary>
    public abstract int Line { get; }

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public abstract double ShareRead { get; }

    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < CellCount; i++)
            {
                if (!CellText.Trim(Cell(i)).IsEmpty)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public string[] TrimmedTexts()
    {
        var texts = new string[CellCount];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = System.Text.Encoding.UTF8.GetString(CellText.Trim(Cell(i)));
        }

        return texts;
    }

    public abstract void Dispose();
}

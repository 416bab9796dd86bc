using System.Runtime.InteropServices;
using System.Text;

namespace Campaign.Learning.Columns;

/// <summary>One column while it is written. Begins undecided unless a kind is demanded; a category that outgrows its dictionary goes on as text.</summary>
internal sealed class ColumnWriter
{
    private const int DictionaryByteLimit = 1 << 20;
    private readonly Dictionary<byte[], int> dictionary;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly string path;
    private readonly int bufferBytes;
    private readonly SpillFile cells;
    private SpillFile? text;
    private long dictionaryBytes;
    private ColumnKind? kind;
    private int rowCount;
    private int missingCount;

    public ColumnWriter(string name, ColumnKind? kind, string path, int bufferBytes)
    {
        Name = name;
        this.kind = kind;
        this.path = path;
        this.bufferBytes = bufferBytes;
        cells = new(path + ".cells", bufferBytes);
        dictionary = new(Utf8Comparer.Instance);
        lookup = dictionary.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public string Name { get; }

    /// <summary>A column taken for numbers met a text: what was written so far is useless and dropped.</summary>
    public bool TurnedToText { get; private set; }

    public bool TakesText => kind is ColumnKind.Category or ColumnKind.Text;

    public void AddNumbers(ReadOnlySpan<float> values)
    {
        if (TakesText)
        {
            throw new InvalidOperationException($"A number was given for a column of kind {kind}; its characters are needed.");
        }

        var missing = 0;
        foreach (var value in values)
        {
            missing += float.IsNaN(value) ? 1 : 0;
        }

        missingCount += missing;
        if (missing < values.Length)
        {
            kind ??= ColumnKind.Number;
        }

        rowCount += values.Length;
        if (!TurnedToText)
        {
            cells.Append(MemoryMarshal.AsBytes(values));
        }
    }

    public void AddText(ReadOnlySpan<byte> utf8)
    {
        if (kind is null)
        {
            DecideCategory();
        }

        switch (kind)
        {
            case ColumnKind.Number or ColumnKind.Date:
                TurnedToText = true;
                cells.Delete();
                AddMissing();
                break;
            case ColumnKind.Category:
                AddCategory(utf8);
                break;
            default:
                AppendText(utf8);
                break;
        }
    }

    public void AddMissing()
    {
        missingCount++;
        if (kind == ColumnKind.Category)
        {
            Append(-1);
        }
        else if (kind == ColumnKind.Text)
        {
            Append(TextFile.Length);
        }
        else
        {
            Append(float.NaN);
        }
    }

    /// <summary>Cells as they will be read, appended to <paramref name="data"/>; the writer's own files are gone afterwards.</summary>
    public ColumnLayout MoveTo(FileStream data, string dataFileName)
    {
        var categories = dictionary.Keys.Select(Encoding.UTF8.GetString).ToArray();
        var order = Enumerable.Range(0, categories.Length).OrderBy(code => categories[code], StringComparer.Ordinal).ToArray();
        var newCodes = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            newCodes[order[i]] = i;
        }

        var offset = Align(data);
        var finalKind = TurnedToText ? ColumnKind.Number : kind ?? ColumnKind.Number;
        if (TurnedToText)
        {
            WriteAllMissing(data);
        }
        else if (finalKind == ColumnKind.Category)
        {
            cells.Read(piece => Recode(piece.Span, newCodes));
        }
        else
        {
            cells.Read(piece => data.Write(piece.Span));
        }

        long textOffset = 0, textLength = 0;
        if (finalKind == ColumnKind.Text)
        {
            textLength = TextFile.Length;
            data.Write(MemoryMarshal.AsBytes([textLength]));
            textOffset = Align(data);
            TextFile.Read(piece => data.Write(piece.Span));
        }

        Delete();
        var missing = TurnedToText ? rowCount : missingCount;
        return new(Name, finalKind, [.. order.Select(code => categories[code])], missing, dataFileName, offset, textOffset, textLength);

        void Recode(Span<byte> piece, int[] codes)
        {
            foreach (ref var code in MemoryMarshal.Cast<byte, int>(piece))
            {
                code = code < 0 ? -1 : codes[code];
            }

            data.Write(piece);
        }
    }

    public void Delete()
    {
        cells.Delete();
        text?.Delete();
    }

    private SpillFile TextFile => text ??= new SpillFile(path + ".text", bufferBytes);

    private static long Align(FileStream data)
    {
        Span<byte> padding = stackalloc byte[64];
        padding.Clear();
        data.Write(padding[..(int)((64 - (data.Position % 64)) % 64)]);
        return data.Position;
    }

    private void DecideCategory()
    {
        kind = ColumnKind.Category;
        RewriteCells(_ => BitConverter.GetBytes(-1));
    }

    private void AddCategory(ReadOnlySpan<byte> utf8)
    {
        if (!lookup.TryGetValue(utf8, out var code))
        {
            if (dictionary.Count == ColumnTableWriter.CategoryLimit || dictionaryBytes + utf8.Length > DictionaryByteLimit)
            {
                BecomeText();
                AppendText(utf8);
                return;
            }

            code = dictionary.Count;
            dictionaryBytes += utf8.Length;
            lookup[utf8] = code;
        }

        Append(code);
    }

    private void BecomeText()
    {
        kind = ColumnKind.Text;
        var texts = dictionary.Keys.ToArray();
        RewriteCells(code =>
        {
            var position = TextFile.Length;
            if (code >= 0)
            {
                TextFile.Append(texts[code]);
            }

            return BitConverter.GetBytes(position);
        });
        dictionary.Clear();
    }

    private void AppendText(ReadOnlySpan<byte> utf8)
    {
        Append(TextFile.Length);
        TextFile.Append(utf8);
    }

    /// <summary>Puts each 32-bit cell written so far into the form of the column's new kind.</summary>
    private void RewriteCells(Func<int, byte[]> rewrite)
    {
        var rewritten = new SpillFile(path + ".rewritten", bufferBytes);
        cells.Read(piece =>
        {
            foreach (var cell in MemoryMarshal.Cast<byte, int>(piece.Span))
            {
                rewritten.Append(rewrite(cell));
            }
        });
        cells.Delete();
        rewritten.Read(piece => cells.Append(piece.Span));
        rewritten.Delete();
    }

    private void WriteAllMissing(FileStream data)
    {
        for (var row = 0; row < rowCount; row++)
        {
            data.Write(MemoryMarshal.AsBytes([float.NaN]));
        }
    }

    private void Append<T>(T cell)
        where T : unmanaged
    {
        rowCount++;
        if (!TurnedToText)
        {
            cells.AppendCell(cell);
        }
    }
}

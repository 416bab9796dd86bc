using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What the characters of one cell mean: missing, or something. Cells are UTF-8.</summary>
internal static class CellText
{
    private const int MarkerLength = 13;

    private static readonly HashSet<string> MissingMarkers = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "#N/A", "<NA>", "NULL", "NAN", "-NAN", "-", "--", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Markers = MissingMarkers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Without white space at either end, no-break spaces included.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty || (cell[0] is > (byte)' ' and not 0xC2 && cell[^1] is > (byte)' ' and not 0xA0) ? cell : TrimEnds(cell);

    /// <summary>Blank, or one of the marks that people and spreadsheets leave in place of a value.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> trimmed) => trimmed.IsEmpty || TryMarker(trimmed, out _);

    /// <summary>One of the marks that stand in place of a value.</summary>
    /// <param name="marker">The mark in upper case.</param>
    public static bool TryMarker(ReadOnlySpan<byte> trimmed, out string marker)
    {
        marker = "";
        if (trimmed.Length is 0 or > MarkerLength || !CouldBeMarker(trimmed) || !Ascii.IsValid(trimmed))
        {
            return false;
        }

        Span<char> text = stackalloc char[MarkerLength];
        if (!Markers.TryGetValue(text[..Encoding.ASCII.GetChars(trimmed, text)], out var found))
        {
            return false;
        }

        marker = found;
        return true;
    }

    /// <summary>At most 200 characters, for the person who sent the file.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text);
        return value.Length > 200 ? value[..200] : value;
    }

    /// <summary>By its first two characters, so that words like 'normal' need no look-up.</summary>
    private static bool CouldBeMarker(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'N' or (byte)'n' => text.Length > 1 && text[1] is ((byte)'A' or (byte)'a' or (byte)'/' or (byte)'U' or (byte)'u'),
        (byte)'-' => text.Length == 1 || text[1] is (byte)'-' or (byte)'N' or (byte)'n',
        (byte)'#' or (byte)'<' => true,
        _ => false,
    };

    private static ReadOnlySpan<byte> TrimEnds(ReadOnlySpan<byte> cell)
    {
        while (!cell.IsEmpty && (cell[0] <= ' ' || cell is [0xC2, 0xA0, ..]))
        {
            cell = cell[(cell[0] <= ' ' ? 1 : 2)..];
        }

        while (!cell.IsEmpty && (cell[^1] <= ' ' || cell is [.., 0xC2, 0xA0]))
        {
            cell = cell[..^(cell[^1] <= ' ' ? 1 : 2)];
        }

        return cell;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Campaign.Learning.Columns;

/// <summary>
/// <c>table.json</c>: what lies where in a table's folder. Cells are little-endian and start at multiples of 64 bytes. Replacing columns
/// writes a further data file and then this file anew, by a rename: a reader sees the old table or the new one.
/// </summary>
internal sealed record TableFile(int FormatVersion, int Revision, int RowCount, IReadOnlyList<ColumnLayout> Columns)
{
    public const string FileName = "table.json";
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static TableFile Read(string folder) => FromJson(File.ReadAllText(Path.Combine(folder, FileName)));

    public static TableFile FromJson(string json)
    {
        var file = JsonSerializer.Deserialize<TableFile>(json, Json);
        return file is { FormatVersion: CurrentFormat }
            ? file
            : throw new InvalidDataException($"{FileName} has format {file?.FormatVersion}; this version reads {CurrentFormat}.");
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Write(string folder)
    {
        var temporary = Path.Combine(folder, FileName + ".new");
        using (var stream = File.Create(temporary))
        {
            JsonSerializer.Serialize(stream, this, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(folder, FileName), overwrite: true);
    }
}

/// <summary>One column's place. For text, <paramref name="Offset"/> is that of row count + 1 64-bit positions in the bytes at <paramref name="TextOffset"/>.</summary>
internal sealed record ColumnLayout(
    string Name, ColumnKind Kind, IReadOnlyList<string> Categories, int MissingCount, string File, long Offset, long TextOffset, long TextLength);

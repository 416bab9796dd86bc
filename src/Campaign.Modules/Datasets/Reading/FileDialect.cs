using System.Globalization;
using System.Text.Json.Serialization;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

[JsonConverter(typeof(JsonStringEnumConverter<FileFormat>))]
public enum FileFormat
{
    Csv,
    Xlsx,
}

/// <summary>How a file was read; kept with the dataset so that the same bytes are read the same way again.</summary>
/// <param name="Encoding">Of a CSV: one of <see cref="TextEncodings.Names"/>. Of a workbook: empty.</param>
/// <param name="Delimiter">Of a CSV; a comma for a workbook, where it means nothing.</param>
/// <param name="Sheet">The workbook's sheet that was read; null for a CSV.</param>
/// <param name="HeaderRecord">Records above the header: title lines, a <c>sep=</c> line. Mostly 0.</param>
/// <param name="HeaderLine">The header's line in the file (row of the sheet), from 1.</param>
/// <param name="DecimalComma">Numbers are written 1.234,56 rather than 1,234.56.</param>
/// <param name="Remarks">What was put right or left aside on the way, one sentence each; no cell values.</param>
public sealed record FileDialect(
    FileFormat Format,
    string Encoding,
    char Delimiter,
    string? Sheet,
    int HeaderRecord,
    int HeaderLine,
    bool DecimalComma,
    IReadOnlyList<string> Remarks)
{
    /// <summary>The columns that are read as dates, by name, and how their dates are written; empty for datasets read before dates were.</summary>
    public IReadOnlyDictionary<string, DateForm> Dates { get; init; } = new Dictionary<string, DateForm>();

    /// <summary>What can separate the columns of a CSV.</summary>
    public static IReadOnlyList<char> Delimiters { get; } = [',', ';', '\t', '|'];

    /// <summary>For a person: 'commas'.</summary>
    public static string NameOf(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "vertical bars",
    };

    /// <summary>For a person: "CSV, UTF-8, separated by commas, header on line 1".</summary>
    public string Describe()
    {
        var comma = DecimalComma ? ", decimal comma" : "";
        return Format == FileFormat.Xlsx
            ? string.Create(CultureInfo.InvariantCulture, $"Excel workbook, sheet '{Sheet}', header in row {HeaderLine}{comma}")
            : string.Create(CultureInfo.InvariantCulture, $"CSV, {Encoding}, separated by {NameOf(Delimiter)}, header on line {HeaderLine}{comma}");
    }
}

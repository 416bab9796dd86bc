using System.Text.Json;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What was met while a file's rows were read, kept beside its columns for the pages that show it. No values but spellings of the recorded class.</summary>
/// <param name="Columns">One a column, in the file's order.</param>
/// <param name="Spellings">Of the recorded class; empty where none was known.</param>
/// <param name="SetAside">Title lines above the header and totals below the rows.</param>
public sealed record ReadingFacts(IReadOnlyList<ColumnReading> Columns, IReadOnlyList<LabelSpelling> Spellings, IReadOnlyList<SetAside> SetAside)
{
    private const string FileName = "reading.json";

    internal static ReadingFacts Of(DatasetReading reading) => new(reading.Columns, reading.Spellings, reading.SetAside);

    internal static ReadingFacts Load(string datasetFolder) =>
        JsonSerializer.Deserialize<ReadingFacts>(File.ReadAllBytes(Path.Combine(datasetFolder, FileName)), JsonSerializerOptions.Web)!;

    /// <summary>By a rename: a kill leaves the old ones or the new.</summary>
    internal void Save(string datasetFolder)
    {
        var path = Path.Combine(datasetFolder, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }
}

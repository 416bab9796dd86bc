using System.Text.Json;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>A dataset's quality report where it is kept, beside its columns.</summary>
internal static class QualityReportFile
{
    private const string FileName = "quality.json";

    /// <summary>Null while the checks have not ended.</summary>
    public static async Task<QualityReport?> ReadAsync(FileStore files, Guid datasetId, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(files.DatasetFolder(datasetId), FileName));
            return await JsonSerializer.DeserializeAsync<QualityReport>(file, JsonSerializerOptions.Web, cancellation);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning.Profiles;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>The profiles of the datasets: <c>profile.json</c> in each one's folder.</summary>
public sealed class DatasetProfiles(FileStore files)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Null while the file is still being looked at.</summary>
    public async Task<DatasetProfile?> LoadAsync(Guid datasetId, CancellationToken cancellation = default)
    {
        var path = PathOf(datasetId);
        if (!File.Exists(path))
        {
            return null;
        }

        await using var stream = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<DatasetProfile>(stream, Json, cancellation);
    }

    internal string PathOf(Guid datasetId) => Path.Combine(files.DatasetFolder(datasetId), "profile.json");
}

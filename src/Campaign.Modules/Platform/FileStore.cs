namespace Campaign.Modules.Platform;

/// <summary>
/// The folder that holds everything which is not in the database: uploaded bytes, typed columns, model runs, lists, keys, the trail's head.
/// Paths are made from ids of our own only, never from a name a person typed.
/// </summary>
public sealed class FileStore(string root)
{
    public string Root { get; } = Directory.CreateDirectory(root).FullName;

    public string DatasetFolder(Guid datasetId) => Path.Combine(Root, "datasets", datasetId.ToString("N"));

    public string RunFolder(Guid modelRunId) => Path.Combine(Root, "runs", modelRunId.ToString("N"));

    public string ListFolder(Guid targetListId) => Path.Combine(Root, "lists", targetListId.ToString("N"));

    public string KeysFolder => Path.Combine(Root, "keys");

    public string TrailFolder => Path.Combine(Root, "trail");

    /// <summary>A new empty folder on the same file system as its final place, so that a rename makes its content appear whole or not at all.</summary>
    public string NewStagingFolder() => Directory.CreateDirectory(Path.Combine(Root, "staging", Guid.NewGuid().ToString("N"))).FullName;
}

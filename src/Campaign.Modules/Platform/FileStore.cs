namespace Campaign.Modules.Platform;

/// <summary>
/// The folder that holds everything which is not in the database: uploaded bytes, typed columns, model runs, lists, keys, the trail's head.
/// Paths are made from ids of our own only, never from a name a person typed.
/// </summary>
public sealed class FileStore(string root)
{
    public string Root { get; } = Open(root);

    public string DatasetFolder(Guid datasetId) => Path.Combine(Root, "datasets", datasetId.ToString("N"));

    public string RunFolder(Guid modelRunId) => Path.Combine(Root, "runs", modelRunId.ToString("N"));

    public string ListsFolder => Path.Combine(Root, "lists");

    public string SuppressionFolder(Guid suppressionListId) => Path.Combine(Root, "suppression", suppressionListId.ToString("N"));

    public string ListFolder(Guid targetListId) => Path.Combine(ListsFolder, targetListId.ToString("N"));

    public string KeysFolder => KeysIn(Root);

    /// <summary>Of a data folder that may not be there yet.</summary>
    public static string KeysIn(string root) => Path.Combine(root, "keys");

    public string TrailFolder => Path.Combine(Root, "trail");

    /// <summary>A new empty folder on the same file system as its final place, so that a rename makes its content appear whole or not at all.</summary>
    public string NewStagingFolder() => Directory.CreateDirectory(Path.Combine(Root, "staging", Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>
    /// Makes a job's staging folder appear as its result, just before the row that mentions it is saved. What is in the place already is from
    /// an earlier start of the same job that ended between this rename and that save.
    /// </summary>
    public static void MoveIntoPlace(string stagingFolder, string place)
    {
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(stagingFolder, place);
    }

    /// <summary>
    /// Removes a job's staging folder when this is disposed, unless it has been moved into its place: a job that fails, for want of space perhaps,
    /// or is cancelled leaves nothing behind.
    /// </summary>
    public static IDisposable RemovedAtEnd(string stagingFolder) => new Removal(stagingFolder);

    /// <summary>A folder that is not there yet is made for its owner alone; the rights of one that somebody made are left as they are.</summary>
    private static string Open(string root)
    {
        if (!Directory.Exists(root))
        {
            OwnerOnly.CreateFolder(root);
        }

        return Path.GetFullPath(root);
    }

    private sealed class Removal(string folder) : IDisposable
    {
        public void Dispose()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}

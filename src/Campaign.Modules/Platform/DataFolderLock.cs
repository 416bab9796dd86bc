using Campaign.Learning;

namespace Campaign.Modules.Platform;

/// <summary>Held by the one process that works on an embedded data folder; ends with the process, however that ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="RefusedException">Another process works on the folder.</exception>
    public static DataFolderLock Take(FileStore files)
    {
        try
        {
            return new(new FileStream(Path.Combine(files.Root, "campaign.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new RefusedException(
                $"Another Campaign is already working on the data folder {files.Root}. Stop it, or choose another folder with --data.");
        }
    }

    public void Dispose() => _file.Dispose();
}

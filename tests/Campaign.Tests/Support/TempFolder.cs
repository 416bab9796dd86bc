namespace Campaign.Tests.Support;

/// <summary>An empty folder that is removed with all its content.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("campaign-test-").FullName;

    public string Combine(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A file still open on Windows: the machine's own clean-up of temporary folders takes it.
        }
    }
}

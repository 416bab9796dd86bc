using Campaign.Learning;

namespace Campaign.Web.CommandLine;

/// <summary>One output file, whole or not at all: written beside its place and renamed by <see cref="Commit"/>.</summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _target;
    private readonly string _partial;

    /// <exception cref="RefusedException">The file can't be made there.</exception>
    public OutputFile(string path)
    {
        _target = Path.GetFullPath(path);
        _partial = $"{_target}.partial-{Guid.NewGuid():N}";
        try
        {
            Stream = File.Create(_partial, 1 << 16);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The file '{path}' can't be written: check that its folder exists and may be written to.");
        }
    }

    public FileStream Stream { get; }

    public void Commit()
    {
        Stream.Dispose();
        File.Move(_partial, _target, overwrite: true);
    }

    public void Dispose()
    {
        try
        {
            // Writes what it still holds, which fails on a full disk.
            Stream.Dispose();
        }
        finally
        {
            File.Delete(_partial);
        }
    }
}

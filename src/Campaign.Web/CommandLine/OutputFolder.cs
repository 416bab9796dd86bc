using Campaign.Learning;

namespace Campaign.Web.CommandLine;

/// <summary>
/// A command's output folder, all or nothing: files are written into a folder beside it and renamed into place by <see cref="Commit"/>.
/// Disposed without a commit, nothing is left.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string _target;
    private bool _committed;

    /// <exception cref="RefusedException">The folder exists and is not empty and may not be overwritten, or can't be made.</exception>
    public OutputFolder(string path, bool overwrite)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(_target))
        {
            throw new RefusedException($"The output '{path}' is a file, not a folder: name another folder with --out.");
        }

        if (!overwrite && Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any())
        {
            throw new RefusedException($"The output folder '{path}' is not empty: name another one with --out, or add --overwrite to replace it.");
        }

        Partial = $"{_target}.partial-{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The output folder '{path}' can't be made: check that its place exists and may be written to.");
        }
    }

    /// <summary>Where to write until the commit.</summary>
    public string Partial { get; }

    public string PathOf(string fileName) => Path.Combine(Partial, fileName);

    /// <summary>Puts the folder in its place. An old one is moved aside first, so that a crash between the two renames loses neither.</summary>
    public void Commit()
    {
        var old = $"{_target}.old-{Guid.NewGuid():N}";
        if (Directory.Exists(_target))
        {
            Directory.Move(_target, old);
        }

        Directory.Move(Partial, _target);
        _committed = true;
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    public void Dispose()
    {
        if (!_committed && Directory.Exists(Partial))
        {
            Directory.Delete(Partial, recursive: true);
        }
    }
}

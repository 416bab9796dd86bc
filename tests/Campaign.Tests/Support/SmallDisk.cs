using System.Diagnostics;
using Xunit;

namespace Campaign.Tests.Support;

/// <summary>A test that needs a disk of its own; it is skipped, with the reason, where none can be mounted.</summary>
public sealed class FactOnSmallDiskAttribute : FactAttribute
{
    public FactOnSmallDiskAttribute() => Skip = SmallDisk.WhyNot;
}

/// <summary>A file system of its own in memory, which a test can fill to the last page. Unmounted when disposed.</summary>
public sealed class SmallDisk : IDisposable
{
    public const int PageBytes = 4096;
    private const string FillerName = "filler";

    private static readonly Lazy<string?> Reason = new(FindWhyNot);
    private readonly TempFolder _folder = new();

    public SmallDisk(int megabytes)
    {
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "campaign-test", _folder.Path))
        {
            _folder.Dispose();
            throw new InvalidOperationException("A small disk could not be mounted.");
        }
    }

    /// <summary>Null where one can be mounted.</summary>
    public static string? WhyNot => Reason.Value;

    public string DataFolder => _folder.Combine("data");

    /// <summary>Takes all room but so many bytes, in whole pages.</summary>
    public void FillBut(long bytes)
    {
        Free();
        var length = new DriveInfo(_folder.Path).AvailableFreeSpace - bytes;
        using var filler = new FileStream(_folder.Combine(FillerName), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = length });
        filler.SetLength(length);
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(_folder.Combine(FillerName));

    public void Dispose()
    {
        // Lazily: a file of the database may still be open.
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static string? FindWhyNot()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Only root on Linux can mount a disk of its own.";
        }

        try
        {
            using var tried = new SmallDisk(1);
            return null;
        }
        catch (InvalidOperationException)
        {
            return "Mounting a disk is not allowed on this machine.";
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

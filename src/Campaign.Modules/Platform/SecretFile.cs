using System.Security.Cryptography;

namespace Campaign.Modules.Platform;

/// <summary>A secret in a file that only its owner may read.</summary>
internal static class SecretFile
{
    private const int ByteCount = 32;

    /// <summary>As the other, for a secret of 32 random bytes.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        var secret = ReadOrCreate(path, () => RandomNumberGenerator.GetBytes(ByteCount));
        return secret.Length == ByteCount
            ? secret
            : throw new InvalidOperationException($"The key file {Path.GetFileName(path)} doesn't hold {ByteCount} bytes. Restore it from the backup of the data folder.");
    }

    /// <summary>Reads the secret; the first caller makes it, and of several first callers at once one wins for all.</summary>
    public static byte[] ReadOrCreate(string path, Func<byte[]> make)
    {
        if (!File.Exists(path))
        {
            OwnerOnly.CreateFolder(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Guid.NewGuid():N}";
            using (var stream = OwnerOnly.CreateFile(draft))
            {
                stream.Write(make());
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllBytes(path);
    }
}

/// <summary>Files and folders that other users of the machine can't open. On Windows the data folder's own permissions do that.</summary>
internal static class OwnerOnly
{
    /// <summary>With the folders above it that are not there.</summary>
    public static void CreateFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
        {
            CreateFolder(above);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}

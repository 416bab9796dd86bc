using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Http;

namespace Campaign.Modules.Datasets;

/// <summary>A file's bytes as they arrive: to disk and into their fingerprint in one pass.</summary>
internal static class FileBytes
{
    private const int BufferBytes = 1 << 20;
    private const long SpaceCheckBytes = 64 << 20;
    private const int LongestName = 300;

    /// <param name="path">Where they go; must not exist.</param>
    /// <param name="expectedBytes">As far as known, else 0: twice as much must be free, since the columns take about as much room again.</param>
    /// <exception cref="RefusedException">Too large, cut off on its way, or the disk is full.</exception>
    public static async Task<(string Fingerprint, long ByteCount)> StoreAsync(Stream content, string path, long expectedBytes, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (expectedBytes > UploadLimits.FileBytes)
        {
            throw TooLarge();
        }

        DiskSpace.Require(folder, expectedBytes * 2);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (filling, writing) = (new byte[BufferBytes], new byte[BufferBytes]);
        long byteCount = 0, checkedAt = 0;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var written = Task.CompletedTask;
        try
        {
            int read;
            while ((read = await ReadAsync(content, filling, cancellation)) > 0)
            {
                byteCount += read;
                if (byteCount > UploadLimits.FileBytes)
                {
                    throw TooLarge();
                }

                if (byteCount - checkedAt > SpaceCheckBytes)
                {
                    checkedAt = byteCount;
                    DiskSpace.Require(folder, 0);
                }

                await written;
                (filling, writing) = (writing, filling);
                var piece = writing.AsMemory(0, read);
                written = Task.WhenAll(Task.Run(() => hash.AppendData(piece.Span), cancellation), file.WriteAsync(piece, cancellation).AsTask());
            }

            await written;
        }
        finally
        {
            // The piece under way uses the buffers and the file until it is done, also where reading the next one failed.
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), byteCount);
    }

    /// <summary>The name a person knows the file by: without folders and control characters, at most 300 characters, never empty.</summary>
    public static string SafeName(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && rune.Value != 0xFFFD)).Trim();
        if (name.Length > LongestName)
        {
            var extension = Path.GetExtension(name);
            extension = extension.Length > 10 ? "" : extension;
            var kept = LongestName - extension.Length;
            name = name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + extension;
        }

        return name.Length > 0 ? name : "file";
    }

    /// <summary>What to tell of a request whose body could not be read to its end.</summary>
    public static RefusedException NotArrived(Exception fault) => fault is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        ? TooLarge()
        : new RefusedException("The file did not arrive whole: the connection was cut, or the request was not as long as it said. Nothing was saved; send the file again.");

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw NotArrived(fault);
        }
    }

    private static RefusedException TooLarge() =>
        new($"The file is larger than {UploadLimits.FileBytes >> 30} GB. Export fewer columns, or split it by customer.");
}

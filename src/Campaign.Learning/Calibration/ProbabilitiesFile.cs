using System.Runtime.InteropServices;

namespace Campaign.Learning.Calibration;

/// <summary>
/// <c>probabilities.bin</c>: little-endian; 8 bytes of text, then version and rows as 32-bit integers, then a 64-bit float a row: the
/// cross-fitted <see cref="CalibratedProbabilities.Probabilities"/>.
/// </summary>
public static class ProbabilitiesFile
{
    public const string FileName = "probabilities.bin";

    private const int Version = 1;
    private const int HeaderBytes = 16;

    private static ReadOnlySpan<byte> Magic => "CAMPPROB"u8;

    public static void Save(ReadOnlySpan<double> probabilities, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        file.Write(Magic);
        file.Write(MemoryMarshal.AsBytes([Version, probabilities.Length]));
        file.Write(MemoryMarshal.AsBytes(probabilities));
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">The file is not of this kind, of another version, or cut off.</exception>
    public static double[] Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> magic = stackalloc byte[8];
        Span<int> header = stackalloc int[2];
        file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.ReadAtLeast(MemoryMarshal.AsBytes(header), 8, throwOnEndOfStream: false);
        if (!magic.SequenceEqual(Magic) || header[0] != Version)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a probabilities file of version {Version}.");
        }

        if (file.Length != HeaderBytes + (8L * header[1]))
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is cut off or damaged.");
        }

        var probabilities = new double[header[1]];
        file.ReadExactly(MemoryMarshal.AsBytes(probabilities.AsSpan()));
        return probabilities;
    }
}

using System.Runtime.InteropServices;

namespace Campaign.Learning;

/// <summary>
/// <c>scores.bin</c>: little-endian; 8 bytes of text, then version, rows, repeats and folds as 32-bit integers, then by repeat a 32-bit
/// float of log-odds and a byte of fold a row, then a 32-bit float of in-sample log-odds a row. The mean is made again from the repeats.
/// </summary>
public static class OutOfFoldScoresFile
{
    public const string FileName = "scores.bin";

    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "CAMPSCOR"u8;

    public static void Save(OutOfFoldScores scores, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        file.Write(Magic);
        file.Write(MemoryMarshal.AsBytes([Version, scores.RowCount, scores.RepeatCount, scores.Folds.FoldCount]));
        for (var repeat = 0; repeat < scores.RepeatCount; repeat++)
        {
            file.Write(MemoryMarshal.AsBytes(scores.OfRepeat(repeat)));
            file.Write(scores.Folds.OfRepeat(repeat));
        }

        file.Write(MemoryMarshal.AsBytes(scores.InSampleLogOdds));
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">The file is not of this kind, of another version, or cut off.</exception>
    public static OutOfFoldScores Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> magic = stackalloc byte[8];
        Span<int> header = stackalloc int[4];
        file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.ReadAtLeast(MemoryMarshal.AsBytes(header), 16, throwOnEndOfStream: false);
        if (!magic.SequenceEqual(Magic) || header[0] != Version)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a scores file of version {Version}.");
        }

        var (rowCount, repeatCount) = (header[1], header[2]);
        if (file.Length != 24 + (5L * rowCount * repeatCount) + (4L * rowCount))
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is cut off or damaged.");
        }

        var logOdds = new float[repeatCount][];
        var folds = new byte[repeatCount][];
        for (var repeat = 0; repeat < repeatCount; repeat++)
        {
            logOdds[repeat] = new float[rowCount];
            folds[repeat] = new byte[rowCount];
            file.ReadExactly(MemoryMarshal.AsBytes(logOdds[repeat].AsSpan()));
            file.ReadExactly(folds[repeat]);
        }

        var inSample = new float[rowCount];
        file.ReadExactly(MemoryMarshal.AsBytes(inSample.AsSpan()));
        return new OutOfFoldScores(logOdds, CustomerFolds.Of(folds), inSample);
    }
}

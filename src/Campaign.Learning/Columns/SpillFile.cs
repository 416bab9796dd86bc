using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Campaign.Learning.Columns;

/// <summary>
/// Bytes of one column on their way to disk: a buffer, and a file that is open only while the buffer is emptied into it, so that a table
/// of thousands of columns holds no handles.
/// </summary>
internal sealed class SpillFile(string path, int capacity)
{
    private byte[] buffer = new byte[Math.Min(capacity, 4096)];
    private int used;
    private long spilled;

    public long Length => spilled + used;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (used + bytes.Length > buffer.Length && !MakeRoom(bytes.Length))
        {
            using var file = Open();
            file.Write(bytes);
            spilled += bytes.Length;
            return;
        }

        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    public void AppendCell<T>(T cell)
        where T : unmanaged
    {
        if (used + Unsafe.SizeOf<T>() <= buffer.Length)
        {
            Unsafe.WriteUnaligned(ref buffer[used], cell);
            used += Unsafe.SizeOf<T>();
        }
        else
        {
            Append(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref cell, 1)));
        }
    }

    /// <summary>Hands all bytes, in order, to <paramref name="take"/> in pieces whose length is a multiple of 4096 but for the last.</summary>
    public void Read(Action<Memory<byte>> take)
    {
        if (spilled > 0)
        {
            Flush();
            using var file = File.OpenRead(path);
            var piece = new byte[1 << 18];
            int count;
            while ((count = file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)) > 0)
            {
                take(piece.AsMemory(0, count));
            }
        }
        else if (used > 0)
        {
            take(buffer.AsMemory(0, used));
        }
    }

    public void Delete()
    {
        if (spilled > 0)
        {
            File.Delete(path);
        }

        spilled = 0;
        used = 0;
    }

    private bool MakeRoom(int byteCount)
    {
        if (buffer.Length < capacity && used + byteCount <= capacity)
        {
            Array.Resize(ref buffer, Math.Min(capacity, Math.Max(buffer.Length * 4, used + byteCount)));
            return true;
        }

        Flush();
        return byteCount <= buffer.Length;
    }

    private void Flush()
    {
        if (used > 0)
        {
            using var file = Open();
            file.Write(buffer.AsSpan(0, used));
            spilled += used;
            used = 0;
        }
    }

    private FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
}

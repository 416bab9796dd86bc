namespace Campaign.Learning.Columns;

/// <summary>
/// Bytes of one column on their way to disk: a buffer, and a file that is open only while the buffer is emptied into it, so that a table
/// of thousands of columns holds no handles.
/// </summary>
internal sealed class SpillFile(string path, int capacity)
{
    private byte[] _buffer = new byte[Math.Min(capacity, 4096)];
    private int _used;
    private long _spilled;

    public long Length => _spilled + _used;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > _buffer.Length && !MakeRoom(bytes.Length))
        {
            using var file = Open();
            file.Write(bytes);
            _spilled += bytes.Length;
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Hands all bytes, in order, to <paramref name="take"/> in pieces whose length is a multiple of 4096 but for the last.</summary>
    public void Read(Action<Memory<byte>> take)
    {
        if (_spilled > 0)
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
        else if (_used > 0)
        {
            take(_buffer.AsMemory(0, _used));
        }
    }

    public void Delete()
    {
        if (_spilled > 0)
        {
            File.Delete(path);
        }

        _spilled = 0;
        _used = 0;
    }

    private bool MakeRoom(int byteCount)
    {
        if (_buffer.Length < capacity && _used + byteCount <= capacity)
        {
            Array.Resize(ref _buffer, Math.Min(capacity, Math.Max(_buffer.Length * 4, _used + byteCount)));
            return true;
        }

        Flush();
        return byteCount <= _buffer.Length;
    }

    private void Flush()
    {
        if (_used > 0)
        {
            using var file = Open();
            file.Write(_buffer.AsSpan(0, _used));
            _spilled += _used;
            _used = 0;
        }
    }

    private FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
}

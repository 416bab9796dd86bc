using System.Globalization;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A part of a workbook on its way into the zip. Everything is formatted as UTF-8 straight into one buffer, so that a row allocates nothing.
/// </summary>
internal sealed class XlsxPart(Stream output) : IDisposable
{
    /// <summary>More than any number, name or piece of text that is written at once.</summary>
    private const int Room = 1 << 10;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _buffer.Length - _used)
        {
            Flush();
            if (utf8.Length > _buffer.Length)
            {
                output.Write(utf8);
                return;
            }
        }

        utf8.CopyTo(_buffer.AsSpan(_used));
        _used += utf8.Length;
    }

    public void Write(string markup) => Write(Encoding.UTF8.GetBytes(markup));

    public void Write(int number)
    {
        number.TryFormat(Free(), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>In the shortest digits that read back as the same number.</summary>
    public void Write(double number)
    {
        number.TryFormat(Free(), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>A cell's text, as <see cref="XlsxText"/> encodes it.</summary>
    public void WriteText(string text)
    {
        var rest = XlsxText.Held(text);
        while (!rest.IsEmpty)
        {
            // Not added to _used in one step: making room sets that to 0.
            var written = XlsxText.Encode(ref rest, Free());
            _used += written;
        }
    }

    public void Dispose()
    {
        Flush();
        output.Dispose();
    }

    private Span<byte> Free()
    {
        if (_buffer.Length - _used < Room)
        {
            Flush();
        }

        return _buffer.AsSpan(_used);
    }

    private void Flush()
    {
        output.Write(_buffer, 0, _used);
        _used = 0;
    }
}

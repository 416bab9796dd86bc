using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Campaign.EndToEndTests.Support;

/// <summary>The upload form as a browser sends it: the anti-forgery token, then the file, with a known length, in pieces of 64 KB.</summary>
/// <param name="onSent">Told the share sent, 0 to 1, after each piece; what it waits for holds the rest back.</param>
public sealed class CustomerFileForm : HttpContent
{
    private const string Boundary = "campaign-test-boundary";
    private const int PieceBytes = 64 << 10;

    private readonly byte[] _head;
    private readonly byte[] _tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
    private readonly byte[] _file;
    private readonly Func<double, CancellationToken, Task> _onSent;

    public CustomerFileForm(string token, byte[] file, Func<double, CancellationToken, Task> onSent)
    {
        _head = Encoding.UTF8.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"customers.csv\"\r\nContent-Type: text/csv\r\n\r\n");
        _file = file;
        _onSent = onSent;
        Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + Boundary);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head, cancellationToken);
        for (var sent = 0; sent < _file.Length;)
        {
            var length = Math.Min(PieceBytes, _file.Length - sent);
            await stream.WriteAsync(_file.AsMemory(sent, length), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            sent += length;
            await _onSent((double)sent / _file.Length, cancellationToken);
        }

        await stream.WriteAsync(_tail, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length + _file.Length + _tail.Length;
        return true;
    }
}

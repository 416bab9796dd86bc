using System.Globalization;
using System.Text;
using Campaign.Learning;
using CsvHelper;

namespace Campaign.Modules.Datasets.Reading;

internal sealed class CsvRowSource : RowSource
{
    /// <summary>Room for 20,000 columns of 400 characters; a longer record is a quote that was never closed, or one absurd cell.</summary>
    private const int RecordByteLimit = 8 << 20;

    private const string QuoteRemedy = "Inside a quoted value a quote is written twice; a value without quotes around it holds none.";
    private readonly FileStream file;
    private readonly CsvReader reader;

    public CsvRowSource(string path, FileDialect dialect, Action<RejectedRow>? reject)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        Stream stream = file;
        if (dialect.Encoding != TextEncodings.Utf8Name)
        {
            stream = Encoding.CreateTranscodingStream(stream, TextEncodings.Of(dialect.Encoding), Encoding.UTF8);
        }

        reader = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                HasHeader = false,
                Separator = dialect.Delimiter,
                TrackLineNumbers = true,
                MaxRecordSize = RecordByteLimit,
                MalformedData = CsvMalformedDataHandling.Skip,
                IncludeValuesInExceptions = false,
                OnMalformedRecord = record => Reject(record, reject),
            });
    }

    public override int CellCount => reader.FieldCount;

    public override int ByteCount => reader.RawRecord.Length;

    public override int Line => (int)reader.LineNumber;

    public override double ShareRead => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    public override bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {fault.LineNumber}: the row that begins there is longer than {RecordByteLimit >> 20} MB. Perhaps a quote opens there and never closes, or a cell holds a whole document: correct the line."));
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"After line {reader.LineNumber}: the file holds bytes that are no characters in its encoding. Save it as 'CSV UTF-8' and send it again."));
        }
    }

    public override ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    public override void Dispose() => reader.Dispose();

    private static void Reject(CsvMalformedRecord record, Action<RejectedRow>? reject)
    {
        var row = new RejectedRow(
            (int)record.LineNumber,
            "",
            record.RawRecord.Length > 200 ? record.RawRecord[..200] : record.RawRecord,
            record.Reason switch
            {
                CsvMalformedReason.UnterminatedQuote => "a quote opens in the row that begins there and never closes",
                CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quote",
                _ => "a quote stands inside a value that does not begin with one",
            },
            QuoteRemedy);

        // An unclosed quote swallows every row after it: going on without "that row" would lose the rest of the file.
        if (reject is null || record.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            throw row.ToRefusal();
        }

        reject(row);
    }
}

using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>
/// One run through a file's rows. The caller's thread cuts the file into rows, finds those that are none and gathers the others into batches;
/// while it fills one, the columns of the batch before are converted side by side.
/// </summary>
internal sealed class ReadingPass : IDisposable
{
    private readonly IReadOnlyList<string> columns;
    private readonly ClosingRows closing;
    private readonly RowSource source;
    private readonly int threadCount;
    private RowBatch filling;
    private RowBatch converted;
    private Task conversion = Task.CompletedTask;
    private int blankRowCount;

    /// <param name="reject">Takes the rows that are no rows at all (broken quoting); null refuses the file at the first.</param>
    /// <param name="threadCount">How many threads convert; the outcome is the same for any.</param>
    public ReadingPass(string path, FileDialect dialect, IReadOnlyList<string> columns, Action<RejectedRow>? reject, int threadCount)
    {
        this.columns = columns;
        this.threadCount = threadCount;
        closing = new(columns);
        filling = new(columns.Count);
        converted = new(columns.Count);
        source = RowSource.Open(path, dialect, reject);
        List<SetAside> titles = [];
        for (var i = 0; i <= dialect.HeaderRecord; i++)
        {
            source.Read();
            if (i < dialect.HeaderRecord && !source.IsBlank && !source.Cell(0).StartsWith("sep="u8))
            {
                titles.Add(Reading.SetAside.Of(source.Line, source.TrimmedTexts()));
            }
        }

        Header = [.. Enumerable.Range(0, Math.Min(source.CellCount, columns.Count)).Select(i => CellText.Trim(source.Cell(i)).ToArray())];
        SetAside = titles;
    }

    /// <summary>The header's cells, trimmed.</summary>
    public byte[][] Header { get; }

    /// <summary>Titles above the header; after <see cref="Run"/>, totals and notes below the last row too.</summary>
    public IReadOnlyList<SetAside> SetAside { get; private set; }

    /// <summary>Hands the cells of all rows that can be used to the converters, and ends the rows at the writer.</summary>
    /// <param name="fault">What is wrong with the row that the source stands on; null where nothing is.</param>
    /// <param name="reject">Takes the rows at fault.</param>
    /// <param name="taken">Sees every row that is taken, in the file's order.</param>
    /// <param name="progress">Share of the file read, 0 to 1, told once a batch.</param>
    public void Run(
        ColumnTableWriter writer, ColumnConverter[] converters, Func<RowSource, RejectedRow?> fault, Action<RejectedRow> reject, Action<RowBatch, int>? taken, CancellationToken cancellation,
        IProgress<double>? progress = null)
    {
        try
        {
            while (source.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if ((source.CellCount == 0 || CellText.Trim(source.Cell(0)).IsEmpty) && source.IsBlank)
                {
                    blankRowCount++;
                    continue;
                }

                var isClosing = closing.Looks(source);
                while (closing.Count > 0 && (!isClosing || closing.Count == ClosingRows.Limit))
                {
                    if (closing.Release(TakeHeld) is { } heldFault)
                    {
                        reject(heldFault);
                    }
                }

                var found = fault(source);
                if (isClosing)
                {
                    closing.Hold(source, found);
                }
                else if (found is not null)
                {
                    reject(found);
                }
                else
                {
                    filling.Add(source);
                    Taken();
                }
            }

            Convert();
            Wait();
        }
        finally
        {
            // A refusal leaves while columns are still being converted: nothing may be cleared away under them.
            Task.WaitAny([conversion], CancellationToken.None);
        }

        SetAside = [.. SetAside, .. closing.AtEnd()];

        void TakeHeld(RowBatch rows, int row)
        {
            filling.Add(rows, row);
            Taken();
        }

        void Taken()
        {
            taken?.Invoke(filling, filling.RowCount - 1);
            if (filling.IsFull)
            {
                Convert();
            }
        }

        void Convert()
        {
            Wait();
            (filling, converted) = (converted, filling);
            filling.Clear();
            writer.EndRows(converted.RowCount);
            progress?.Report(source.ShareRead);
            conversion = Task.Run(() => ConvertAll(converters, converted), CancellationToken.None);
        }
    }

    /// <summary>One sentence for each thing that was left aside.</summary>
    public IEnumerable<string> Remarks()
    {
        if (blankRowCount > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Blank rows were left aside: {blankRowCount:N0}.");
        }

        if (closing.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Rows at the file's end that are totals or notes, no customers, were left aside: {closing.Count}, from line {closing.AtEnd().First().Line}.");
        }
    }

    public void Dispose() => source.Dispose();

    private void ConvertAll(ColumnConverter[] converters, RowBatch batch)
    {
        var next = -1;
        Parallel.For(0, Math.Min(threadCount, converters.Length), _ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < converters.Length)
            {
                converters[i].Take(batch);
            }
        });
    }

    private void Wait()
    {
        try
        {
            conversion.GetAwaiter().GetResult();
        }
        catch (AggregateException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerExceptions[0]);
        }
    }
}

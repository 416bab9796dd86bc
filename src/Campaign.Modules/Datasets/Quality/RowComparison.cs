using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>How the rows of a file compare with each other. 32 bytes a row while it is found out.</summary>
/// <param name="RepeatingRows">Rows that equal an earlier row in every column, the id included.</param>
/// <param name="ConflictingRows">Rows that equal a row of the other recorded class in every feature; 0 where the classes are not known.</param>
internal readonly record struct RowComparison(long RepeatingRows, long ConflictingRows)
{
    private const int ChunkRows = 1 << 13;

    public static RowComparison Of(CheckedFile file)
    {
        var features = file.Roles.Features.ToHashSet(StringComparer.Ordinal);
        var whole = new RowHash[file.RowCount];
        var learnt = file.HasClasses && features.Count > 0 ? new RowHash[file.RowCount] : [];
        Parallel.For(0, (file.RowCount + ChunkRows - 1) / ChunkRows, new ParallelOptions { CancellationToken = file.Cancellation }, chunk =>
        {
            var start = chunk * ChunkRows;
            var count = Math.Min(ChunkRows, file.RowCount - start);
            var wholeChunk = whole.AsSpan(start, count);
            var learntChunk = learnt.Length > 0 ? learnt.AsSpan(start, count) : [];
            wholeChunk.Fill(RowHash.Empty);
            learntChunk.Fill(RowHash.Empty);
            foreach (var column in file.Columns)
            {
                AddCells(file.Table, column, start, wholeChunk, features.Contains(column.Name) ? learntChunk : []);
            }

            for (var i = 0; i < learntChunk.Length; i++)
            {
                learntChunk[i] = learntChunk[i].Marked(file.Affluent[start + i]);
            }
        });
        Array.Sort(whole);
        file.Cancellation.ThrowIfCancellationRequested();
        Array.Sort(learnt);
        return new(CountRepeating(whole), CountConflicting(learnt));
    }

    /// <summary>-0 is 0, and missing is missing.</summary>
    internal static ulong Bits(float number) => float.IsNaN(number) ? ulong.MaxValue : BitConverter.SingleToUInt32Bits(number + 0f);

    private static void AddCells(ColumnTable table, CheckedColumn column, int start, Span<RowHash> whole, Span<RowHash> learnt)
    {
        if (column.Info.Kind == ColumnKind.Text)
        {
            for (var i = 0; i < whole.Length; i++)
            {
                whole[i] = whole[i].With(table.Utf8(column.Position, start + i));
            }

            return;
        }

        if (column.Info.HoldsNumbers)
        {
            var numbers = table.Numbers(column.Position).Slice(start, whole.Length);
            for (var i = 0; i < whole.Length; i++)
            {
                AddCell(Bits(numbers[i]), i, whole, learnt);
            }

            return;
        }

        var codes = table.Codes(column.Position).Slice(start, whole.Length);
        for (var i = 0; i < whole.Length; i++)
        {
            AddCell((ulong)codes[i], i, whole, learnt);
        }
    }

    private static void AddCell(ulong cell, int i, Span<RowHash> whole, Span<RowHash> learnt)
    {
        whole[i] = whole[i].With(cell);
        if (!learnt.IsEmpty)
        {
            learnt[i] = learnt[i].With(cell);
        }
    }

    private static long CountRepeating(RowHash[] sorted)
    {
        var count = 0L;
        for (var i = 1; i < sorted.Length; i++)
        {
            count += sorted[i] == sorted[i - 1] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Alike rows stand together, the unmarked (normal) ones first.</summary>
    private static long CountConflicting(RowHash[] sorted)
    {
        var count = 0L;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].IsAlike(sorted[start]);)
            {
                end++;
            }

            count += sorted[start].IsMarked != sorted[end - 1].IsMarked ? end - start : 0;
        }

        return count;
    }
}

namespace Campaign.Learning.Profiles;

/// <summary>
/// Sums over the rows in ranges of a fixed length, in parallel, folded in the file's order: floating-point sums come out the same for every
/// thread count. At most one partial sum a thread is alive.
/// </summary>
internal static class RowRanges
{
    /// <param name="rangeRows">Rows of a range; the last may be shorter.</param>
    /// <param name="summarise">From the first row and the row count of a range.</param>
    /// <param name="merge">Adds its second argument, the later range, to its first.</param>
    public static T Fold<T>(
        int rowCount, int rangeRows, Func<int, int, T> summarise, Action<T, T> merge, ProfileWork work)
        where T : class
    {
        var rangeCount = Count(rowCount, rangeRows);
        T? whole = null;
        for (var wave = 0; wave < rangeCount; wave += work.ThreadCount)
        {
            var parts = new T[Math.Min(work.ThreadCount, rangeCount - wave)];
            work.ForEach(parts.Length, i =>
            {
                var first = (wave + i) * rangeRows;
                parts[i] = summarise(first, Math.Min(rangeRows, rowCount - first));
            });
            foreach (var part in parts)
            {
                if (whole is null)
                {
                    whole = part;
                }
                else
                {
                    merge(whole, part);
                }
            }

            work.Report((double)(wave + parts.Length) / rangeCount);
        }

        return whole!;
    }

    /// <summary>Ranges that the rows make; 1 without rows.</summary>
    public static int Count(int rowCount, int rangeRows) => Math.Max(1, (int)(((long)rowCount + rangeRows - 1) / rangeRows));
}

/// <summary>How a profile is worked on: threads, cancellation and how far it is.</summary>
/// <param name="ThreadCount">At least 1.</param>
internal sealed record ProfileWork(int ThreadCount, IProgress<double>? Progress, CancellationToken Cancellation)
{
    private double _from;
    private double _to;

    /// <summary>What follows takes the progress from where it stands to <paramref name="share"/> of the whole.</summary>
    public void BeginPart(double share) => (_from, _to) = (_to, share);

    /// <param name="shareOfPart">0 to 1, of the part begun last.</param>
    public void Report(double shareOfPart) => Progress?.Report(_from + ((_to - _from) * shareOfPart));

    public void ForEach(int count, Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = ThreadCount, CancellationToken = Cancellation }, body);
}

namespace Campaign.Learning.Metrics;

/// <summary>
/// The intervals of average precision and lift by drawing customers with replacement (Efron 1979; percentile method): all rows of a customer
/// are drawn together. The scores stay as they are: what another training would have changed is not in it.
/// </summary>
/// <param name="AveragePrecision">Undefined without affluents.</param>
/// <param name="LiftTopDecile">Undefined without affluents.</param>
/// <param name="DrawCount">How often the customers were drawn.</param>
public sealed record RankingBootstrap(Interval AveragePrecision, Interval LiftTopDecile, int DrawCount)
{
    private const int MostDraws = 1000;
    private const int LeastDraws = 200;

    /// <summary>Rows times draws, at most, as far as <see cref="LeastDraws"/> allow.</summary>
    private const long MostWork = 100_000_000;

    /// <param name="scores">Of any scale, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="seed">Any number; the same gives the same interval, whatever the thread count.</param>
    /// <param name="threadCount">At least 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <param name="cancellation">Looked at between draws.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static RankingBootstrap Of(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        int seed,
        int threadCount,
        double confidence = 0.95,
        CancellationToken cancellation = default)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount)
        {
            throw new ArgumentException($"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        var ranked = Ranked.Of(scores, affluent, customers);
        var draws = (int)Math.Clamp(MostWork / Math.Max(1, scores.Length), LeastDraws, MostDraws);
        var (averagePrecisions, lifts) = (new double[draws], new double[draws]);
        Parallel.For(
            0,
            draws,
            new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation },
            () => new byte[customers.Count],
            (draw, _, counts) =>
            {
                Draw(counts, SeededRandom.For(seed, draw));
                (averagePrecisions[draw], lifts[draw]) = ranked.Measure(counts);
                return counts;
            },
            _ => { });
        return new RankingBootstrap(Interval.Percentile(averagePrecisions, confidence), Interval.Percentile(lifts, confidence), draws);
    }

    /// <summary>How often each customer is drawn; more than 255 times is next to impossible and counts as 255.</summary>
    private static void Draw(byte[] counts, SeededRandom random)
    {
        Array.Clear(counts);
        for (var i = 0; i < counts.Length; i++)
        {
            ref var count = ref counts[random.Next(counts.Length)];
            count += count < byte.MaxValue ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Rows from the highest score down.</summary>
    /// <param name="Customers">Of each row.</param>
    /// <param name="Flags">Of each row: 1 recorded affluent, 2 the last of equal scores.</param>
    private sealed record Ranked(int[] Customers, byte[] Flags)
    {
        internal static Ranked Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers)
        {
            var keys = scores.ToArray();
            if (Array.Exists(keys, double.IsNaN))
            {
                throw new ArgumentException("A score is not a number.");
            }

            int[] rows = [.. Enumerable.Range(0, keys.Length)];
            Array.Sort(keys, rows);
            var flags = new byte[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var place = rows.Length - 1 - i;
                flags[place] = (byte)((affluent[rows[i]] ? 1 : 0) + (i == 0 || keys[i] != keys[i - 1] ? 2 : 0));
                rows[i] = customers.Customers[rows[i]];
            }

            Array.Reverse(rows);
            return new Ranked(rows, flags);
        }

        /// <summary>As <see cref="RankingMetrics"/> counts them, each row as often as its customer was drawn.</summary>
        internal (double AveragePrecision, double LiftTopDecile) Measure(byte[] counts)
        {
            var drawn = counts.Length == Customers.Length ? Customers.Length : Drawn(counts);
            var topCount = (drawn + 9) / 10;
            long selected = 0, selectedBefore = 0, selectedAffluent = 0, tiedAffluent = 0;
            double sum = 0, topAffluent = 0;
            for (var i = 0; i < Customers.Length; i++)
            {
                long count = counts[Customers[i]];
                selected += count;
                tiedAffluent += (Flags[i] & 1) != 0 ? count : 0;
                if ((Flags[i] & 2) == 0)
                {
                    continue;
                }

                if (tiedAffluent > 0)
                {
                    var tied = selected - selectedBefore;
                    topAffluent += tiedAffluent * (double)Math.Clamp(topCount - selectedBefore, 0, tied) / tied;
                    selectedAffluent += tiedAffluent;
                    sum += tiedAffluent * ((double)selectedAffluent / selected);
                    tiedAffluent = 0;
                }

                selectedBefore = selected;
            }

            return (sum / selectedAffluent, topAffluent / topCount / ((double)selectedAffluent / drawn));
        }

        private long Drawn(byte[] counts)
        {
            long drawn = 0;
            foreach (var customer in Customers)
            {
                drawn += counts[customer];
            }

            return drawn;
        }
    }
}

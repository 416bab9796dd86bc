namespace Campaign.Learning;

/// <summary>
/// Folds for out-of-fold scores, several times over (repeats). All rows of a customer lie in one fold; recorded-affluent rows, and rows, are
/// spread evenly over the folds. Depends on the customers, the classes and the seed only.
/// </summary>
public sealed class CustomerFolds
{
    /// <summary>A fold's number is kept in a byte.</summary>
    public const int MaximumFoldCount = 100;

    /// <summary>In place of a fold's number: a customer held out of training altogether, whom no model saw.</summary>
    public const byte HeldOut = byte.MaxValue;

    /// <summary>Customers to be held out are dealt as whole parts of so many.</summary>
    private const int HoldOutParts = 20;

    private readonly byte[][] _folds;

    private CustomerFolds(byte[][] folds, int foldCount)
    {
        _folds = folds;
        FoldCount = foldCount;
    }

    public int FoldCount { get; }

    public int RepeatCount => _folds.Length;

    public int RowCount => _folds[0].Length;

    /// <summary>The fold of each row, 0 to <see cref="FoldCount"/> - 1, or <see cref="HeldOut"/>.</summary>
    public ReadOnlySpan<byte> OfRepeat(int repeat) => _folds[repeat];

    /// <summary>Rows of customers held out of training altogether, the same in every repeat; in the file's order.</summary>
    public int[] HeldOutRows() => RowsWhere(0, fold => fold == HeldOut);

    /// <param name="customers">Which rows belong together.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="foldCount">2 to <see cref="MaximumFoldCount"/>.</param>
    /// <param name="repeatCount">At least 1; each repeat deals the customers anew.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="heldOutShare">Share of the customers, in both classes, to be held out of training altogether; 0 to 0.5, rounded to twentieths.</param>
    /// <exception cref="RefusedException">A class has fewer customers than there are folds.</exception>
    public static CustomerFolds Deal(
        CustomerIndex customers, ReadOnlySpan<bool> affluent, int foldCount, int repeatCount, int seed, double heldOutShare = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(foldCount, MaximumFoldCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeatCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(heldOutShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heldOutShare, 0.5);
        var rowCounts = new int[customers.Count];
        var affluentCounts = new int[customers.Count];
        for (var row = 0; row < affluent.Length; row++)
        {
            rowCounts[customers.Customers[row]]++;
            affluentCounts[customers.Customers[row]] += affluent[row] ? 1 : 0;
        }

        int[] dealt = [.. Enumerable.Range(0, customers.Count)];
        var heldOutParts = (int)Math.Round(heldOutShare * HoldOutParts);
        if (heldOutParts > 0)
        {
            // A stream of its own, which no repeat uses.
            var parts = DealOnce(dealt, rowCounts, affluentCounts, HoldOutParts, SeededRandom.For(seed, -1));
            dealt = [.. dealt.Where(customer => parts[customer] >= heldOutParts)];
        }

        RequireEnough(dealt.Count(customer => affluentCounts[customer] > 0), "affluent", foldCount);
        RequireEnough(dealt.Count(customer => rowCounts[customer] > affluentCounts[customer]), "normal", foldCount);

        var repeats = new byte[repeatCount][];
        for (var repeat = 0; repeat < repeatCount; repeat++)
        {
            var folds = DealOnce(dealt, rowCounts, affluentCounts, foldCount, SeededRandom.For(seed, repeat));
            repeats[repeat] = new byte[affluent.Length];
            for (var row = 0; row < affluent.Length; row++)
            {
                repeats[repeat][row] = folds[customers.Customers[row]];
            }
        }

        return new CustomerFolds(repeats, foldCount);
    }

    /// <summary>From given folds, one array of a fold number (or <see cref="HeldOut"/>) a row for each repeat.</summary>
    public static CustomerFolds Of(IReadOnlyList<byte[]> folds) => new([.. folds], folds.Max(repeat => repeat.Max(fold => fold == HeldOut ? -1 : fold)) + 1);

    /// <summary>The first repeats.</summary>
    /// <param name="repeatCount">1 to <see cref="RepeatCount"/>.</param>
    public CustomerFolds Take(int repeatCount) => repeatCount == RepeatCount ? this : new CustomerFolds(_folds[..repeatCount], FoldCount);

    /// <summary>The rows of a fold, in the file's order.</summary>
    public int[] Rows(int repeat, int fold) => RowsWhere(repeat, rowFold => rowFold == fold);

    private int[] RowsWhere(int repeat, Func<byte, bool> wanted)
    {
        var folds = _folds[repeat];
        var rows = new int[folds.Count(wanted)];
        for (int row = 0, next = 0; next < rows.Length; row++)
        {
            if (wanted(folds[row]))
            {
                rows[next++] = row;
            }
        }

        return rows;
    }

    /// <summary>
    /// The customers with most affluent rows are placed first, each in the fold that has the fewest affluent rows so far; then, by rows, those
    /// without. Equals follow a shuffle, so that with one row a customer this is dealing a shuffled pack.
    /// </summary>
    /// <param name="dealt">The customers; the others are held out.</param>
    private static byte[] DealOnce(int[] dealt, int[] rowCounts, int[] affluentCounts, int foldCount, SeededRandom random)
    {
        int[] order = [.. dealt];
        random.Shuffle<int>(order);
        order = [.. order.OrderByDescending(customer => affluentCounts[customer]).ThenByDescending(customer => rowCounts[customer])];
        var foldOfCustomer = new byte[rowCounts.Length];
        Array.Fill(foldOfCustomer, HeldOut);
        var foldRows = new int[foldCount];
        var foldAffluent = new int[foldCount];
        foreach (var customer in order)
        {
            var best = 0;
            for (var fold = 1; fold < foldCount; fold++)
            {
                var byAffluent = affluentCounts[customer] > 0 ? foldAffluent[fold].CompareTo(foldAffluent[best]) : 0;
                if (byAffluent < 0 || (byAffluent == 0 && foldRows[fold] < foldRows[best]))
                {
                    best = fold;
                }
            }

            foldOfCustomer[customer] = (byte)best;
            foldRows[best] += rowCounts[customer];
            foldAffluent[best] += affluentCounts[customer];
        }

        return foldOfCustomer;
    }

    private static void RequireEnough(int customerCount, string recordedClass, int foldCount)
    {
        if (customerCount < foldCount)
        {
            throw new RefusedException(
                $"Only {customerCount} customers are recorded {recordedClass}, too few to learn from: at least {foldCount} are needed, and a "
                + "recall promise needs more. Check the label column and its affluent value, or use a larger file.");
        }
    }
}

using Campaign.Learning.Columns;

namespace Campaign.Learning.Segments;

/// <summary>A segment that the search came to, counted by its rule.</summary>
public sealed record FoundSegment(SegmentRule Rule, SegmentCount Count);

/// <summary>
/// Finds where hidden affluents are dense among the customers recorded normal: a shallow tree whose leaves are readable rules, no customer in
/// two of them. Found and counted on the same customers, so the rules describe this list; as predictions for others they are optimistic.
/// </summary>
public static class SegmentSearch
{
    /// <summary>Splits from the top to a leaf.</summary>
    public const int MostDepth = 3;

    /// <summary>Hidden affluents in a segment, and customers on either side of a split.</summary>
    public const int LeastCustomers = 30;

    private const int BandCount = 20;
    private const int MostCategories = 30;

    /// <summary>
    /// The leaves with at least <see cref="LeastCustomers"/> hidden affluents whose lift is above 1 with its whole 95 % interval: by the
    /// interval's lower end, the highest first; ties by more hidden affluents, then by the sentence. None where nothing tells.
    /// </summary>
    /// <param name="table">The file whose customers these are.</param>
    /// <param name="columns">Those that a rule may name; columns of free text are passed over.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <exception cref="RefusedException">The file has no such column.</exception>
    public static IReadOnlyList<FoundSegment> Find(ColumnTable table, SegmentCustomers customers, IReadOnlyList<string> columns, int threadCount = 1)
    {
        var (rows, hidden) = Normals(customers);
        int[] positions = [.. columns.Select(column => PositionOf(table, column)).Where(position => table.Columns[position].Kind != ColumnKind.Text)];
        var coded = new CodedColumn[positions.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount };
        Parallel.For(0, positions.Length, options, i => coded[i] = CodedColumn.Of(table, positions[i], rows, BandCount, MostCategories));

        return [.. new SegmentTree(coded, hidden, options).Leaves()
            .Select(rule => new FoundSegment(rule, customers.CountMatching(rule, table)))
            .Where(found => found.Count.Hidden.Count >= LeastCustomers && found.Count.Lift.Interval.Low > 1)
            .OrderByDescending(found => found.Count.Lift.Interval.Low)
            .ThenByDescending(found => found.Count.Hidden.Count)
            .ThenBy(found => found.Rule.Sentence, StringComparer.Ordinal)];
    }

    internal static int PositionOf(ColumnTable table, string column) => table.IndexOf(column) is >= 0 and var position
        ? position
        : throw new RefusedException($"The file has no column '{column}': take a file that has it, or leave the column out.");

    private static (int[] Rows, bool[] Hidden) Normals(SegmentCustomers customers)
    {
        var count = customers.CountOf(CustomerGroup.HiddenAffluent) + customers.CountOf(CustomerGroup.TypicalNormal);
        var (rows, hidden) = (new int[count], new bool[count]);
        for (int customer = 0, next = 0; customer < customers.Count; customer++)
        {
            if (customers.Groups[customer] != CustomerGroup.KnownAffluent)
            {
                rows[next] = customers.Rows[customer];
                hidden[next++] = customers.Groups[customer] == CustomerGroup.HiddenAffluent;
            }
        }

        return (rows, hidden);
    }
}

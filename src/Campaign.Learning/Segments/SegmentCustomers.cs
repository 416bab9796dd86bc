using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Segments;

/// <summary>Which of three groups a customer is in at a threshold.</summary>
public enum CustomerGroup : byte
{
    /// <summary>Recorded affluent in at least one row.</summary>
    KnownAffluent,

    /// <summary>Recorded normal in every row, at or above the threshold in one: a candidate, not a fact.</summary>
    HiddenAffluent,

    /// <summary>Recorded normal in every row, below the threshold in all.</summary>
    TypicalNormal,
}

/// <summary>How many customers of each group meet a rule, of how many.</summary>
/// <param name="Known">Recorded affluents that meet it, of all.</param>
/// <param name="Hidden">Hidden affluents that meet it, of all.</param>
/// <param name="Typical">Typical normals that meet it, of all.</param>
public sealed record SegmentCount(Rate Known, Rate Hidden, Rate Typical)
{
    /// <summary>Of the customers recorded normal who meet the rule, the hidden affluents.</summary>
    public Rate HiddenShare => new(Hidden.Count, Hidden.Count + Typical.Count);

    /// <summary>How many times denser hidden affluents are in the segment than among all customers recorded normal.</summary>
    public GroupLift Lift => GroupLift.Of(Hidden.Count, HiddenShare.OutOf, Hidden.OutOf, Hidden.OutOf + Typical.OutOf);
}

/// <summary>
/// The customers of a file at a threshold, each once, by one row that stands for the customer: the highest scored one of those with the
/// customer's recorded class, of equals the first in the file.
/// </summary>
public sealed class SegmentCustomers
{
    private readonly int[] _rows;
    private readonly CustomerGroup[] _groups;
    private readonly long[] _counts = new long[Enum.GetValues<CustomerGroup>().Length];

    private SegmentCustomers(int[] rows, CustomerGroup[] groups)
    {
        _rows = rows;
        _groups = groups;
        foreach (var group in groups)
        {
            _counts[(int)group]++;
        }
    }

    public int Count => _rows.Length;

    /// <summary>The row that stands for each customer, from 0.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>One a customer.</summary>
    public ReadOnlySpan<CustomerGroup> Groups => _groups;

    /// <param name="scores">Out of fold, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="threshold">In force.</param>
    public static SegmentCustomers Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers, OperatingThreshold threshold)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount)
        {
            throw new ArgumentException($"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        var isAffluent = customers.WithAffluentRow(affluent);
        var rows = new int[customers.Count];
        Array.Fill(rows, -1);
        for (var row = 0; row < scores.Length; row++)
        {
            var customer = customers.Customers[row];
            if (affluent[row] == isAffluent[customer] && (rows[customer] < 0 || scores[row] > scores[rows[customer]]))
            {
                rows[customer] = row;
            }
        }

        var groups = new CustomerGroup[rows.Length];
        for (var customer = 0; customer < rows.Length; customer++)
        {
            groups[customer] = isAffluent[customer] ? CustomerGroup.KnownAffluent
                : threshold.Selects(scores[rows[customer]]) ? CustomerGroup.HiddenAffluent
                : CustomerGroup.TypicalNormal;
        }

        return new SegmentCustomers(rows, groups);
    }

    public long CountOf(CustomerGroup group) => _counts[(int)group];

    /// <summary>How many customers meet a rule, by group.</summary>
    /// <param name="table">The file whose rows these are.</param>
    /// <exception cref="RefusedException">The rule can't be asked of this file.</exception>
    public SegmentCount CountMatching(SegmentRule rule, ColumnTable table)
    {
        var met = rule.Matches(table);
        Span<long> counts = stackalloc long[_counts.Length];
        counts.Clear();
        for (var customer = 0; customer < _rows.Length; customer++)
        {
            counts[(int)_groups[customer]] += met[_rows[customer]] ? 1 : 0;
        }

        return new SegmentCount(
            new Rate(counts[(int)CustomerGroup.KnownAffluent], CountOf(CustomerGroup.KnownAffluent)),
            new Rate(counts[(int)CustomerGroup.HiddenAffluent], CountOf(CustomerGroup.HiddenAffluent)),
            new Rate(counts[(int)CustomerGroup.TypicalNormal], CountOf(CustomerGroup.TypicalNormal)));
    }
}

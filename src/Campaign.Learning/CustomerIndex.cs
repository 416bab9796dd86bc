using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>Which rows belong to the same customer: ids as numbers from 0, in the order in which they first appear.</summary>
public sealed class CustomerIndex
{
    private readonly int[] _customers;

    private CustomerIndex(int[] customers, int count)
    {
        _customers = customers;
        Count = count;
    }

    public int RowCount => _customers.Length;

    /// <summary>Distinct customers.</summary>
    public int Count { get; }

    /// <summary>The customer of each row, 0 to <see cref="Count"/> - 1.</summary>
    public ReadOnlySpan<int> Customers => _customers;

    /// <param name="table">The dataset.</param>
    /// <param name="idColumn">The customer id's column; null where each row is a customer of its own.</param>
    /// <exception cref="RefusedException">There is no such column, or an id is missing.</exception>
    public static CustomerIndex Of(ColumnTable table, string? idColumn)
    {
        var customers = new int[table.RowCount];
        if (idColumn is null)
        {
            for (var row = 0; row < customers.Length; row++)
            {
                customers[row] = row;
            }

            return new CustomerIndex(customers, customers.Length);
        }

        var column = table.IndexOf(idColumn);
        if (column < 0)
        {
            throw new RefusedException($"The file has no column '{idColumn}' for the customer id: name the id column as the header spells it.");
        }

        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < customers.Length; row++)
        {
            var id = table.Text(column, row)
                ?? throw new RefusedException($"Data row {row + 1} has no customer id in column '{idColumn}': fill it in or leave the row out.");
            if (!known.TryGetValue(id, out customers[row]))
            {
                customers[row] = known.Count;
                known.Add(id, known.Count);
            }
        }

        return new CustomerIndex(customers, known.Count);
    }

    /// <summary>From numbers from 0 up, one a row.</summary>
    public static CustomerIndex Of(ReadOnlySpan<int> customers)
    {
        var count = 0;
        foreach (var customer in customers)
        {
            count = Math.Max(count, customer + 1);
        }

        return new CustomerIndex(customers.ToArray(), count);
    }

    /// <summary>For each customer, whether any of its rows is recorded affluent.</summary>
    /// <param name="affluent">One a row.</param>
    public bool[] WithAffluentRow(ReadOnlySpan<bool> affluent)
    {
        var result = new bool[Count];
        for (var row = 0; row < _customers.Length; row++)
        {
            result[_customers[row]] |= affluent[row];
        }

        return result;
    }
}

using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>The rows of a file by customer. Without an id column each row is a customer of its own. 20 bytes a row while it is found out.</summary>
/// <param name="CustomerCount">Different ids.</param>
/// <param name="RepeatingIds">Ids on more than one row.</param>
/// <param name="RepeatingRows">The rows of these ids.</param>
/// <param name="ContradictingIds">Ids whose rows differ in a column that says one thing of a customer: age, birth, education, recorded class. Missing contradicts nothing.</param>
/// <param name="Contradicted">Each such column with its ids; only those that have any.</param>
/// <param name="AffluentCustomers">Customers with a row recorded affluent.</param>
/// <param name="NormalCustomers">Customers with a row recorded normal.</param>
internal sealed record CustomerComparison(
    int CustomerCount, int RepeatingIds, int RepeatingRows, int ContradictingIds, IReadOnlyList<(string Column, int Ids)> Contradicted, int AffluentCustomers, int NormalCustomers)
{
    public static CustomerComparison Of(CheckedFile file)
    {
        var affluentRows = file.Affluent.Count(affluent => affluent);
        if (file.Roles.Id is null || file.Table.IndexOf(file.Roles.Id) is not (>= 0 and var id))
        {
            return new(file.RowCount, 0, 0, 0, [], affluentRows, file.Affluent.Length - affluentRows);
        }

        var (hashes, rows) = SortedIds(file, id);
        CheckedColumn[] watched = [.. file.Columns.Where(column => ValueWords.SaysOneThing(column.Name) && column.Info.Kind != ColumnKind.Text && !file.IsRole(column))];
        var contradicted = new int[watched.Length + 1];
        int customers = 0, repeatingIds = 0, repeatingRows = 0, contradicting = 0, affluentCustomers = 0, normalCustomers = 0;
        for (int start = 0, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && hashes[end] == hashes[start];)
            {
                end++;
            }

            var ofCustomer = rows.AsSpan(start, end - start);
            customers++;
            var affluent = file.HasClasses ? CountAffluent(file.Affluent, ofCustomer) : 0;
            affluentCustomers += affluent > 0 ? 1 : 0;
            normalCustomers += file.HasClasses && affluent < ofCustomer.Length ? 1 : 0;
            if (ofCustomer.Length == 1)
            {
                continue;
            }

            repeatingIds++;
            repeatingRows += ofCustomer.Length;
            var differs = affluent > 0 && affluent < ofCustomer.Length;
            contradicted[^1] += differs ? 1 : 0;
            for (var i = 0; i < watched.Length; i++)
            {
                if (Differ(file.Table, watched[i], ofCustomer))
                {
                    contradicted[i]++;
                    differs = true;
                }
            }

            contradicting += differs ? 1 : 0;
        }

        (string, int)[] byColumn = [.. watched.Select(column => column.Name).Append(file.Roles.Label).Zip(contradicted).Where(pair => pair.Second > 0)];
        return new(customers, repeatingIds, repeatingRows, contradicting, byColumn, affluentCustomers, normalCustomers);
    }

    private static (RowHash[] Hashes, int[] Rows) SortedIds(CheckedFile file, int id)
    {
        var hashes = new RowHash[file.RowCount];
        var rows = new int[file.RowCount];
        for (var row = 0; row < rows.Length; row++)
        {
            hashes[row] = RowHash.Empty.With(file.Table.Utf8(id, row));
            rows[row] = row;
        }

        file.Cancellation.ThrowIfCancellationRequested();
        Array.Sort(hashes, rows);
        file.Cancellation.ThrowIfCancellationRequested();
        return (hashes, rows);
    }

    private static int CountAffluent(bool[] affluent, ReadOnlySpan<int> rows)
    {
        var count = 0;
        foreach (var row in rows)
        {
            count += affluent[row] ? 1 : 0;
        }

        return count;
    }

    private static bool Differ(ColumnTable table, CheckedColumn column, ReadOnlySpan<int> rows)
    {
        var numbers = column.Info.HoldsNumbers ? table.Numbers(column.Position) : [];
        var codes = column.Info.HoldsNumbers ? [] : table.Codes(column.Position);
        var first = ulong.MaxValue;
        foreach (var row in rows)
        {
            var cell = column.Info.HoldsNumbers ? RowComparison.Bits(numbers[row]) : (ulong)codes[row];
            first = first == ulong.MaxValue ? cell : first;
            if (cell != first && cell != ulong.MaxValue)
            {
                return true;
            }
        }

        return false;
    }
}

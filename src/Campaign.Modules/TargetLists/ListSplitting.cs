using Campaign.Learning;

namespace Campaign.Modules.TargetLists;

/// <summary>Splits the customers to contact into waves or cells: everybody is in exactly one part, and the same seed gives the same parts.</summary>
internal static class ListSplitting
{
    /// <exception cref="RefusedException">Fewer than two parts, names that are empty or alike, or shares that are not above 0.</exception>
    public static void Check(ListSplit? split, string what)
    {
        if (split is null)
        {
            return;
        }

        var names = split.Parts.Select(part => part.Name.Trim()).ToList();
        if (names.Count < 2 || names.Contains("") || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
        {
            throw new RefusedException($"{what} need at least two names that differ: give each a name, or don't split the list.");
        }

        if (split.By is SplitBy.Random or SplitBy.Priority && split.Parts.Any(part => !(part.Share > 0 && double.IsFinite(part.Share))))
        {
            throw new RefusedException($"{what} are split by shares, and each share must be above 0: 50 and 50 make two halves.");
        }

        if (split.By is SplitBy.Band or SplitBy.Segment or SplitBy.Column && split.Parts.SkipLast(1).Any(part => part.Values.Count == 0))
        {
            throw new RefusedException($"{what} are split by values: say which values each has; the last takes everybody else.");
        }

        if (split is { By: SplitBy.Column, Column: null })
        {
            throw new RefusedException($"{what} are split by a column: choose which.");
        }
    }

    /// <summary>One a customer, in their order: the name of the part.</summary>
    /// <param name="customers">By priority.</param>
    /// <param name="values">What the split's column says of each row; null for the other splits.</param>
    public static string[] Assign(IReadOnlyList<ListedCustomer> customers, ListSplit split, RowValues? values, SeededOrder draw)
    {
        switch (split.By)
        {
            case SplitBy.Priority:
                return ByShares([.. Enumerable.Range(0, customers.Count)], split.Parts);
            case SplitBy.Random:
                return ByShares([.. Enumerable.Range(0, customers.Count).OrderBy(place => draw.PlaceOf(customers[place].CustomerId))], split.Parts);
            case SplitBy.Band:
                return ByValues(customers, split.Parts, customer => customer.Band.ToString());
            case SplitBy.Segment:
                return ByValues(customers, split.Parts, customer => customer.Segment);
            default:
                return ByValues(customers, split.Parts, customer => values!.CodeOfRow[customer.Row - 1] is var code and >= 0 ? values.Values[code] : null);
        }
    }

    /// <summary>The first share of the order to the first part, and so on; edges are rounded to whole customers.</summary>
    private static string[] ByShares(int[] order, IReadOnlyList<SplitPart> parts)
    {
        var names = new string[order.Length];
        var sum = parts.Sum(part => part.Share);
        double reached = 0;
        var next = 0;
        foreach (var part in parts)
        {
            reached += part.Share;
            var end = part == parts[^1] ? order.Length : (int)Math.Round(order.Length * (reached / sum));
            for (; next < end; next++)
            {
                names[order[next]] = part.Name;
            }
        }

        return names;
    }

    private static string[] ByValues(IReadOnlyList<ListedCustomer> customers, IReadOnlyList<SplitPart> parts, Func<ListedCustomer, string?> valueOf)
    {
        var partOf = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts)
        {
            foreach (var value in part.Values)
            {
                partOf.TryAdd(value.Trim(), part.Name);
            }
        }

        return [.. customers.Select(customer => valueOf(customer) is { } value ? partOf.GetValueOrDefault(value, parts[^1].Name) : parts[^1].Name)];
    }
}

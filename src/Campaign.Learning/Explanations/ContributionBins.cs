using Campaign.Learning.Columns;

namespace Campaign.Learning.Explanations;

/// <summary>
/// A column's contributions by bins of its values. Numbers and dates of up to ten different values get a bin each, others up to ten bins of
/// alike many rows; equal values stay together. Of a category the most frequent values; the others count together. A bin that would have
/// fewer than <see cref="GlobalImportance.LeastBinRows"/> rows is joined with the next, or left out where there is none.
/// </summary>
internal static class ContributionBins
{
    private const int MostBins = 10;

    internal static IReadOnlyList<ContributionBin> Of(FeatureColumn feature, (float Value, double Contribution)[] rows)
    {
        var missing = rows.Where(row => float.IsNaN(row.Value)).Select(row => row.Contribution).ToArray();
        var present = rows.Where(row => !float.IsNaN(row.Value)).ToArray();
        var bins = feature.Kind == ColumnKind.Category ? Categories(feature, present) : Numbers(feature, present);
        return missing.Length < GlobalImportance.LeastBinRows ? bins : [.. bins, Bin(FeatureValueText.Missing, missing, isRest: true)];
    }

    private static List<ContributionBin> Categories(FeatureColumn feature, (float Value, double Contribution)[] rows)
    {
        var byValue = rows.GroupBy(row => row.Value, row => row.Contribution).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).ToArray();
        var shown = byValue.Take(MostBins).Where(group => group.Count() >= GlobalImportance.LeastBinRows).ToArray();
        var others = byValue.Skip(shown.Length).SelectMany(group => group).ToArray();
        List<ContributionBin> bins = [.. shown.Select(group => Bin(FeatureValueText.Of(feature, group.Key), [.. group])).OrderByDescending(bin => bin.Mean)];
        if (others.Length >= GlobalImportance.LeastBinRows)
        {
            bins.Add(Bin("other values", others, isRest: true));
        }

        return bins;
    }

    private static List<ContributionBin> Numbers(FeatureColumn feature, (float Value, double Contribution)[] rows)
    {
        Array.Sort(rows, (left, right) => left.Value.CompareTo(right.Value));
        var groups = Groups(rows);
        var most = groups.Count <= MostBins ? GlobalImportance.LeastBinRows : Math.Max(GlobalImportance.LeastBinRows, (rows.Length + MostBins - 1) / MostBins);
        var ends = new List<int>();
        var first = 0;
        foreach (var end in groups)
        {
            if (end - first >= most)
            {
                ends.Add(end);
                first = end;
            }
        }

        // What is left at the top is joined with the bin before where it is too few for one of its own.
        if (rows.Length - first >= GlobalImportance.LeastBinRows)
        {
            ends.Add(rows.Length);
        }
        else if (ends.Count > 0)
        {
            ends[^1] = rows.Length;
        }

        var bins = new List<ContributionBin>();
        for (var i = 0; i < ends.Count; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            bins.Add(Bin(Words(feature, rows, start, ends[i]), [.. rows[start..ends[i]].Select(row => row.Contribution)]));
        }

        return bins;
    }

    /// <summary>Where each group of equal values ends.</summary>
    private static List<int> Groups((float Value, double Contribution)[] rows)
    {
        var ends = new List<int>();
        for (var row = 1; row <= rows.Length; row++)
        {
            if (row == rows.Length || rows[row].Value != rows[row - 1].Value)
            {
                ends.Add(row);
            }
        }

        return ends;
    }

    /// <summary>Neither the lowest nor the highest value is told, unless a whole bin shares it: they may be one customer's.</summary>
    private static string Words(FeatureColumn feature, (float Value, double Contribution)[] rows, int start, int end)
    {
        string Text(int row) => FeatureValueText.Of(feature, rows[row].Value);
        return rows[start].Value == rows[end - 1].Value ? Text(start)
            : (start == 0, end == rows.Length) switch
            {
                (true, true) => "all values",
                (true, false) => $"up to {Text(end - 1)}",
                (false, true) => $"above {Text(start - 1)}",
                _ => $"{Text(start - 1)} to {Text(end - 1)}",
            };
    }

    private static ContributionBin Bin(string values, double[] contributions, bool isRest = false)
    {
        const double normal95 = 1.959963984540054;
        var mean = contributions.Average();
        var deviation = Math.Sqrt(contributions.Sum(one => (one - mean) * (one - mean)) / (contributions.Length - 1));
        var half = normal95 * deviation / Math.Sqrt(contributions.Length);
        return new ContributionBin(values, contributions.Length, mean, mean - half, mean + half, isRest);
    }
}

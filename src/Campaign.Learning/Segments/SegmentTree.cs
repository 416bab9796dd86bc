using Campaign.Learning.Columns;

namespace Campaign.Learning.Segments;

/// <summary>
/// A decision tree over coded columns. A split parts the customers of a node at a cut, or by some categories against all others, or by
/// whether there is a value; those without one are always a part of their own. The best split takes most of the Gini impurity; of equals the
/// first column's first cut.
/// </summary>
internal sealed class SegmentTree(IReadOnlyList<CodedColumn> columns, bool[] hidden, ParallelOptions options)
{
    /// <summary>Categories that one side of a split names.</summary>
    private const int MostNamed = 4;

    /// <summary>
    /// Pearson's chi-square that a split must have: 0.1 % by chance for one cut. The best of many is taken, so it is a sieve, not a test.
    /// </summary>
    private const double LeastChiSquare = 10.83;

    /// <summary>The rules of all leaves; every customer meets exactly one of them.</summary>
    public IEnumerable<SegmentRule> Leaves() => Grow([.. Enumerable.Range(0, hidden.Length)], new Path([]), SegmentSearch.MostDepth);

    /// <summary>The best split of all customers; null where none is good enough.</summary>
    public Split? BestOfAll() => Best([.. Enumerable.Range(0, hidden.Length)]);

    private IEnumerable<SegmentRule> Grow(int[] members, Path path, int depth)
    {
        if (depth == 0 || Best(members) is not { } split)
        {
            yield return path.ToRule(columns);
            yield break;
        }

        var column = columns[split.Column];
        foreach (var side in (bool?[])[true, false, null])
        {
            int[] part = [.. members.Where(member => split.SideOf(column.Codes[member], column.MissingBin) == side)];
            foreach (var rule in part.Length > 0 ? Grow(part, path.With(split, side), depth - 1) : [])
            {
                yield return rule;
            }
        }
    }

    private Split? Best(int[] members)
    {
        var hiddenCount = members.Count(member => hidden[member]);
        if (hiddenCount < SegmentSearch.LeastCustomers || hiddenCount == members.Length)
        {
            return null;
        }

        var best = new Split?[columns.Count];
        Parallel.For(0, best.Length, options, i => best[i] = BestOf(i, members, hiddenCount));
        Split? chosen = null;
        foreach (var split in best)
        {
            chosen = split is { } one && (chosen is not { } so || one.Gain > so.Gain) ? one : chosen;
        }

        return chosen;
    }

    private Split? BestOf(int column, int[] members, int hiddenCount)
    {
        var coded = columns[column];
        var bins = new Part[coded.BinCount];
        foreach (var member in members)
        {
            ref var bin = ref bins[coded.Codes[member]];
            bin = new Part(bin.Customers + 1, bin.Hidden + (hidden[member] ? 1 : 0));
        }

        var all = new Part(members.Length, hiddenCount);
        var missing = bins[coded.MissingBin];
        var present = all - missing;
        var share = (double)hiddenCount / members.Length;
        var least = LeastChiSquare * share * (1 - share);
        var byPresence = all.Impurity - missing.Impurity - present.Impurity;
        Split? best = Math.Min(missing.Customers, present.Customers) >= SegmentSearch.LeastCustomers && byPresence >= least
            ? new Split(column, byPresence, Split.ByPresence, [])
            : null;
        foreach (var (listed, make) in coded.Kind == ColumnKind.Category ? Sets(coded, bins) : Cuts(coded, bins))
        {
            var rest = present - listed;
            var byValue = present.Impurity - listed.Impurity - rest.Impurity;
            var gain = byPresence + byValue;
            if (Math.Min(listed.Customers, rest.Customers) >= SegmentSearch.LeastCustomers
                && Math.Max(listed.Hidden, rest.Hidden) >= SegmentSearch.LeastCustomers
                && byValue >= least && !(gain <= best?.Gain))
            {
                best = make(gain);
            }
        }

        return best;

        IEnumerable<(Part Listed, Func<double, Split> Make)> Cuts(CodedColumn of, Part[] counted)
        {
            var above = present;
            for (var band = 1; band < of.MissingBin; band++)
            {
                above -= counted[band - 1];
                var from = band;
                yield return (above, gain => new Split(column, gain, from, []));
            }
        }

        // By the share of hidden affluents the best two sets lie at the two ends (Breiman and others 1984).
        IEnumerable<(Part Listed, Func<double, Split> Make)> Sets(CodedColumn of, Part[] counted)
        {
            int[] order = [.. Enumerable.Range(0, of.NamedCount).Where(bin => counted[bin].Customers > 0).OrderByDescending(bin => counted[bin].Share).ThenBy(bin => bin)];
            foreach (var ordered in (int[][])[order, [.. order.Reverse()]])
            {
                var listed = default(Part);
                for (var count = 1; count <= Math.Min(MostNamed, ordered.Length); count++)
                {
                    listed += counted[ordered[count - 1]];
                    int[] set = ordered[..count];
                    yield return (listed, gain => new Split(column, gain, 0, set));
                }
            }
        }
    }

    /// <param name="Column">Its place.</param>
    /// <param name="Gain">Impurity taken, times customers; above 0.</param>
    /// <param name="From">Of bands: the first of the upper side; 0 for categories; <see cref="ByPresence"/>.</param>
    /// <param name="Set">Of categories: the bins of the listed side.</param>
    internal readonly record struct Split(int Column, double Gain, int From, int[] Set)
    {
        public const int ByPresence = -1;

        /// <summary>True on the upper or listed side, or where any value will do; null for missing.</summary>
        public bool? SideOf(int bin, int missingBin) =>
            bin == missingBin ? null : From == ByPresence || (From > 0 ? bin >= From : Array.IndexOf(Set, bin) >= 0);
    }

    /// <summary>Customers of a node's part.</summary>
    private readonly record struct Part(int Customers, int Hidden)
    {
        public double Share => (double)Hidden / Customers;

        /// <summary>p (1 - p) times customers: half of Gini's.</summary>
        public double Impurity => Customers == 0 ? 0 : Hidden - ((double)Hidden * Hidden / Customers);

        public static Part operator +(Part first, Part second) => new(first.Customers + second.Customers, first.Hidden + second.Hidden);

        public static Part operator -(Part first, Part second) => new(first.Customers - second.Customers, first.Hidden - second.Hidden);
    }

    /// <summary>The splits on the way to a node; several on a column are said as one condition.</summary>
    /// <param name="Steps">A null side: the part without a value.</param>
    private sealed record Path(IReadOnlyList<(Split Split, bool? Side)> Steps)
    {
        public Path With(Split split, bool? side) => new([.. Steps, (split, side)]);

        public SegmentRule ToRule(IReadOnlyList<CodedColumn> columns) => new(
        [
            .. Steps.GroupBy(step => step.Split.Column).Select(group => Condition(columns[group.Key], [.. group])),
        ]);

        private static SegmentCondition Condition(CodedColumn column, (Split Split, bool? Side)[] steps)
        {
            if (steps.Any(step => step.Side is null))
            {
                return column.Presence(isMissing: true);
            }

            // Any condition on the value asks for one.
            steps = [.. steps.Where(step => step.Split.From != Split.ByPresence)];
            if (steps.Length == 0)
            {
                return column.Presence(isMissing: false);
            }

            if (column.Kind != ColumnKind.Category)
            {
                return column.Bands(
                    steps.Where(step => step.Side == true).Select(step => step.Split.From).DefaultIfEmpty(0).Max(),
                    steps.Where(step => step.Side == false).Select(step => step.Split.From).DefaultIfEmpty(column.MissingBin).Min());
            }

            int[] excluded = [.. steps.Where(step => step.Side == false).SelectMany(step => step.Split.Set).Distinct()];
            return steps.Where(step => step.Side == true).Select(step => step.Split.Set).ToArray() is { Length: > 0 } listed
                ? column.Categories(listed.Aggregate((first, second) => [.. first.Intersect(second)]).Except(excluded), excluded: false)
                : column.Categories(excluded, excluded: true);
        }
    }
}

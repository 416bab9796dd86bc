namespace Campaign.Learning.Metrics;

/// <summary>
/// How well scores rank the recorded affluents before the recorded normals. Scores may be of any scale (log-odds or 0 to 1); NaN is refused.
/// Rows with equal scores are one group: no measure depends on the order of the file.
/// </summary>
/// <param name="Auc">Area under the ROC curve, 0 to 1; ties count half. NaN where one of the classes has no row.</param>
/// <param name="AveragePrecision">
/// Sum over the distinct scores, highest first, of (recall gained there) x (precision there), 0 to 1: scikit-learn's definition, no
/// interpolation. NaN where no row is affluent.
/// </param>
/// <param name="LiftTopDecile">
/// Affluent share in the top tenth of rows (rounded up to a whole row) over the share in all rows. Where the tenth's last score is tied, the
/// tied rows count in proportion, as drawing among them at random would on average. NaN where no row is affluent.
/// </param>
public readonly record struct RankingMetrics(double Auc, double AveragePrecision, double LiftTopDecile)
{
    /// <exception cref="ArgumentException">The spans differ in length, or a score is NaN.</exception>
    public static RankingMetrics Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent)
    {
        var (keys, classes) = SortAscending(scores, affluent);
        var rowCount = keys.Length;
        var affluentCount = 0L;
        foreach (var isAffluent in classes)
        {
            affluentCount += isAffluent ? 1 : 0;
        }

        var normalCount = rowCount - affluentCount;
        var topCount = (rowCount + 9) / 10;
        double wins = 0, averagePrecision = 0, topAffluent = 0;
        long selectedAffluent = 0, selected = 0;
        for (var end = rowCount; end > 0;)
        {
            var start = end;
            long tiedAffluent = 0;
            for (; start > 0 && keys[start - 1] == keys[end - 1]; start--)
            {
                tiedAffluent += classes[start - 1] ? 1 : 0;
            }

            long tied = end - start, tiedNormal = tied - tiedAffluent;
            var selectedNormal = selected - selectedAffluent;
            wins += tiedAffluent * (normalCount - selectedNormal - tiedNormal / 2.0);
            topAffluent += tiedAffluent * (double)Math.Clamp(topCount - selected, 0, tied) / tied;
            selected += tied;
            selectedAffluent += tiedAffluent;
            averagePrecision += tiedAffluent * ((double)selectedAffluent / selected);
            end = start;
        }

        return new RankingMetrics(
            affluentCount > 0 && normalCount > 0 ? wins / ((double)affluentCount * normalCount) : double.NaN,
            affluentCount > 0 ? averagePrecision / affluentCount : double.NaN,
            affluentCount > 0 ? topAffluent / topCount / ((double)affluentCount / rowCount) : double.NaN);
    }

    private static (double[] Keys, bool[] Classes) SortAscending(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent)
    {
        if (scores.Length != affluent.Length)
        {
            throw new ArgumentException($"{scores.Length} scores but {affluent.Length} classes.");
        }

        var keys = scores.ToArray();
        var classes = affluent.ToArray();
        if (keys.Any(double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.");
        }

        Array.Sort(keys, classes);
        return (keys, classes);
    }
}

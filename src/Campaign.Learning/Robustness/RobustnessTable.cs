using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Robustness;

/// <summary>Scores the rows that are looked at: one log-odds for each, in their order.</summary>
/// <param name="features">Of the file, perhaps with a column disturbed; not to be kept.</param>
public delegate double[] FeatureScorer(FeatureSource features);

/// <summary>How much the scores depend on single columns being as they should be.</summary>
/// <param name="Auc">Undisturbed.</param>
/// <param name="AucInterval">95 %; undefined as of <see cref="Metrics.AucInterval"/>.</param>
/// <param name="AveragePrecision">Undisturbed.</param>
/// <param name="Recall">Undisturbed, at the threshold in force.</param>
/// <param name="Rows">By column in the order asked for, then by disturbance.</param>
public sealed record RobustnessTable(double Auc, Interval AucInterval, double AveragePrecision, Rate Recall, IReadOnlyList<RobustnessRow> Rows)
{
    private const double NoiseShare = 0.1;
    private const double SpoiltShare = 0.05;

    private static readonly Disturbance[] OfNumbers =
        [Disturbance.Missing, Disturbance.ShiftedUp, Disturbance.ShiftedDown, Disturbance.Noise, Disturbance.TypingErrors];

    private static readonly Disturbance[] OfCategories = [Disturbance.Missing, Disturbance.UnseenCategory, Disturbance.Misspelled];

    /// <summary>
    /// A column is disturbed alone, features derived from it follow; columns that hold the same fact stay, so losing a source with several
    /// columns does more harm than this says.
    /// </summary>
    /// <param name="features">The file's.</param>
    /// <param name="rows">Row numbers of the rows that are looked at: the scorer's models did not train on them, or the numbers flatter.</param>
    /// <param name="affluent">The recorded class, one for each of <paramref name="rows"/>.</param>
    /// <param name="customers">Which of <paramref name="rows"/> belong together.</param>
    /// <param name="disturbed">Positions in the features that are columns: those that matter most.</param>
    /// <param name="threshold">In force.</param>
    /// <param name="scorer">Of the same rows. Called once for each disturbance, and once before.</param>
    /// <param name="seed">Of noise and errors.</param>
    /// <param name="cancellation">Looked at between disturbances.</param>
    /// <exception cref="ArgumentException">The lengths don't fit.</exception>
    public static RobustnessTable Measure(
        FeatureSource features,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        IReadOnlyList<int> disturbed,
        OperatingThreshold threshold,
        FeatureScorer scorer,
        int seed,
        CancellationToken cancellation = default)
    {
        if (rows.Length != affluent.Length || rows.Length != customers.RowCount)
        {
            throw new ArgumentException($"{rows.Length} rows, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        var before = LogOdds.ToScores(scorer(features));
        var values = new float[rows.Length];
        var replacement = new float[features.RowCount];
        var measured = new List<RobustnessRow>();
        foreach (var column in disturbed)
        {
            features.FillColumn(column, rows, values);
            var replaced = features.With(column, replacement);
            foreach (var disturbance in features.Features[column].Kind == ColumnKind.Category ? OfCategories : OfNumbers)
            {
                cancellation.ThrowIfCancellationRequested();
                Put(Disturb(values, disturbance, SeededRandom.For(seed, (column * 100) + (int)disturbance)), rows, replacement);
                var after = LogOdds.ToScores(scorer(replaced));
                var auc = Metrics.AucInterval.Of(after, affluent, customers);
                measured.Add(new RobustnessRow(
                    features.Features[column].Name,
                    disturbance,
                    auc.Auc,
                    auc.Interval,
                    RankingMetrics.Of(after, affluent).AveragePrecision,
                    ConfusionCounts.At(threshold, after, affluent).Recall,
                    Changed(threshold, before, after)));
            }
        }

        var undisturbed = Metrics.AucInterval.Of(before, affluent, customers);
        return new RobustnessTable(
            undisturbed.Auc, undisturbed.Interval, RankingMetrics.Of(before, affluent).AveragePrecision, ConfusionCounts.At(threshold, before, affluent).Recall, measured);
    }

    /// <summary>
    /// The columns that matter most: those without which the log-odds move furthest, by the mean distance. Highest first, equals in the
    /// features' order; columns that move nothing are not among them.
    /// </summary>
    /// <param name="features">The file's.</param>
    /// <param name="scorer">Of rows enough for a mean; called once for each column, and once before.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Looked at between columns.</param>
    /// <returns>Positions in the features, none of a derived one.</returns>
    public static IReadOnlyList<int> ColumnsThatMatter(FeatureSource features, FeatureScorer scorer, int count, CancellationToken cancellation = default)
    {
        var missing = new float[features.RowCount];
        Array.Fill(missing, float.NaN);
        var before = scorer(features);
        var distances = new List<(int Column, double Distance)>();
        for (var column = 0; column < features.Features.Count; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (features.Features[column].Derived is null)
            {
                distances.Add((column, scorer(features.With(column, missing)).Zip(before, (without, with) => Math.Abs(without - with)).Average()));
            }
        }

        return [.. distances.Where(one => one.Distance > 0).OrderByDescending(one => one.Distance).Take(count).Select(one => one.Column)];
    }

    private static void Put(float[] values, ReadOnlySpan<int> rows, float[] replacement)
    {
        for (var i = 0; i < values.Length; i++)
        {
            replacement[rows[i]] = values[i];
        }
    }

    /// <summary>A copy; missing stays missing.</summary>
    private static float[] Disturb(float[] values, Disturbance disturbance, SeededRandom random)
    {
        var range = InterquartileRange(values);
        var most = disturbance == Disturbance.UnseenCategory ? MostFrequent(values) : float.NaN;
        var result = new float[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            result[row] = disturbance switch
            {
                Disturbance.Missing => float.NaN,
                Disturbance.ShiftedUp => (float)(value + range),
                Disturbance.ShiftedDown => (float)(value - range),
                Disturbance.Noise => (float)(value + (NoiseShare * range * NormalQuantile.Of(random.NextShare()))),
                Disturbance.TypingErrors => random.NextShare() >= SpoiltShare ? value : random.NextShare() < 0.5 ? value * 10 : value / 10,
                Disturbance.UnseenCategory => value == most ? float.NaN : value,
                Disturbance.Misspelled => random.NextShare() < SpoiltShare ? float.NaN : value,
                _ => throw new ArgumentOutOfRangeException(nameof(disturbance)),
            };
        }

        return result;
    }

    /// <summary>Of the values that are there; 0 where there are none.</summary>
    private static double InterquartileRange(float[] values)
    {
        double[] sorted = [.. values.Where(value => !float.IsNaN(value)).Select(value => (double)value).Order()];
        return sorted.Length == 0 ? 0 : Interval.Quantile(sorted, 0.75) - Interval.Quantile(sorted, 0.25);
    }

    /// <summary>Of equally frequent codes the lowest; NaN where all are missing.</summary>
    private static float MostFrequent(float[] codes) => codes
        .Where(code => !float.IsNaN(code))
        .GroupBy(code => code)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key)
        .Select(group => group.Key)
        .FirstOrDefault(float.NaN);

    private static Rate Changed(OperatingThreshold threshold, double[] before, double[] after)
    {
        var changed = 0;
        for (var row = 0; row < before.Length; row++)
        {
            changed += threshold.Selects(before[row]) != threshold.Selects(after[row]) ? 1 : 0;
        }

        return new Rate(changed, before.Length);
    }
}

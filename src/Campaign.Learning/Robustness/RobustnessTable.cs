using Campaign.Learning.Columns;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Robustness;

/// <summary>Scores rows: row-major features in, one log-odds a row out, in the rows' order.</summary>
/// <param name="features">Row-major, NaN missing; not to be kept.</param>
public delegate double[] FeatureScorer(ReadOnlySpan<float> features);

/// <summary>How much the scores depend on single columns being as they should be.</summary>
/// <param name="Auc">Undisturbed.</param>
/// <param name="AveragePrecision">Undisturbed.</param>
/// <param name="Recall">Undisturbed, at the threshold in force.</param>
/// <param name="Rows">By column in the order asked for, then by disturbance.</param>
public sealed record RobustnessTable(double Auc, double AveragePrecision, Rate Recall, IReadOnlyList<RobustnessRow> Rows)
{
    private const double NoiseShare = 0.1;
    private const double SpoiltShare = 0.05;

    private static readonly Disturbance[] OfNumbers =
        [Disturbance.Missing, Disturbance.ShiftedUp, Disturbance.ShiftedDown, Disturbance.Noise, Disturbance.TypingErrors];

    private static readonly Disturbance[] OfCategories = [Disturbance.Missing, Disturbance.UnseenCategory, Disturbance.Misspelled];

    /// <summary>
    /// A column is disturbed alone; columns that hold the same fact stay, so losing a source with several columns does more harm than this says.
    /// </summary>
    /// <param name="features">Row-major, NaN missing: rows that the scorer's models did not train on, or the numbers flatter. Given back as it was.</param>
    /// <param name="columns">The columns of a row, in their order.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="disturbed">Positions in <paramref name="columns"/>: the columns that matter most.</param>
    /// <param name="threshold">In force.</param>
    /// <param name="scorer">Called once for each disturbance, and once before.</param>
    /// <param name="seed">Of noise and errors.</param>
    /// <param name="cancellation">Looked at between disturbances.</param>
    /// <exception cref="ArgumentException">The lengths don't fit.</exception>
    public static RobustnessTable Measure(
        float[] features,
        IReadOnlyList<FeatureColumn> columns,
        ReadOnlySpan<bool> affluent,
        IReadOnlyList<int> disturbed,
        OperatingThreshold threshold,
        FeatureScorer scorer,
        int seed,
        CancellationToken cancellation = default)
    {
        if (features.Length != affluent.Length * columns.Count)
        {
            throw new ArgumentException($"{features.Length} values are not {affluent.Length} rows of {columns.Count} columns.");
        }

        var before = LogOdds.ToScores(scorer(features));
        var metrics = RankingMetrics.Of(before, affluent);
        var rows = new List<RobustnessRow>();
        foreach (var column in disturbed)
        {
            var values = new float[affluent.Length];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = features[(row * columns.Count) + column];
            }

            foreach (var disturbance in columns[column].Kind == ColumnKind.Category ? OfCategories : OfNumbers)
            {
                cancellation.ThrowIfCancellationRequested();
                Put(features, columns.Count, column, Disturb(values, disturbance, SeededRandom.For(seed, (column * 100) + (int)disturbance)));
                var after = LogOdds.ToScores(scorer(features));
                var disturbedMetrics = RankingMetrics.Of(after, affluent);
                rows.Add(new RobustnessRow(
                    columns[column].Name,
                    disturbance,
                    disturbedMetrics.Auc,
                    disturbedMetrics.AveragePrecision,
                    ConfusionCounts.At(threshold, after, affluent).Recall,
                    Changed(threshold, before, after)));
            }

            Put(features, columns.Count, column, values);
        }

        return new RobustnessTable(metrics.Auc, metrics.AveragePrecision, ConfusionCounts.At(threshold, before, affluent).Recall, rows);
    }

    private static void Put(float[] features, int columnCount, int column, float[] values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            features[(row * columnCount) + column] = values[row];
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

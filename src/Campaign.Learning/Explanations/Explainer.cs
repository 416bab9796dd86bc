namespace Campaign.Learning.Explanations;

/// <summary>The reasons for one row.</summary>
/// <param name="Row">Row number of the dataset, from 0.</param>
/// <param name="Reasons">Strongest first, at most <see cref="Explainer.ReasonCount"/>; empty where nothing speaks for the row, or where the check failed.</param>
/// <param name="AddsUp">Whether the contributions add up to the row's log-odds; where not, no reason is given.</param>
public sealed record RowReasons(int Row, IReadOnlyList<Reason> Reasons, bool AddsUp);

/// <summary>
/// Why customers score high: exact SHAP contributions (TreeSHAP, Lundberg et al. 2018) to the out-of-fold log-odds, by the very models that
/// scored the row and never saw its customer, averaged over the repeats like the log-odds themselves.
/// </summary>
public static class Explainer
{
    public const int ReasonCount = 3;

    /// <summary>Contributions must add up to the mean log-odds within this, or the row gets no reasons.</summary>
    public const double Tolerance = 1e-5;

    private const int BatchRowCount = 512;

    /// <param name="features">The training file's features.</param>
    /// <param name="scores">Of the same file.</param>
    /// <param name="models">That made the scores.</param>
    /// <param name="comparisons">From <see cref="ColumnComparison.ForAll"/>.</param>
    /// <param name="rows">Row numbers from 0, in the order of the results.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public static IEnumerable<RowReasons> Explain(
        FeatureSource features,
        OutOfFoldScores scores,
        TrainedModels models,
        IReadOnlyList<ColumnComparison> comparisons,
        IReadOnlyList<int> rows,
        int threadCount,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var done = 0;
        var width = features.Features.Count;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        foreach (var batches in rows.Chunk(BatchRowCount).Chunk(threadCount))
        {
            cancellation.ThrowIfCancellationRequested();
            var contributions = new double[batches.Length][];
            Parallel.For(0, batches.Length, options, i => contributions[i] = Contributions(features, scores.Folds, models, batches[i], cancellation));
            foreach (var (batch, ofBatch) in batches.Zip(contributions))
            {
                var values = new float[batch.Length * width];
                features.Fill(batch, values);
                for (var i = 0; i < batch.Length; i++)
                {
                    yield return Reasons(
                        batch[i], values.AsSpan(i * width, width), ofBatch.AsSpan(i * (width + 1), width + 1), scores.LogOdds[batch[i]], comparisons);
                }

                done += batch.Length;
                progress?.Report((double)done / rows.Count);
            }
        }
    }

    /// <summary>Mean contributions over the repeats: (feature count + 1) a row of the batch, row-major, the bias last.</summary>
    internal static double[] Contributions(
        FeatureSource features, CustomerFolds folds, TrainedModels models, int[] batch, CancellationToken cancellation)
    {
        var width = features.Features.Count;
        var mean = new double[batch.Length * (width + 1)];
        for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
        {
            var ofRow = folds.OfRepeat(repeat).ToArray();
            foreach (var members in Enumerable.Range(0, batch.Length).GroupBy(i => ofRow[batch[i]]))
            {
                cancellation.ThrowIfCancellationRequested();
                var model = members.Key == CustomerFolds.HeldOut ? models.Final : models.FoldModels[repeat][members.Key];
                int[] places = [.. members];
                var contributions = new double[places.Length * (width + 1)];
                model.PredictContributions(features, [.. places.Select(i => batch[i])], contributions);
                for (var i = 0; i < places.Length; i++)
                {
                    for (var j = 0; j <= width; j++)
                    {
                        mean[(places[i] * (width + 1)) + j] += contributions[(i * (width + 1)) + j] / folds.RepeatCount;
                    }
                }
            }
        }

        return mean;
    }

    private static RowReasons Reasons(
        int row, ReadOnlySpan<float> values, ReadOnlySpan<double> contributions, double logOdds, IReadOnlyList<ColumnComparison> comparisons)
    {
        var sum = 0.0;
        foreach (var contribution in contributions)
        {
            sum += contribution;
        }

        if (!(Math.Abs(sum - logOdds) <= Tolerance))
        {
            return new RowReasons(row, [], AddsUp: false);
        }

        var given = contributions.ToArray();
        var strongest = Enumerable.Range(0, values.Length).Where(i => given[i] > 0).OrderByDescending(i => given[i]).Take(ReasonCount);
        var reasons = new List<Reason>();
        foreach (var i in strongest)
        {
            reasons.Add(comparisons[i].Explain(values[i], given[i]));
        }

        return new RowReasons(row, reasons, AddsUp: true);
    }
}

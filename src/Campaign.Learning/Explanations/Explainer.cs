namespace Campaign.Learning.Explanations;

/// <summary>The reasons for one row.</summary>
/// <param name="Row">Row number of the dataset, from 0.</param>
/// <param name="Reasons">What speaks for it, strongest first, at most <see cref="Explainer.ReasonCount"/>; empty where nothing does, or where the check failed.</param>
/// <param name="Against">What speaks against it, strongest first, at most <see cref="Explainer.AgainstCount"/>; empty likewise.</param>
/// <param name="AddsUp">Whether the contributions add up to the row's log-odds; where not, no reason is given.</param>
public sealed record RowReasons(int Row, IReadOnlyList<Reason> Reasons, IReadOnlyList<Reason> Against, bool AddsUp);

/// <summary>One row's log-odds taken apart, as recorded or with values changed.</summary>
/// <param name="LogOdds">Mean over the repeats, by the models that did not see the customer.</param>
/// <param name="Base">What the models say before any value is known; with all contributions it makes the log-odds.</param>
/// <param name="Parts">Every feature's contribution, the largest by size first, 0 included; empty where they don't add up.</param>
/// <param name="AddsUp">Whether they add up to the log-odds; where not, nothing is shown of them.</param>
public sealed record RowExplanation(double LogOdds, double Base, IReadOnlyList<Reason> Parts, bool AddsUp)
{
    public IEnumerable<Reason> Reasons => Parts.Where(part => part.Contribution > 0).Take(Explainer.ReasonCount);

    public IEnumerable<Reason> Against => Parts.Where(part => part.Contribution < 0).Take(Explainer.AgainstCount);
}

/// <summary>
/// Why customers score high: exact SHAP contributions (TreeSHAP, Lundberg et al. 2018) to the out-of-fold log-odds, by the very models that
/// scored the row and never saw its customer, averaged over the repeats like the log-odds themselves.
/// </summary>
public static class Explainer
{
    public const int ReasonCount = 3;

    public const int AgainstCount = 2;

    /// <summary>Contributions must add up to the mean log-odds within this, or the row gets no reasons.</summary>
    public const double Tolerance = 1e-5;

    internal const int BatchRowCount = 512;

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

    /// <summary>One row by its own models.</summary>
    /// <param name="features">The training file's features, or <see cref="FeatureSource.WithChanges"/> of them.</param>
    /// <param name="models">One for each repeat: those that did not see the row's customer, from <see cref="ModelPackage.LoadHeldOut"/>.</param>
    /// <param name="comparisons">From <see cref="ColumnComparison.ForAll"/>.</param>
    public static RowExplanation ExplainRow(FeatureSource features, int row, IReadOnlyList<ScoringModel> models, IReadOnlyList<ColumnComparison> comparisons)
    {
        var width = features.Features.Count;
        var values = new float[width];
        features.Fill([row], values);
        var logOdds = 0.0;
        var (mean, ofModel) = (new double[width + 1], new float[features.RowCount]);
        foreach (var model in models)
        {
            model.PredictLogOdds(features, [row], ofModel);
            logOdds += ofModel[row];
            Add(OfModel(features, model, [row]), mean, models.Count);
        }

        logOdds /= models.Count;
        if (!AddUp(mean, logOdds))
        {
            return new RowExplanation(logOdds, mean[width], [], AddsUp: false);
        }

        var parts = Enumerable.Range(0, width).OrderByDescending(i => Math.Abs(mean[i])).Select(i => comparisons[i].Explain(values[i], mean[i]));
        return new RowExplanation(logOdds, mean[width], [.. parts], AddsUp: true);
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
                int[] places = [.. members];
                var contributions = OfModel(features, models.Of(repeat, members.Key), [.. places.Select(i => batch[i])]);
                for (var i = 0; i < places.Length; i++)
                {
                    Add(contributions.AsSpan(i * (width + 1), width + 1), mean.AsSpan(places[i] * (width + 1), width + 1), folds.RepeatCount);
                }
            }
        }

        return mean;
    }

    /// <summary>One model's contributions: (feature count + 1) a row, row-major, the bias last.</summary>
    internal static double[] OfModel(FeatureSource features, ScoringModel model, int[] rows)
    {
        var contributions = new double[rows.Length * (features.Features.Count + 1)];
        model.PredictContributions(features, rows, contributions);
        return contributions;
    }

    internal static bool AddUp(ReadOnlySpan<double> contributions, double logOdds)
    {
        var sum = 0.0;
        foreach (var contribution in contributions)
        {
            sum += contribution;
        }

        return Math.Abs(sum - logOdds) <= Tolerance;
    }

    private static void Add(ReadOnlySpan<double> contributions, Span<double> mean, int modelCount)
    {
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] += contributions[i] / modelCount;
        }
    }

    private static RowReasons Reasons(
        int row, ReadOnlySpan<float> values, ReadOnlySpan<double> contributions, double logOdds, IReadOnlyList<ColumnComparison> comparisons)
    {
        if (!AddUp(contributions, logOdds))
        {
            return new RowReasons(row, [], [], AddsUp: false);
        }

        var (given, own) = (contributions.ToArray(), values.ToArray());
        var order = Enumerable.Range(0, own.Length).OrderByDescending(i => given[i]).ToArray();
        return new RowReasons(
            row,
            [.. order.TakeWhile(i => given[i] > 0).Take(ReasonCount).Select(i => comparisons[i].Explain(own[i], given[i]))],
            [.. Enumerable.Reverse(order).TakeWhile(i => given[i] < 0).Take(AgainstCount).Select(i => comparisons[i].Explain(own[i], given[i]))],
            AddsUp: true);
    }
}

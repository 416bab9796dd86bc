namespace Campaign.Learning;

/// <summary>
/// Scores customers of a training file anew, by the models that never saw them, averaged over the repeats as <see cref="OutOfFoldScores"/>
/// are: with other values, or as another file has them.
/// </summary>
public static class HeldOutScoring
{
    /// <summary>Of a row whose customer is not in the training file: the final model scores it.</summary>
    public const int NotTrained = -1;

    private const int BatchRowCount = 1024;

    /// <summary>Rows of the training file itself.</summary>
    /// <param name="models">Of the run.</param>
    /// <param name="folds">That they were trained on.</param>
    /// <param name="features">The training file's, perhaps with other values.</param>
    /// <param name="rows">Row numbers of the file.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Looked at between models.</param>
    /// <returns>One for each of <paramref name="rows"/>, in their order.</returns>
    public static double[] LogOdds(
        TrainedModels models, CustomerFolds folds, FeatureSource features, IReadOnlyList<int> rows, int threadCount, CancellationToken cancellation = default) =>
        LogOdds(models, folds, features, rows, rows, threadCount, cancellation);

    /// <summary>Rows of any file.</summary>
    /// <param name="models">Of the run.</param>
    /// <param name="folds">That they were trained on.</param>
    /// <param name="features">The other file's.</param>
    /// <param name="rows">Row numbers of the other file.</param>
    /// <param name="trainingRows">For each of <paramref name="rows"/> a row of the training file with the same customer, or <see cref="NotTrained"/>.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Looked at between models.</param>
    /// <returns>One for each of <paramref name="rows"/>, in their order.</returns>
    public static double[] LogOdds(
        TrainedModels models,
        CustomerFolds folds,
        FeatureSource features,
        IReadOnlyList<int> rows,
        IReadOnlyList<int> trainingRows,
        int threadCount,
        CancellationToken cancellation = default)
    {
        var places = Places(folds, trainingRows);
        var ofModels = new float[places.Length][];
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation }, i =>
        {
            var model = i < places.Length - 1 ? models.FoldModels[i / folds.FoldCount][i % folds.FoldCount] : models.Final;
            ofModels[i] = Predict(model, features, [.. places[i].Select(place => rows[place])]);
        });

        var logOdds = new double[rows.Count];
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j < places[i].Count; j++)
            {
                logOdds[places[i][j]] += ofModels[i][j];
            }
        }

        for (var i = 0; i < logOdds.Length; i++)
        {
            logOdds[i] /= trainingRows[i] == NotTrained ? 1 : folds.RepeatCount;
        }

        return logOdds;
    }

    /// <summary>For each fold model, by repeat and fold, the positions that it never saw; last those of the final model.</summary>
    private static List<int>[] Places(CustomerFolds folds, IReadOnlyList<int> trainingRows)
    {
        List<int>[] places = [.. Enumerable.Range(0, (folds.RepeatCount * folds.FoldCount) + 1).Select(_ => new List<int>())];
        for (var place = 0; place < trainingRows.Count; place++)
        {
            if (trainingRows[place] == NotTrained)
            {
                places[^1].Add(place);
                continue;
            }

            for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
            {
                places[(repeat * folds.FoldCount) + folds.OfRepeat(repeat)[trainingRows[place]]].Add(place);
            }
        }

        return places;
    }

    private static float[] Predict(XGBoost.Booster model, FeatureSource features, int[] rows)
    {
        var logOdds = new float[rows.Length];
        var values = new float[Math.Min(BatchRowCount, rows.Length) * features.Features.Count];
        for (var first = 0; first < rows.Length; first += BatchRowCount)
        {
            var batch = rows.AsSpan(first, Math.Min(BatchRowCount, rows.Length - first));
            var ofBatch = values.AsSpan(0, batch.Length * features.Features.Count);
            features.Fill(batch, ofBatch);
            model.PredictMargins(ofBatch, logOdds.AsSpan(first, batch.Length));
        }

        return logOdds;
    }
}

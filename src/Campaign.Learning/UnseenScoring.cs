using System.Buffers;

namespace Campaign.Learning;

/// <summary>
/// Scores customers of a training file anew, by the models that never saw them, averaged over the repeats as <see cref="OutOfFoldScores"/>
/// are: with other values, or as another file has them.
/// </summary>
public static class UnseenScoring
{
    /// <summary>Of a row whose customer is not in the training file: the final model scores it, as those held out of training altogether.</summary>
    public const int NotTrained = -1;

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
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        var logOdds = new double[rows.Count];
        var ofRow = ArrayPool<float>.Shared.Rent(features.RowCount);
        for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
        {
            var foldOfRow = folds.OfRepeat(repeat).ToArray();
            var ofModels = Enumerable.Range(0, rows.Count).GroupBy(place => trainingRows[place] == NotTrained ? CustomerFolds.HeldOut : foldOfRow[trainingRows[place]]);
            Parallel.ForEach(ofModels.ToArray(), options, places =>
            {
                var model = places.Key == CustomerFolds.HeldOut ? models.Final : models.FoldModels[repeat][places.Key];
                model.PredictLogOdds(features, [.. places.Select(place => rows[place])], ofRow, cancellation: cancellation);
            });
            for (var place = 0; place < logOdds.Length; place++)
            {
                logOdds[place] += ofRow[rows[place]];
            }
        }

        ArrayPool<float>.Shared.Return(ofRow);
        return Array.ConvertAll(logOdds, sum => sum / folds.RepeatCount);
    }
}

using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>Scores rows of a dataset with one model, batch by batch.</summary>
internal static class MarginPrediction
{
    internal const int BatchRowCount = 4096;

    /// <summary>Writes the log-odds of each of <paramref name="rows"/> to its place in <paramref name="logOdds"/>.</summary>
    /// <param name="rows">Row numbers of the dataset.</param>
    /// <param name="logOdds">One for each row of the dataset.</param>
    internal static void Predict(Booster model, FeatureSource features, int[] rows, float[] logOdds, int threadCount, CancellationToken cancellation)
    {
        var batchCount = (rows.Length + BatchRowCount - 1) / BatchRowCount;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        Parallel.For(
            0,
            batchCount,
            options,
            () => (Values: new float[BatchRowCount * features.Features.Count], Margins: new float[BatchRowCount]),
            (batch, _, buffers) =>
            {
                var batchRows = rows.AsSpan(batch * BatchRowCount, Math.Min(BatchRowCount, rows.Length - (batch * BatchRowCount)));
                var values = buffers.Values.AsSpan(0, batchRows.Length * features.Features.Count);
                var margins = buffers.Margins.AsSpan(0, batchRows.Length);
                features.Fill(batchRows, values);
                model.PredictMargins(values, margins);
                for (var i = 0; i < batchRows.Length; i++)
                {
                    logOdds[batchRows[i]] = margins[i];
                }

                return buffers;
            },
            _ => { });
    }
}

using System.Globalization;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>
/// One model in training on some of the rows, judged on others. The training matrix is made from the mapped columns at the first round and
/// dropped by <see cref="Finish"/>; held-out rows are read batch by batch each time.
/// </summary>
internal sealed class FoldTraining(
    FeatureSource features, bool[] affluent, TrainingRecipe recipe, int repeat, int[] trainingRows, int[] heldOutRows)
    : IDisposable
{
    private readonly double[] _logLosses = new double[recipe.MaxStepCount];
    private readonly float[] _heldOutLogOdds = new float[heldOutRows.Length];
    private QuantileDMatrix? _training;
    private Booster? _booster;
    private int _roundCount;
    private int _stepCount;

    private Booster? _model;

    internal int Repeat { get; } = repeat;

    /// <summary>Threads of its own, set before the first step; the model does not depend on it.</summary>
    internal int ThreadCount { get; set; } = 1;

    /// <summary>Rows that the model is judged on and never sees; empty for the final model.</summary>
    internal int[] HeldOutRows { get; } = heldOutRows;

    /// <summary>Steps trained and judged; may be read while another thread trains.</summary>
    internal int StepCount => Volatile.Read(ref _stepCount);

    /// <summary>Sum over the held-out rows after a step below <see cref="StepCount"/>, natural logarithm.</summary>
    internal double LogLoss(int step) => _logLosses[step];

    /// <summary>Trains <see cref="TrainingRecipe.TreeStep"/> rounds more and judges them. The token is looked at between rounds.</summary>
    internal void Advance(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _booster ??= Begin();
        for (var i = 0; i < TrainingRecipe.TreeStep; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _booster.Update(_roundCount++, _training!);
        }

        _logLosses[_stepCount] = Judge(_booster);
        Volatile.Write(ref _stepCount, _stepCount + 1);
    }

    /// <summary>Keeps the first <paramref name="treeCount"/> trees; all else is freed.</summary>
    internal void Finish(int treeCount)
    {
        _model = _booster!.Slice(0, treeCount);
        _model.SetParameter("nthread", "1");
        _booster.Dispose();
        _training!.Dispose();
    }

    /// <summary>The finished model, which the caller owns from now on.</summary>
    internal Booster TakeModel()
    {
        var model = _model ?? throw new InvalidOperationException("The model is not finished.");
        _model = null;
        return model;
    }

    public void Dispose()
    {
        _model?.Dispose();
        _booster?.Dispose();
        _training?.Dispose();
    }

    private Booster Begin()
    {
        _training = QuantileDMatrix.FromBatches(
            trainingRows.Length,
            features.Features.Count,
            (firstRow, values, labels) =>
            {
                var batch = trainingRows.AsSpan(firstRow, labels.Length);
                features.Fill(batch, values);
                for (var i = 0; i < batch.Length; i++)
                {
                    labels[i] = affluent[batch[i]] ? 1 : 0;
                }
            },
            features.Types,
            TrainingRecipe.MaxBin,
            ThreadCount);
        return Booster.Create(recipe.Parameters(Repeat).Append(new("nthread", ThreadCount.ToString(CultureInfo.InvariantCulture))), _training);
    }

    /// <summary>
    /// Adds the latest step's trees to the held-out rows' log-odds. By hand, because XGBoost evaluates quantile bins five times slower than
    /// plain floats, and a plain matrix of all held-out rows would be a dense copy of the file.
    /// </summary>
    private double Judge(Booster booster)
    {
        var width = features.Features.Count;
        var values = new float[Math.Min(MarginPrediction.BatchRowCount, HeldOutRows.Length) * width];
        var margins = new float[values.Length / width];
        var logLoss = 0.0;
        for (var first = 0; first < HeldOutRows.Length; first += MarginPrediction.BatchRowCount)
        {
            var batch = HeldOutRows.AsSpan(first, Math.Min(margins.Length, HeldOutRows.Length - first));
            features.Fill(batch, values.AsSpan(0, batch.Length * width));
            booster.PredictMargins(
                values.AsSpan(0, batch.Length * width), margins.AsSpan(0, batch.Length), _roundCount - TrainingRecipe.TreeStep, _roundCount);
            for (var i = 0; i < batch.Length; i++)
            {
                double logOdds = _heldOutLogOdds[first + i] += margins[i];
                var against = affluent[batch[i]] ? -logOdds : logOdds;
                logLoss += Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against)));
            }
        }

        return logLoss;
    }
}

using System.Globalization;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>
/// One model in training on some of the rows, with its own evaluation rows. Matrices are made from the mapped columns at the first round and
/// dropped by <see cref="Finish"/>.
/// </summary>
internal sealed class FoldTraining(
    FeatureSource features, bool[] affluent, TrainingRecipe recipe, int repeat, int[] trainingRows, int[] heldOutRows, int threadCount)
    : IDisposable
{
    private readonly List<double> _logLosses = [];
    private QuantileDMatrix? _training;
    private QuantileDMatrix? _heldOut;
    private Booster? _booster;

    internal int Repeat { get; } = repeat;

    /// <summary>Rows that the model is judged on and never sees; empty for the final model.</summary>
    internal int[] HeldOutRows { get; } = heldOutRows;

    /// <summary>Log-loss on the held-out rows after each round so far.</summary>
    internal IReadOnlyList<double> LogLosses => _logLosses;

    internal int RoundCount { get; private set; }

    /// <summary>Trains further rounds. The token is looked at between rounds.</summary>
    internal void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _booster ??= Begin();
        for (var i = 0; i < rounds; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _booster.Update(RoundCount, _training!);
            if (_heldOut is not null)
            {
                _logLosses.Add(_booster.EvaluateLogLoss(RoundCount, _heldOut));
            }

            RoundCount++;
        }
    }

    /// <summary>The first <paramref name="treeCount"/> trees, which the caller owns from now on; the matrices are freed.</summary>
    internal Booster Finish(int treeCount)
    {
        var model = _booster!.Slice(0, treeCount);
        model.SetParameter("nthread", "1");
        Dispose();
        return model;
    }

    public void Dispose()
    {
        _booster?.Dispose();
        _heldOut?.Dispose();
        _training?.Dispose();
    }

    private Booster Begin()
    {
        _training = Matrix(trainingRows, null);
        _heldOut = HeldOutRows.Length == 0 ? null : Matrix(HeldOutRows, _training);
        var parameters = recipe.Parameters(Repeat).Append(new("nthread", threadCount.ToString(CultureInfo.InvariantCulture)));
        return _heldOut is null ? Booster.Create(parameters, _training) : Booster.Create(parameters, _training, _heldOut);
    }

    private QuantileDMatrix Matrix(int[] rows, QuantileDMatrix? reference) => QuantileDMatrix.FromBatches(
        rows.Length,
        features.Features.Count,
        (firstRow, values, labels) =>
        {
            var batch = rows.AsSpan(firstRow, labels.Length);
            features.Fill(batch, values);
            for (var i = 0; i < batch.Length; i++)
            {
                labels[i] = affluent[batch[i]] ? 1 : 0;
            }
        },
        features.Types,
        reference,
        TrainingRecipe.MaxBin,
        threadCount);
}

using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>
/// One model in training on all rows but those held out, and judged on them. All rows lie in the common matrix; a row held out has no
/// derivatives, which adds exactly nothing to any sum, so the model is that of the other rows alone.
/// </summary>
/// <param name="rows">Shared; outlives this.</param>
/// <param name="affluent">The recorded class, one a row.</param>
/// <param name="recipe">How the model is trained.</param>
/// <param name="repeat">Tells the seed.</param>
/// <param name="heldOutRows">Rows that the model is judged on and never sees; empty for the final model.</param>
/// <param name="unusedRows">Rows that it never sees either, and is not judged on; null for none.</param>
internal sealed class FoldTraining(
    TrainingRows rows, bool[] affluent, TrainingRecipe recipe, int repeat, int[] heldOutRows, int[]? unusedRows = null) : IDisposable
{
    /// <summary>
    /// Derivatives are whole multiples of 1 / this, at most 1 (an affluent's: its weight): sums of up to 2^31 of them are exact in 64-bit floats, in whatever order
    /// threads add. Finer than a 32-bit float's own log-odds near 10.
    /// </summary>
    private const float DerivativeSteps = 1 << 20;

    private readonly int[] _unusedRows = unusedRows ?? [];
    private readonly double[] _logLosses = new double[recipe.MaxStepCount];
    private int[] _affluentRows = [];
    private float[] _margins = [];
    private float[] _gradients = [];
    private float[] _hessians = [];
    private Booster? _booster;
    private Booster? _model;
    private int _roundCount;
    private int _stepCount;

    internal int Repeat { get; } = repeat;

    /// <summary>Threads of its own, set before the first step; the model does not depend on it.</summary>
    internal int ThreadCount { get; set; } = 1;

    internal int[] HeldOutRows { get; } = heldOutRows;

    /// <summary>Steps trained and judged; may be read while another thread trains.</summary>
    internal int StepCount => Volatile.Read(ref _stepCount);

    /// <summary>Weighted sum over the held-out rows after a step below <see cref="StepCount"/>, natural logarithm.</summary>
    internal double LogLoss(int step) => _logLosses[step];

    /// <summary>Trains <see cref="TrainingRecipe.RoundsPerStep"/> rounds more and judges them. The token is looked at between rounds.</summary>
    internal void Advance(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _booster ??= Begin();
        for (var i = 0; i < recipe.RoundsPerStep; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Derive();
            _booster.Boost(rows.Matrix, _gradients.AsSpan(0, affluent.Length), _hessians.AsSpan(0, affluent.Length));
            _roundCount++;
            _booster.PredictMargins(rows.Matrix, _margins.AsSpan(0, affluent.Length));
        }

        _logLosses[_stepCount] = Judge();
        Volatile.Write(ref _stepCount, _stepCount + 1);
    }

    /// <summary>Keeps the first <paramref name="roundCount"/> rounds; all else is freed.</summary>
    internal void Finish(int roundCount)
    {
        // An elastic net can't be cut, and need not be: it has one step.
        var booster = _booster!;
        using var kept = roundCount < _roundCount ? booster.Slice(0, roundCount) : null;
        _model = rows.Restore(kept ?? booster);
        booster.Dispose();
        if (_roundCount > roundCount)
        {
            _margins = [];
        }

        (_affluentRows, _gradients, _hessians) = ([], [], []);
    }

    /// <summary>
    /// Writes the finished model's log-odds of some rows to their places, once, where training has left them at hand: where it grew no tree
    /// too many. They are bit for bit what the model would say.
    /// </summary>
    /// <returns>False where they must be predicted.</returns>
    internal bool TryTakeLogOdds(int[] scored, float[] logOdds)
    {
        if (_margins.Length == 0)
        {
            return false;
        }

        foreach (var row in scored)
        {
            logOdds[row] = _margins[row];
        }

        _margins = [];
        return true;
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
    }

    private Booster Begin()
    {
        // Whole vectors, so that every row is computed alike; what lies beyond the last row is never read.
        var length = (affluent.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        (_margins, _gradients, _hessians) = (new float[length], new float[length], new float[length]);
        var learned = new bool[affluent.Length];
        affluent.CopyTo(learned, 0);
        Array.ForEach(HeldOutRows, row => learned[row] = false);
        Array.ForEach(_unusedRows, row => learned[row] = false);
        _affluentRows = [.. Enumerable.Range(0, learned.Length).Where(row => learned[row])];

        var booster = Booster.Create(recipe.Parameters(Repeat), rows.Matrix);
        booster.SetParameter("nthread", ThreadCount.ToString(CultureInfo.InvariantCulture));
        if (recipe.TreesPerRound == 1)
        {
            // Derive draws the sample: XGBoost would draw from the rows that are switched off as well.
            booster.SetParameter("subsample", "1");
        }
        else
        {
            // A forest takes one step from where its rows are on average, so that its leaves are log-odds near the base rate.
            var baseRate = (double)_affluentRows.Length / (affluent.Length - HeldOutRows.Length - _unusedRows.Length);
            booster.SetParameter("base_score", baseRate.ToString("R", CultureInfo.InvariantCulture));
            // A hair below, as derivatives are rounded.
            booster.SetParameter("min_child_weight", (0.999 * recipe.MinChildWeight * baseRate * (1 - baseRate)).ToString("R", CultureInfo.InvariantCulture));
        }

        booster.PredictMargins(rows.Matrix, _margins.AsSpan(0, affluent.Length));
        return booster;
    }

    /// <summary>
    /// Of the logistic loss by the log-odds: p - y and p(1 - p), at least one step of the latter. The round's sample depends on the seed and the
    /// round alone.
    /// </summary>
    private void Derive()
    {
        var steps = new Vector<float>(DerivativeSteps);
        var margins = MemoryMarshal.Cast<float, Vector<float>>(_margins.AsSpan());
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(_gradients.AsSpan());
        var hessians = MemoryMarshal.Cast<float, Vector<float>>(_hessians.AsSpan());
        for (var i = 0; i < margins.Length; i++)
        {
            var p = Vector<float>.One / (Vector<float>.One + Vector.Exp(-margins[i]));
            gradients[i] = Vector.Round(p * steps) / steps;
            hessians[i] = Vector.Max(Vector<float>.One, Vector.Round(p * (Vector<float>.One - p) * steps)) / steps;
        }

        foreach (var row in _affluentRows)
        {
            (_gradients[row], _hessians[row]) = (recipe.AffluentWeight * (_gradients[row] - 1), recipe.AffluentWeight * _hessians[row]);
        }

        SwitchOff(HeldOutRows);
        SwitchOff(_unusedRows);
        if (recipe is { Subsample: < 1, TreesPerRound: 1 })
        {
            var sample = SeededRandom.For(recipe.ModelSeed(Repeat), _roundCount);
            for (var row = 0; row < affluent.Length; row++)
            {
                if (sample.NextShare() >= recipe.Subsample)
                {
                    (_gradients[row], _hessians[row]) = (0, 0);
                }
            }
        }
    }

    private void SwitchOff(int[] off)
    {
        foreach (var row in off)
        {
            (_gradients[row], _hessians[row]) = (0, 0);
        }
    }

    private double Judge()
    {
        var logLoss = 0.0;
        foreach (var row in HeldOutRows)
        {
            double against = affluent[row] ? -_margins[row] : _margins[row];
            logLoss += (affluent[row] ? recipe.AffluentWeight : 1) * (Math.Max(against, 0) + Math.Log(1 + Math.Exp(-Math.Abs(against))));
        }

        return logLoss;
    }
}

using System.Runtime.ExceptionServices;

namespace Campaign.Learning;

/// <summary>
/// Trains models side by side until their common out-of-fold log-loss has found its minimum. Each model stays on one thread, because XGBoost
/// keeps a booster's predictions by thread and makes them all again on another; a thread always goes on with the one of its models that is
/// furthest behind. How far some ran ahead changes nothing.
/// </summary>
internal sealed class LockstepTraining(IReadOnlyList<FoldTraining> members, TrainingRecipe recipe, IProgress<double>? progress)
{
    /// <summary>No model runs ahead of the slowest by more steps: they would be thrown away where the minimum is found before.</summary>
    private const int MostAhead = 2;

    /// <summary>A log-loss must be lower by this to be a new minimum: far more than summing in another order can change.</summary>
    private const double LeastGain = 1e-9;

    private readonly object _gate = new();
    private readonly double _heldOutCount = members.Sum(member => (double)member.HeldOutRows.Length);
    private ExceptionDispatchInfo? _failure;
    private double _lowestLogLoss = double.PositiveInfinity;
    private int _judgedSteps;
    private bool _done;

    /// <summary>
    /// The number of rounds with the lowest out-of-fold log-loss, known once <see cref="Run"/> has returned; a multiple of
    /// <see cref="TrainingRecipe.RoundsPerStep"/>, at least one.
    /// </summary>
    internal int RoundCount { get; private set; }

    /// <summary>On the calling thread and <paramref name="threadCount"/> - 1 more.</summary>
    internal void Run(int threadCount, CancellationToken cancellation)
    {
        threadCount = Math.Clamp(threadCount, 1, members.Count);
        var ofThread = Enumerable.Range(0, threadCount).Select(thread => members.Where((_, i) => i % threadCount == thread).ToArray()).ToArray();
        var others = ofThread.Skip(1).Select(own => new Thread(() => Work(own, cancellation)) { IsBackground = true }).ToArray();
        foreach (var thread in others)
        {
            thread.Start();
        }

        Work(ofThread[0], cancellation);
        foreach (var thread in others)
        {
            thread.Join();
        }

        _failure?.Throw();
    }

    private void Work(FoldTraining[] own, CancellationToken cancellation)
    {
        while (TakeNext(own) is { } member)
        {
            try
            {
                member.Advance(cancellation);
            }
#pragma warning disable CA1031 // Kept for the calling thread, which throws it on when all threads have stopped.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                lock (_gate)
                {
                    _failure ??= ExceptionDispatchInfo.Capture(failure);
                }
            }

            lock (_gate)
            {
                Judge();
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for the other threads' models where the own ones are far enough ahead; null where there is nothing left to do.</summary>
    private FoldTraining? TakeNext(FoldTraining[] own)
    {
        lock (_gate)
        {
            while (!_done && _failure is null)
            {
                var next = own.MinBy(member => member.StepCount)!;
                if (next.StepCount < Math.Min(recipe.MaxStepCount, _judgedSteps + MostAhead))
                {
                    return next;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    /// <summary>Looks, in order, at the steps that all models have trained.</summary>
    private void Judge()
    {
        var common = members.Min(member => member.StepCount);
        for (; _judgedSteps < common && !_done; _judgedSteps++)
        {
            var logLoss = members.Sum(member => member.LogLoss(_judgedSteps)) / _heldOutCount;
            var roundCount = (_judgedSteps + 1) * recipe.RoundsPerStep;
            if (logLoss < _lowestLogLoss - LeastGain)
            {
                _lowestLogLoss = logLoss;
                RoundCount = roundCount;
            }

            _done = roundCount - RoundCount >= recipe.Patience || _judgedSteps + 1 == recipe.MaxStepCount;
        }

        progress?.Report((double)_judgedSteps / recipe.MaxStepCount);
    }
}

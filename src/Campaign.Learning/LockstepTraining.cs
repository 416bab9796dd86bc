using System.Runtime.ExceptionServices;

namespace Campaign.Learning;

/// <summary>
/// Trains all fold models side by side until their common out-of-fold log-loss has found its minimum. A thread always takes the model that
/// is furthest behind, one step at a time, so that no thread waits for the slowest; how far the others ran ahead changes nothing.
/// </summary>
internal sealed class LockstepTraining(IReadOnlyList<FoldTraining> members, TrainingRecipe recipe, IProgress<double>? progress)
{
    /// <summary>No model runs ahead of the slowest by more steps: they would be thrown away where the minimum is found before.</summary>
    private const int MostAhead = 2;

    /// <summary>A log-loss must be lower by this to be a new minimum: far more than summing in another order can change.</summary>
    private const double LeastGain = 1e-9;

    private readonly object _gate = new();
    private readonly HashSet<FoldTraining> _busy = [];
    private readonly double _heldOutCount = members.Sum(member => (double)member.HeldOutRows.Length);
    private ExceptionDispatchInfo? _failure;
    private double _lowestLogLoss = double.PositiveInfinity;
    private int _judgedSteps;
    private bool _minimumFound;

    /// <summary>The number of trees with the lowest out-of-fold log-loss, known once <see cref="Run"/> has returned; a multiple of <see cref="TrainingRecipe.TreeStep"/>.</summary>
    internal int TreeCount { get; private set; }

    /// <summary>On the calling thread and <paramref name="threadCount"/> - 1 more.</summary>
    internal void Run(int threadCount, CancellationToken cancellation)
    {
        var others = Enumerable.Range(1, Math.Clamp(threadCount, 1, members.Count) - 1)
            .Select(_ => new Thread(() => Work(cancellation)) { IsBackground = true })
            .ToArray();
        foreach (var thread in others)
        {
            thread.Start();
        }

        Work(cancellation);
        foreach (var thread in others)
        {
            thread.Join();
        }

        _failure?.Throw();
    }

    private void Work(CancellationToken cancellation)
    {
        while (TakeNext() is { } member)
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
                _busy.Remove(member);
                Judge();
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits where all models that may go on are being trained; null where there is nothing left to do.</summary>
    private FoldTraining? TakeNext()
    {
        lock (_gate)
        {
            while (!_minimumFound && _failure is null && _judgedSteps < recipe.MaxStepCount)
            {
                var next = members
                    .Where(member => !_busy.Contains(member) && member.StepCount < Math.Min(recipe.MaxStepCount, _judgedSteps + MostAhead))
                    .MinBy(member => member.StepCount);
                if (next is not null)
                {
                    _busy.Add(next);
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
        for (; _judgedSteps < common && !_minimumFound; _judgedSteps++)
        {
            var logLoss = members.Sum(member => member.LogLoss(_judgedSteps)) / _heldOutCount;
            var treeCount = (_judgedSteps + 1) * TrainingRecipe.TreeStep;
            if (logLoss < _lowestLogLoss - LeastGain)
            {
                _lowestLogLoss = logLoss;
                TreeCount = treeCount;
            }

            _minimumFound = treeCount - TreeCount >= recipe.Patience;
        }

        progress?.Report((double)_judgedSteps / recipe.MaxStepCount);
    }
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>
/// The log-odds of every row by models that never saw its customer, one for each repeat, and their mean, by which Campaign ranks; and, for
/// comparison only, what the final model says of the rows that it was trained on.
/// </summary>
/// <remarks>
/// The labels of held-out rows decide one number: how many trees all models have. Nothing else of a fold reaches the models that score it.
/// </remarks>
public sealed class OutOfFoldScores
{
    /// <summary>Of the time; the rest is scoring.</summary>
    private const double TrainingShare = 0.9;

    private readonly double[] _logOdds;
    private readonly float[][] _repeatLogOdds;
    private readonly float[] _inSampleLogOdds;

    internal OutOfFoldScores(float[][] repeatLogOdds, CustomerFolds folds, float[] inSampleLogOdds)
    {
        _repeatLogOdds = repeatLogOdds;
        _inSampleLogOdds = inSampleLogOdds;
        Folds = folds;
        _logOdds = new double[folds.RowCount];
        for (var row = 0; row < _logOdds.Length; row++)
        {
            foreach (var repeat in repeatLogOdds)
            {
                _logOdds[row] += repeat[row];
            }

            _logOdds[row] /= repeatLogOdds.Length;
        }
    }

    public int RowCount => _logOdds.Length;

    public int RepeatCount => _repeatLogOdds.Length;

    public CustomerFolds Folds { get; }

    /// <summary>Mean over the repeats, one a row: the ranking quantity.</summary>
    public ReadOnlySpan<double> LogOdds => _logOdds;

    /// <summary>One a row, by the final model that was trained on the row: what the common practice would have scored.</summary>
    public ReadOnlySpan<float> InSampleLogOdds => _inSampleLogOdds;

    /// <summary>One a row, by that repeat's models.</summary>
    public ReadOnlySpan<float> OfRepeat(int repeat) => _repeatLogOdds[repeat];

    /// <summary>Trains the fold models and the final model, and scores every row.</summary>
    /// <param name="features">The dataset's features.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="folds">One repeat for each of the recipe's.</param>
    /// <param name="recipe">How the trees are grown.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    /// <returns>The scores and the models, which the caller disposes.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static (OutOfFoldScores Scores, TrainedModels Models) Compute(
        FeatureSource features,
        bool[] affluent,
        CustomerFolds folds,
        TrainingRecipe recipe,
        int threadCount,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var all = Enumerable.Range(0, features.RowCount).ToArray();
        using var rows = new BinnedRows(features, TrainingRecipe.MaxBin, threadCount);
        var members = new List<FoldTraining>();
        for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
        {
            for (var fold = 0; fold < folds.FoldCount; fold++)
            {
                members.Add(new FoldTraining(rows, affluent, recipe, repeat, folds.Rows(repeat, fold, inFold: true)));
            }
        }

        // The final model has as many trees as the folds chose, although it has more rows: the log-loss is flat around its minimum, so that a
        // correction for the row count could not be told from noise.
        members.Add(new FoldTraining(rows, affluent, recipe, recipe.RepeatCount, []));
        var models = new List<Booster>();
        try
        {
            Train(members, recipe, threadCount, Part(progress, 0, TrainingShare), cancellation);
            models.AddRange(members.Select(member => member.TakeModel()));
            var repeatLogOdds = Enumerable.Range(0, folds.RepeatCount).Select(_ => new float[features.RowCount]).ToArray();
            var inSample = new float[features.RowCount];
            for (var i = 0; i < models.Count; i++)
            {
                var (scored, logOdds) = i < models.Count - 1 ? (members[i].HeldOutRows, repeatLogOdds[members[i].Repeat]) : (all, inSample);
                if (!members[i].TryTakeLogOdds(scored, logOdds))
                {
                    MarginPrediction.Predict(models[i], features, scored, logOdds, threadCount, cancellation);
                }

                progress?.Report(TrainingShare + ((1 - TrainingShare) * (i + 1) / models.Count));
            }

            return (new OutOfFoldScores(repeatLogOdds, folds, inSample), new TrainedModels([.. models.SkipLast(1).Chunk(folds.FoldCount)], models[^1]));
        }
        catch
        {
            models.ForEach(model => model.Dispose());
            throw;
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    /// <summary>The recipe's first fold models choose the number of trees; then the others and the final one grow as many.</summary>
    private static void Train(
        List<FoldTraining> members, TrainingRecipe recipe, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        var choosing = members.Take(Math.Min(recipe.ChoosingModelCount, members.Count - 1)).ToArray();
        var rest = members.Skip(choosing.Length).ToArray();
        var share = (double)choosing.Length / members.Count;
        Array.ForEach(choosing, member => member.ThreadCount = Math.Max(1, threadCount / choosing.Length));
        Array.ForEach(rest, member => member.ThreadCount = Math.Max(1, threadCount / rest.Length));

        var lockstep = new LockstepTraining(choosing, recipe, Part(progress, 0, share));
        lockstep.Run(threadCount, cancellation);
        Array.ForEach(choosing, member => member.Finish(lockstep.TreeCount));
        var finished = choosing.Length;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        try
        {
            // One at a time, not in ranges: each is long.
            Parallel.ForEach(Partitioner.Create(rest, EnumerablePartitionerOptions.NoBuffering), options, member =>
            {
                while (member.StepCount < lockstep.TreeCount / TrainingRecipe.TreeStep)
                {
                    member.Advance(cancellation);
                }

                member.Finish(lockstep.TreeCount);
                lock (members)
                {
                    progress?.Report((double)++finished / members.Count);
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private static Progress? Part(IProgress<double>? whole, double from, double to) => whole is null ? null : new Progress(whole, from, to);

    private sealed class Progress(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (value * (to - from)));
    }
}

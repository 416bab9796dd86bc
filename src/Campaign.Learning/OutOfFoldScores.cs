using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Campaign.Learning;

/// <summary>
/// The log-odds of every row by models that never saw its customer, one for each repeat, and their mean, by which Campaign ranks; and, for
/// comparison only, what the final model says of the rows that it was trained on. A customer held out of training altogether is scored by the
/// final model everywhere.
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

    /// <summary>Trains a family's fold models and its final model, and scores every row.</summary>
    /// <param name="data">Features, recorded class, and folds with one repeat for each of the recipe's at least; those beyond are not used.</param>
    /// <param name="recipe">How the models are trained.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    /// <returns>The scores and the models, which the caller disposes.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static (OutOfFoldScores Scores, TrainedModels Models) Compute(
        TrainingData data, TrainingRecipe recipe, int threadCount, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var folds = data.Folds.Take(recipe.RepeatCount);
        int[] all = [.. Enumerable.Range(0, folds.RowCount)];
        var heldOut = folds.HeldOutRows();
        var rows = data.RowsOf(recipe.Family, threadCount);
        var members = new List<FoldTraining>();
        for (var repeat = 0; repeat < folds.RepeatCount; repeat++)
        {
            for (var fold = 0; fold < folds.FoldCount; fold++)
            {
                members.Add(new FoldTraining(rows, data.Affluent, recipe, repeat, folds.Rows(repeat, fold), heldOut));
            }
        }

        // The final model has as many trees as the folds chose, although it has more rows: the log-loss is flat around its minimum, so that a
        // correction for the row count could not be told from noise.
        members.Add(new FoldTraining(rows, data.Affluent, recipe, recipe.RepeatCount, [], heldOut));
        var models = new List<ScoringModel>();
        try
        {
            Train(members, recipe, threadCount, Part(progress, 0, TrainingShare), cancellation);
            var design = data.DesignOf(recipe.Family);
            models.AddRange(members.Select(member => new ScoringModel([new ModelMember(recipe.Family, member.TakeModel(), 1, design)])));
            var repeatLogOdds = Enumerable.Range(0, folds.RepeatCount).Select(_ => new float[folds.RowCount]).ToArray();
            var inSample = new float[folds.RowCount];
            for (var i = 0; i < models.Count; i++)
            {
                var (scored, logOdds) = i < models.Count - 1 ? (members[i].HeldOutRows, repeatLogOdds[members[i].Repeat]) : (all, inSample);
                if (!members[i].TryTakeLogOdds(scored, logOdds))
                {
                    models[i].PredictLogOdds(data.Features, scored, logOdds, threadCount, cancellation);
                }

                progress?.Report(TrainingShare + ((1 - TrainingShare) * (i + 1) / models.Count));
            }

            foreach (var logOdds in repeatLogOdds)
            {
                Array.ForEach(heldOut, row => logOdds[row] = inSample[row]);
            }

            return (
                new OutOfFoldScores(repeatLogOdds, folds, inSample),
                new TrainedModels([.. models.SkipLast(1).Chunk(folds.FoldCount)], models[^1], [recipe]));
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

    /// <summary>The scores of <see cref="TrainedModels.Combine"/>, from those of its parts.</summary>
    /// <param name="parts">On the same folds, with the same repeats.</param>
    /// <param name="weights">One for each part.</param>
    public static OutOfFoldScores Combine(IReadOnlyList<OutOfFoldScores> parts, IReadOnlyList<double> weights)
    {
        return new OutOfFoldScores(
            [.. Enumerable.Range(0, parts[0].RepeatCount).Select(repeat => Sum(part => part._repeatLogOdds[repeat]))],
            parts[0].Folds,
            Sum(part => part._inSampleLogOdds));

        float[] Sum(Func<OutOfFoldScores, float[]> ofPart)
        {
            var sums = new double[parts[0].RowCount];
            foreach (var (part, weight) in parts.Zip(weights))
            {
                ScoringModel.AddWeighted(ofPart(part), weight, sums);
            }

            return Array.ConvertAll(sums, sum => (float)sum);
        }
    }

    /// <summary>The recipe's first fold models choose the number of rounds; then the others and the final one grow as many.</summary>
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
        Array.ForEach(choosing, member => member.Finish(lockstep.RoundCount));
        var finished = choosing.Length;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        try
        {
            // One at a time, not in ranges: each is long.
            Parallel.ForEach(Partitioner.Create(rest, EnumerablePartitionerOptions.NoBuffering), options, member =>
            {
                while (member.StepCount < lockstep.RoundCount / recipe.RoundsPerStep)
                {
                    member.Advance(cancellation);
                }

                member.Finish(lockstep.RoundCount);
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

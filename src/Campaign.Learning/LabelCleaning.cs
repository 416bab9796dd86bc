using System.Runtime.ExceptionServices;

namespace Campaign.Learning;

/// <summary>
/// Which recorded normals a model is not trained on because they look affluent: some of them are, and teach it the wrong class. Strict: the
/// models that tell this of a row were trained without its fold and without the fold that the model will score, so that a fold's classes
/// reach the scores of that fold in no way. Dropped from training only, never from scoring.
/// </summary>
/// <remarks>For K folds K(K - 1) / 2 models that leave two folds out, for each repeat, and K that leave one out for the final model; small ones.</remarks>
/// <param name="rows">Of trees.</param>
/// <param name="affluent">The recorded class, one a row.</param>
/// <param name="folds">Of the models that are to be trained.</param>
/// <param name="recipe">Of the models that are to be trained.</param>
internal sealed class LabelCleaning(TrainingRows rows, bool[] affluent, CustomerFolds folds, TrainingRecipe recipe)
{
    /// <summary>No more rows are dropped than this share of the recorded affluents: where these are few, more would be plain normals.</summary>
    private const double MostOfAffluent = 0.1;

    private readonly TrainingRecipe _suspecting = Suspecting(recipe);
    private readonly int[] _heldOut = folds.HeldOutRows();

    /// <summary>How the models that suspect are trained: few trees in large steps find the same rows.</summary>
    internal static TrainingRecipe Suspecting(TrainingRecipe recipe) => recipe with
    {
        Family = ModelFamily.BoostedTrees,
        MaxDepth = 5,
        LearningRate = 0.2,
        MinChildWeight = 10,
        Subsample = 0.7,
        ColumnSample = 0.5,
        ColumnSampleByNode = 1,
        Lambda = 5,
        Alpha = 0,
        MaxTreeCount = 80,
        RoundsPerStep = 10,
        TreesPerRound = 1,
        AffluentWeight = 1,
        RecordedShare = 0.8,
    };

    /// <summary>The rows that the models of a repeat are not trained on, by the fold that they score, each in the file's order.</summary>
    /// <param name="repeat">0 to the folds' repeats - 1.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    internal int[][] OfRepeat(int repeat, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[][] inFold = [.. Enumerable.Range(0, folds.FoldCount).Select(fold => folds.Rows(repeat, fold))];
        var suspicion = inFold.Select(_ => new float[affluent.Length]).ToArray();
        (int, int)[] pairs = [.. Enumerable.Range(0, inFold.Length).SelectMany(second => Enumerable.Range(0, second).Select(first => (first, second)))];
        ForEach(pairs, Suspect, threadCount, progress, cancellation);
        var foldOfRow = folds.OfRepeat(repeat).ToArray();
        return [.. suspicion.Select((logOdds, scored) => Suspicious(logOdds, row => foldOfRow[row] != scored))];

        void Suspect((int First, int Second) pair)
        {
            using var training = Train(repeat, [.. inFold[pair.First], .. inFold[pair.Second]], cancellation);
            training.ReadLogOdds(inFold[pair.Second], suspicion[pair.First]);
            training.ReadLogOdds(inFold[pair.First], suspicion[pair.Second]);
        }
    }

    /// <summary>The rows that the final model is not trained on, in the file's order, by the first repeat's folds.</summary>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    internal int[] OfFinal(int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        var suspicion = new float[affluent.Length];
        ForEach([.. Enumerable.Range(0, folds.FoldCount)], Suspect, threadCount, progress, cancellation);
        return Suspicious(suspicion, _ => true);

        void Suspect(int fold)
        {
            var inFold = folds.Rows(0, fold);
            using var training = Train(0, inFold, cancellation);
            training.ReadLogOdds(inFold, suspicion);
        }
    }

    private static void ForEach<T>(T[] parts, Action<T> train, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        var done = 0;
        try
        {
            Parallel.ForEach(parts, new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation }, part =>
            {
                train(part);
                lock (parts)
                {
                    progress?.Report((double)++done / parts.Length);
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private FoldTraining Train(int repeat, int[] without, CancellationToken cancellation)
    {
        var training = new FoldTraining(rows, affluent, _suspecting, repeat, without, _heldOut);
        try
        {
            while (training.StepCount < _suspecting.MaxStepCount)
            {
                training.Advance(cancellation);
            }

            return training;
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    /// <summary>The recorded normals among those learned whose log-odds are the highest. Equals stay or go together: where not all can go, they stay.</summary>
    private int[] Suspicious(float[] logOdds, Func<int, bool> isLearned)
    {
        var learned = new bool[affluent.Length];
        Array.Fill(learned, true);
        Array.ForEach(_heldOut, row => learned[row] = false);
        int[] normals = [.. Enumerable.Range(0, learned.Length).Where(row => learned[row] && isLearned(row) && !affluent[row])];
        var affluentCount = affluent.Where((isAffluent, row) => isAffluent && learned[row] && isLearned(row)).Count();
        var most = (int)Math.Min(recipe.SuspiciousShare * normals.Length, MostOfAffluent * affluentCount);
        float[] ascending = [.. normals.Select(row => logOdds[row]).Order()];
        return [.. normals.Where(row => logOdds[row] > ascending[^(most + 1)])];
    }
}

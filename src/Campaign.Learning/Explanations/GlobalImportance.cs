namespace Campaign.Learning.Explanations;

/// <summary>
/// How much each column matters to a run's models, out of fold: on a seeded sample of the file's rows, each explained by the models that did
/// not see its customer. Counts and means only, never a row.
/// </summary>
/// <param name="SampleRowCount">Rows explained: all, or so many of them, drawn by the run's seed, as <see cref="SampleSize"/> says.</param>
/// <param name="AddingUpCount">Of these, rows whose contributions add up to their log-odds within <see cref="Explainer.Tolerance"/>.</param>
/// <param name="FoldModelCount">Fold models that held out at least <see cref="LeastBinRows"/> rows of the sample; the ranges are over these.</param>
/// <param name="Columns">Every feature, the most important first.</param>
public sealed record GlobalImportance(int SampleRowCount, int AddingUpCount, int FoldModelCount, IReadOnlyList<ColumnImportance> Columns)
{
    public const string FileName = "importance.json";

    /// <summary>Explanations in all: a row has one a repeat. The means of so many no longer change the order that a person reads.</summary>
    private const int MostExplanations = 10_000;

    /// <summary>However many repeats there are.</summary>
    private const int LeastSample = 2_000;

    /// <summary>A mean over fewer rows is not told: it would be a customer's own.</summary>
    public const int LeastBinRows = 20;

    /// <summary>Apart from folds and models, which draw by smaller numbers.</summary>
    private const int SamplePart = 3_000_000;

    /// <param name="features">The training file's features.</param>
    /// <param name="scores">Of the same file.</param>
    /// <param name="models">That made the scores.</param>
    /// <param name="seed">Draws the sample.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public static GlobalImportance Of(
        FeatureSource features, OutOfFoldScores scores, TrainedModels models, int seed, int threadCount,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var rows = Sample(features.RowCount, scores.RepeatCount, seed);
        var width = features.Features.Count;
        var mean = new double[rows.Length * (width + 1)];
        var sizesByFold = new List<double[]>();
        for (var repeat = 0; repeat < scores.RepeatCount; repeat++)
        {
            var folds = scores.Folds.OfRepeat(repeat).ToArray();
            var batches = Enumerable.Range(0, rows.Length).GroupBy(place => folds[rows[place]]).SelectMany(fold => fold.Chunk(Explainer.BatchRowCount)).ToArray();
            var contributions = new double[mean.Length];
            var done = repeat * batches.Length;
            Parallel.ForEach(batches, new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation }, places =>
            {
                var model = models.Of(repeat, folds[rows[places[0]]]);
                var ofBatch = Explainer.OfModel(features, model, [.. places.Select(place => rows[place])]);
                for (var i = 0; i < places.Length; i++)
                {
                    ofBatch.AsSpan(i * (width + 1), width + 1).CopyTo(contributions.AsSpan(places[i] * (width + 1)));
                }

                progress?.Report((double)Interlocked.Increment(ref done) / (batches.Length * scores.RepeatCount));
            });
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += contributions[i] / scores.RepeatCount;
            }

            sizesByFold.AddRange(MeanSizes(contributions, [.. rows.Select(row => folds[row])], scores.Folds.FoldCount, width));
        }

        var addingUp = Enumerable.Range(0, rows.Length).Count(i => Explainer.AddUp(mean.AsSpan(i * (width + 1), width + 1), scores.LogOdds[rows[i]]));
        return new GlobalImportance(rows.Length, addingUp, sizesByFold.Count, Describe(features, rows, mean, sizesByFold));
    }

    /// <summary>10,000 rows over the number of repeats, at least 2,000; of a smaller file all.</summary>
    public static int SampleSize(int rowCount, int repeatCount) => Math.Min(rowCount, Math.Max(LeastSample, MostExplanations / repeatCount));

    /// <summary>Row numbers from 0, ascending.</summary>
    private static int[] Sample(int rowCount, int repeatCount, int seed)
    {
        var rows = Enumerable.Range(0, rowCount).ToArray();
        var size = SampleSize(rowCount, repeatCount);
        if (size < rowCount)
        {
            SeededRandom.For(seed, SamplePart).Shuffle<int>(rows);
            Array.Resize(ref rows, size);
            Array.Sort(rows);
        }

        return rows;
    }

    /// <summary>Of each fold with enough rows of the sample: the mean size of each feature's contributions by the fold's own model.</summary>
    private static IEnumerable<double[]> MeanSizes(double[] contributions, byte[] folds, int foldCount, int width)
    {
        var sizes = Enumerable.Range(0, foldCount).Select(_ => new double[width]).ToArray();
        var counts = new int[foldCount];
        for (var row = 0; row < folds.Length; row++)
        {
            if (folds[row] == CustomerFolds.HeldOut)
            {
                continue;
            }

            counts[folds[row]]++;
            for (var i = 0; i < width; i++)
            {
                sizes[folds[row]][i] += Math.Abs(contributions[(row * (width + 1)) + i]);
            }
        }

        return Enumerable.Range(0, foldCount).Where(fold => counts[fold] >= LeastBinRows).Select(fold => Array.ConvertAll(sizes[fold], sum => sum / counts[fold]));
    }

    private static List<ColumnImportance> Describe(FeatureSource features, int[] rows, double[] mean, List<double[]> sizesByFold)
    {
        var width = features.Features.Count;
        var ranksByFold = sizesByFold.ConvertAll(sizes => Ranks(sizes));
        var values = new float[rows.Length * width];
        features.Fill(rows, values);
        var columns = new List<ColumnImportance>();
        for (var i = 0; i < width; i++)
        {
            var ofColumn = new (float Value, double Contribution)[rows.Length];
            for (var row = 0; row < rows.Length; row++)
            {
                ofColumn[row] = (values[(row * width) + i], mean[(row * (width + 1)) + i]);
            }

            var size = ofColumn.Average(row => Math.Abs(row.Contribution));
            columns.Add(new ColumnImportance(
                features.Features[i].Name, features.Features[i].Kind, size,
                sizesByFold.Select(sizes => sizes[i]).DefaultIfEmpty(size).Min(), sizesByFold.Select(sizes => sizes[i]).DefaultIfEmpty(size).Max(),
                ranksByFold.Select(ranks => ranks[i]).DefaultIfEmpty(0).Min(), ranksByFold.Select(ranks => ranks[i]).DefaultIfEmpty(0).Max(),
                ContributionBins.Of(features.Features[i], ofColumn)));
        }

        return [.. columns.OrderByDescending(column => column.MeanSize)];
    }

    /// <summary>From 1 for the largest; of equals the earlier feature first.</summary>
    private static int[] Ranks(double[] sizes)
    {
        var ranks = new int[sizes.Length];
        var place = 0;
        foreach (var i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => sizes[i]))
        {
            ranks[i] = ++place;
        }

        return ranks;
    }
}

using Campaign.Learning.Columns;

namespace Campaign.Learning.Candidates;

/// <summary>
/// The simple baseline: the one column that tells most, cut into levels, each level with the affluent share of the other folds. Column and
/// shares are chosen without the fold that they score.
/// </summary>
/// <param name="LogOdds">One a row, by the folds of the first repeat; the base rate's for customers held out altogether.</param>
/// <param name="Column">Chosen in most folds; the first in the features' order where several were as often.</param>
public sealed record BestColumnRule(double[] LogOdds, string Column)
{
    /// <summary>Levels of a number, alike many rows each, as far as equal values stay together.</summary>
    private const int LevelCount = 20;

    /// <summary>Rows, evenly spread over the file, that tell where a number's levels begin: more move no begin that matters.</summary>
    private const int MostRowsForLevels = 50_000;

    /// <summary>A level's share is drawn to the base rate with the weight of so many rows.</summary>
    private const double PriorRows = 20;

    /// <param name="data">Features, recorded class and folds.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Looked at between columns.</param>
    public static BestColumnRule Of(TrainingData data, int threadCount, CancellationToken cancellation = default)
    {
        var (features, folds) = (data.Features, data.Folds);
        var foldOfRow = folds.OfRepeat(0).ToArray();
        var choices = new Choice[features.Features.Count][];
        Parallel.For(0, choices.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation }, feature =>
        {
            var counts = new FoldCounts(LevelsOf(features, feature), foldOfRow, folds.FoldCount, data.Affluent);
            choices[feature] = [.. Enumerable.Range(0, folds.FoldCount).Select(fold => counts.Without(fold, feature))];
        });

        // Of equals the first column.
        Choice[] best = [.. Enumerable.Range(0, folds.FoldCount).Select(fold => choices.Select(ofColumn => ofColumn[fold]).MaxBy(choice => choice.Auc))];

        var baseRate = (double)data.Affluent.Count(affluent => affluent) / data.Affluent.Length;
        var logOdds = new double[foldOfRow.Length];
        Array.Fill(logOdds, Math.Log(baseRate / (1 - baseRate)));
        foreach (var chosen in best.Select((choice, fold) => (choice, fold)).GroupBy(pair => pair.choice.Feature))
        {
            var levels = LevelsOf(features, chosen.Key);
            foreach (var (choice, fold) in chosen)
            {
                foreach (var row in folds.Rows(0, fold))
                {
                    logOdds[row] = choice.LogOdds[levels[row]];
                }
            }
        }

        var most = best.GroupBy(choice => choice.Feature).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
        return new BestColumnRule(logOdds, features.Features[most].Name);
    }

    /// <summary>Level 0 is missing.</summary>
    private static int[] LevelsOf(FeatureSource features, int feature)
    {
        var values = new float[features.RowCount];
        features.FillColumn(feature, values);
        if (features.Features[feature].Kind == ColumnKind.Category)
        {
            return Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : 1 + (int)value);
        }

        var spread = 1 + ((values.Length - 1) / MostRowsForLevels);
        float[] known = [.. values.Where((value, row) => row % spread == 0 && !float.IsNaN(value)).Order()];
        float[] starts = [.. Enumerable.Range(1, LevelCount - 1).Select(level => known.Length == 0 ? 0 : known[(int)((long)known.Length * level / LevelCount)]).Distinct()];
        return Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : 1 + LevelOf(starts, value));
    }

    private static int LevelOf(float[] starts, float value)
    {
        var at = Array.BinarySearch(starts, value);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <param name="Auc">Of the levels on the rows that the shares come from, 0 to 1.</param>
    /// <param name="LogOdds">One a level.</param>
    private readonly record struct Choice(int Feature, double Auc, double[] LogOdds);

    /// <summary>Rows and recorded affluents of each level by fold; customers held out altogether are not counted.</summary>
    private sealed class FoldCounts
    {
        private readonly int[][] _rows;
        private readonly int[][] _affluent;

        internal FoldCounts(int[] levels, byte[] foldOfRow, int foldCount, bool[] affluent)
        {
            var levelCount = levels.Max() + 1;
            _rows = [.. Enumerable.Range(0, foldCount).Select(_ => new int[levelCount])];
            _affluent = [.. Enumerable.Range(0, foldCount).Select(_ => new int[levelCount])];
            for (var row = 0; row < levels.Length; row++)
            {
                if (foldOfRow[row] != CustomerFolds.HeldOut)
                {
                    _rows[foldOfRow[row]][levels[row]]++;
                    _affluent[foldOfRow[row]][levels[row]] += affluent[row] ? 1 : 0;
                }
            }
        }

        internal Choice Without(int fold, int feature)
        {
            var levelCount = _rows[0].Length;
            double[] rows = new double[levelCount], affluent = new double[levelCount];
            for (var other = 0; other < _rows.Length; other++)
            {
                for (var level = 0; level < levelCount && other != fold; level++)
                {
                    rows[level] += _rows[other][level];
                    affluent[level] += _affluent[other][level];
                }
            }

            var share = affluent.Sum() / rows.Sum();
            double[] shares = [.. rows.Zip(affluent, (all, some) => (some + (PriorRows * share)) / (all + PriorRows))];
            double wins = 0, normalBelow = 0;
            foreach (var level in Enumerable.Range(0, levelCount).OrderBy(level => shares[level]))
            {
                var normal = rows[level] - affluent[level];
                wins += affluent[level] * (normalBelow + (normal / 2));
                normalBelow += normal;
            }

            return new Choice(feature, wins / (affluent.Sum() * normalBelow), Array.ConvertAll(shares, p => Math.Log(p / (1 - p))));
        }
    }
}

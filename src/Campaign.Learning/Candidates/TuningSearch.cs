using System.Diagnostics;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Candidates;

/// <summary>
/// A seeded random search for the boosted trees' settings (Bergstra and Bengio 2012). Judged by the size of the list that keeps the recall
/// promise; where none keeps it, by average precision.
/// </summary>
public static class TuningSearch
{
    private static readonly int[] Depths = [2, 3, 4, 5, 6];
    private static readonly double[] LearningRates = [0.03, 0.05, 0.1];
    private static readonly double[] ChildWeights = [1, 3, 10, 30];
    private static readonly double[] RowShares = [0.5, 0.7, 0.9];
    private static readonly double[] ColumnShares = [0.3, 0.5, 0.8];
    private static readonly double[] Penalties = [1, 5, 20];
    private static readonly int[] AffluentWeights = [1, 2, 4];

    /// <summary>The space: every setting is drawn by itself, each value alike likely.</summary>
    public static IReadOnlyDictionary<string, string> Space { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["max_depth"] = string.Join(", ", Depths),
        ["eta"] = InWords(LearningRates),
        ["min_child_weight"] = InWords(ChildWeights),
        ["subsample"] = InWords(RowShares),
        ["colsample_bytree"] = InWords(ColumnShares),
        ["lambda"] = InWords(Penalties),
        ["affluent weight"] = string.Join(", ", AffluentWeights),
    };

    /// <summary>Tries the recipe itself, then others that the seed draws.</summary>
    /// <param name="data">Features, recorded class and folds.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="start">The recipe that needs no search.</param>
    /// <param name="trialCount">At least 1. The first so many are the same whatever the count.</param>
    /// <param name="timeLimit">No trial is begun after it; null for none. The trials that were made can be made again by their count.</param>
    /// <param name="recall">Of the promise.</param>
    /// <param name="confidence">Of the promise.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    public static IReadOnlyList<TuningTrial> Run(
        TrainingData data, CustomerIndex customers, TrainingRecipe start, int trialCount, TimeSpan? timeLimit, double recall, double confidence, int threadCount,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var since = Stopwatch.StartNew();
        var judged = JudgedRows.Customers(data.Folds, customers);
        var trials = new List<TuningTrial>();
        for (var number = 1; number <= trialCount && (number == 1 || timeLimit is null || since.Elapsed < timeLimit); number++)
        {
            var recipe = (number == 1 ? start : Draw(start, number)) with { RepeatCount = 1 };
            var clock = Stopwatch.StartNew();
            var (scores, models) = OutOfFoldScores.Compute(data, recipe, threadCount, cancellation: cancellation);
            using (models)
            {
                var (logOdds, affluent) = JudgedRows.Of(scores.LogOdds, data);
                var metrics = RankingMetrics.Of(logOdds, affluent);
                trials.Add(new TuningTrial(
                    number, recipe, models.Final.Members[0].Booster.BoostedRounds, PromisedList.Of(logOdds, affluent, recall, confidence)?.ListSize,
                    metrics.AveragePrecision, metrics.Auc, metrics.LiftTopDecile, clock.Elapsed.TotalSeconds)
                {
                    AveragePrecisionInterval = JudgedRows.Defined(AveragePrecisionInterval.Of(logOdds, affluent, judged).Interval),
                    AucInterval = JudgedRows.Defined(AucInterval.Of(logOdds, affluent, judged).Interval),
                    LiftTopDecileInterval = JudgedRows.Defined(LiftInterval.Of(logOdds, affluent, judged).Interval),
                });
            }

            progress?.Report((double)number / trialCount);
        }

        return trials;
    }

    /// <summary>The shortest list; equals by average precision, then the earlier trial.</summary>
    public static TuningTrial Best(IReadOnlyList<TuningTrial> trials) =>
        trials.OrderBy(trial => trial.ListSize ?? int.MaxValue).ThenByDescending(trial => trial.AveragePrecision).ThenBy(trial => trial.Number).First();

    private static TrainingRecipe Draw(TrainingRecipe start, int number)
    {
        // A stream of its own for each trial, away from those of folds and models.
        var random = SeededRandom.For(start.Seed, 2_000_000 + number);
        return start with
        {
            MaxDepth = Pick(Depths, ref random),
            LearningRate = Pick(LearningRates, ref random),
            MinChildWeight = Pick(ChildWeights, ref random),
            Subsample = Pick(RowShares, ref random),
            ColumnSample = Pick(ColumnShares, ref random),
            Lambda = Pick(Penalties, ref random),
            AffluentWeight = Pick(AffluentWeights, ref random),
        };
    }

    private static T Pick<T>(T[] values, ref SeededRandom random) => values[random.Next(values.Length)];

    private static string InWords(double[] values) => string.Join(", ", values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}

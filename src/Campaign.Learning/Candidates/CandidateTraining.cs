using System.Diagnostics;
using System.Globalization;
using Campaign.Learning.Calibration;
using Campaign.Learning.Metrics;

namespace Campaign.Learning.Candidates;

/// <summary>What the comparison came to.</summary>
/// <param name="Recommended">Whose scores and models these are.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Leaderboard">The recommended first, then the shorter list first; the baseline last.</param>
/// <param name="Models">Owned by whoever takes this.</param>
public sealed record CandidateComparison(
    CandidateKind Recommended, string Reason, IReadOnlyList<CandidateResult> Leaderboard, OutOfFoldScores Scores, TrainedModels Models);

/// <summary>Trains the candidates on the same folds, judges them, and recommends one.</summary>
public static class CandidateTraining
{
    /// <summary>
    /// Above, no elastic net is tried: its inputs take 20 bytes a cell, and on files of this size trees have always been better.
    /// </summary>
    public const int MostElasticNetRows = 200_000;

    /// <summary>
    /// Of the parts' log-odds in the ensemble, before they are scaled to add up to 1. Fixed: weights fitted to the recorded class would fit its
    /// mistakes, and between 1 : 0.25 and 1 : 1 no choice could be told from another (reports/recovery.md).
    /// </summary>
    private static readonly Dictionary<ModelFamily, double> EnsembleWeights = new()
    {
        [ModelFamily.BoostedTrees] = 1,
        [ModelFamily.RandomForest] = 0.5,
        [ModelFamily.ElasticNet] = 0.25,
    };

    /// <param name="data">Features, recorded class, and folds with one repeat for each of the recipe's.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="boosted">The boosted trees' recipe.</param>
    /// <param name="onlyBoosted">No other candidate: the leaderboard has the boosted trees and the baseline.</param>
    /// <param name="recall">Of the promise.</param>
    /// <param name="confidence">Of the promise.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static CandidateComparison Run(
        TrainingData data, CustomerIndex customers, TrainingRecipe boosted, bool onlyBoosted, double recall, double confidence, int threadCount,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var recipes = RecipesOf(boosted, onlyBoosted, data.Features.RowCount);
        var judge = new Judge(data, customers, recall, confidence, threadCount);
        var parts = new List<Trained>();
        var kept = new List<TrainedModels>();
        try
        {
            foreach (var recipe in recipes)
            {
                var clock = Stopwatch.StartNew();
                var before = (double)parts.Count / recipes.Count;
                var (scores, models) = OutOfFoldScores.Compute(
                    data, recipe, threadCount, PartOfProgress.Of(progress, before, before + (1.0 / recipes.Count)), cancellation);
                parts.Add(new Trained(KindOf(recipe.Family), scores, models, clock.Elapsed.TotalSeconds));
            }

            data.ReleaseRows();
            var results = parts.Select(part => judge.Result(part.Kind, null, part.Scores.LogOdds, part.Models.TreeCount, part.Seconds)).ToList();
            double[] weights = [.. recipes.Select(recipe => EnsembleWeights[recipe.Family] / recipes.Sum(other => EnsembleWeights[other.Family]))];
            OutOfFoldScores? together = null;
            if (parts.Count > 1)
            {
                together = OutOfFoldScores.Combine([.. parts.Select(part => part.Scores)], weights);
                results.Add(judge.Result(
                    CandidateKind.Ensemble, null, together.LogOdds, parts.Sum(part => part.Models.TreeCount), parts.Sum(part => part.Seconds)));
            }

            var recommended = Recommend(results);
            results.Add(judge.Baseline(cancellation));
            CandidateResult[] ordered =
            [
                .. results.OrderByDescending(result => result.Kind == recommended.Kind).ThenBy(result => result.Kind == CandidateKind.BestColumn).ThenBy(Order),
            ];
            var reason = Reason(recommended, results);
            kept.AddRange(parts.Where(part => recommended.Kind == CandidateKind.Ensemble || part.Kind == recommended.Kind).Select(part => part.Models));
            return recommended.Kind == CandidateKind.Ensemble
                ? new CandidateComparison(recommended.Kind, reason, ordered, together!, TrainedModels.Combine(kept, weights))
                : new CandidateComparison(recommended.Kind, reason, ordered, parts.Single(part => part.Models == kept[0]).Scores, kept[0]);
        }
        finally
        {
            foreach (var part in parts.Where(part => !kept.Contains(part.Models)))
            {
                part.Models.Dispose();
            }
        }
    }

    /// <summary>In plain words, for the start of a sentence.</summary>
    public static string NameOf(CandidateKind kind) => kind switch
    {
        CandidateKind.BoostedTrees => "Boosted trees",
        CandidateKind.RandomForest => "Random forest",
        CandidateKind.ElasticNet => "Elastic net",
        CandidateKind.Ensemble => "Ensemble",
        _ => "Best single column",
    };

    private static List<TrainingRecipe> RecipesOf(TrainingRecipe boosted, bool onlyBoosted, int rowCount)
    {
        var recipes = new List<TrainingRecipe> { boosted };
        if (!onlyBoosted)
        {
            recipes.Add(TrainingRecipe.ForestBeside(boosted, rowCount));
            if (rowCount <= MostElasticNetRows)
            {
                recipes.Add(TrainingRecipe.ElasticNetBeside(boosted));
            }
        }

        return recipes;
    }

    /// <summary>The shortest list that keeps the promise, equals by average precision; where none keeps it, the highest average precision.</summary>
    private static CandidateResult Recommend(IEnumerable<CandidateResult> results) => results.OrderBy(Order).First();

    private static (int ListSize, double Precision) Order(CandidateResult result) => (result.ListSize ?? int.MaxValue, -result.AveragePrecision);

    private static string Reason(CandidateResult recommended, IReadOnlyList<CandidateResult> results)
    {
        var name = NameOf(recommended.Kind);
        var next = results.Where(result => result.Kind != recommended.Kind && result.Kind != CandidateKind.BestColumn).OrderBy(Order).FirstOrDefault();
        var baseline = results.Single(result => result.Kind == CandidateKind.BestColumn);
        if (recommended.ListSize is not { } size)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name}: no candidate can keep the promise on this file, and this one has the highest average precision, {recommended.AveragePrecision:0.000}.");
        }

        if (next is { ListSize: { } nextSize })
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: it keeps the promise with the shortest list, {size:N0} recorded normals against {nextSize:N0} of the next ({NameOf(next.Kind).ToLowerInvariant()}).");
        }

        return baseline.ListSize is { } simple
            ? string.Create(CultureInfo.InvariantCulture, $"{name}: the only candidate of a quick look; its list has {size:N0} recorded normals, a rule on the best single column would need {simple:N0}.")
            : string.Create(CultureInfo.InvariantCulture, $"{name}: the only candidate of a quick look; its list has {size:N0} recorded normals.");
    }

    private static CandidateKind KindOf(ModelFamily family) => family switch
    {
        ModelFamily.BoostedTrees => CandidateKind.BoostedTrees,
        ModelFamily.RandomForest => CandidateKind.RandomForest,
        _ => CandidateKind.ElasticNet,
    };

    private sealed record Trained(CandidateKind Kind, OutOfFoldScores Scores, TrainedModels Models, double Seconds);

    private sealed class Judge(TrainingData data, CustomerIndex customers, double recall, double confidence, int threadCount)
    {
        private readonly CustomerIndex _customers = JudgedRows.Customers(data.Folds, customers);

        internal CandidateResult Baseline(CancellationToken cancellation)
        {
            var clock = Stopwatch.StartNew();
            var rule = BestColumnRule.Of(data, threadCount, cancellation);
            return Result(CandidateKind.BestColumn, rule.Column, rule.LogOdds, 0, clock.Elapsed.TotalSeconds);
        }

        internal CandidateResult Result(CandidateKind kind, string? note, ReadOnlySpan<double> allLogOdds, int treeCount, double seconds)
        {
            var (logOdds, affluent) = JudgedRows.Of(allLogOdds, data);
            RankingMetrics metrics = default;
            PromisedList? list = null;
            Interval? averagePrecision = null, auc = null, lift = null;
            var calibrationError = 0.0;
            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = threadCount },
                () => metrics = RankingMetrics.Of(logOdds, affluent),
                () => list = PromisedList.Of(logOdds, affluent, recall, confidence),
                () => averagePrecision = JudgedRows.Defined(AveragePrecisionInterval.Of(logOdds, affluent, _customers).Interval),
                () => auc = JudgedRows.Defined(AucInterval.Of(logOdds, affluent, _customers).Interval),
                () => lift = JudgedRows.Defined(LiftInterval.Of(logOdds, affluent, _customers).Interval),
                () => calibrationError = CalibrationQuality.Of(LogOdds.ToScores(logOdds), affluent).ExpectedCalibrationError);
            return new CandidateResult(
                kind, note, list?.ListSize, list?.Recall, metrics.AveragePrecision, averagePrecision, metrics.Auc, auc, metrics.LiftTopDecile, lift,
                calibrationError, treeCount, seconds);
        }
    }
}

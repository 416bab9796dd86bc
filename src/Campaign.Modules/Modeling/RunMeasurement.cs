using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Calibration;
using Campaign.Learning.Candidates;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Learning.Robustness;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling;

/// <summary>What was measured of a run beside its ranking, with what goes into files of its own.</summary>
/// <param name="Robustness">Null where too few of the sampled rows are of one class.</param>
internal sealed record MeasuredRun(RunMeasures Measures, CalibratedProbabilities Calibrated, RunRobustness? Robustness)
{
    public void Save(string folder)
    {
        ProbabilitiesFile.Save(Calibrated.Probabilities, Path.Combine(folder, ProbabilitiesFile.FileName));
        if (Robustness is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, ModelRunCatalog.RobustnessFileName), JsonSerializer.SerializeToUtf8Bytes(Robustness, RunResults.Json));
        }
    }
}

/// <summary>
/// Measures how far a run's numbers can be trusted, from its out-of-fold scores, and how its models bear spoilt columns and an older file. What takes
/// scoring again is measured on a sample of rows, so that a large file takes no longer than a small one.
/// </summary>
/// <param name="features">Of the run's dataset.</param>
/// <param name="recommended">Of the leaderboard: whose scores these are.</param>
/// <param name="threshold">That recall is counted at where columns are spoilt.</param>
/// <param name="seed">The run's.</param>
internal sealed class RunMeasurement(
    FeatureSource features, RecordedCustomers recorded, CustomerIndex customers, OutOfFoldScores scores, TrainedModels models,
    CandidateResult recommended, OperatingThreshold threshold, int seed, int threadCount)
{
    /// <summary>Rows that are scored again, at most.</summary>
    private const int MostRows = 10_000;

    /// <summary>Rows times repeats, at most.</summary>
    private const int MostRepeatedRows = 20_000;

    private const int DisturbedColumns = 10;
    private const int RowsToRankColumns = 2_000;

    /// <summary>Where the recorded affluents are few, so many of them are in a sample of rows, or all.</summary>
    private const int WantedAffluent = 1_000;

    /// <summary>With fewer rows of a class a table of rates would be chance.</summary>
    private const int LeastOfClass = 30;

    // Streams of random numbers of their own.
    private const int SampleStream = 2_000_000;
    private const int OlderSampleStream = 2_000_001;

    private int SampleSize => Math.Min(MostRows, MostRepeatedRows / scores.RepeatCount);

    public async Task<MeasuredRun> MeasureAsync(DatasetSummary dataset, DatasetCatalog datasets, CancellationToken cancellation)
    {
        var calibrated = CalibratedProbabilities.CrossFit(scores.LogOdds, recorded.Affluent, scores.Folds, threadCount: threadCount);
        WorkMemory.Return();
        cancellation.ThrowIfCancellationRequested();
        var logOdds = scores.LogOdds.ToArray();
        // The leaderboard's intervals are of the same rows, but where customers were held out of training altogether: it leaves those out.
        var judged = scores.Folds.HeldOutRows().Length == 0 ? recommended : null;
        Interval auc = default, averagePrecision = default, lift = default;
        HiddenEstimate? hidden = null;
        CalibrationQuality? quality = null;
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation },
            () => auc = judged is null ? AucInterval.Of(logOdds, recorded.Affluent, customers).Interval : judged.AucInterval ?? Interval.Undefined,
            () => averagePrecision = judged is null
                ? AveragePrecisionInterval.Of(logOdds, recorded.Affluent, customers).Interval
                : judged.AveragePrecisionInterval ?? Interval.Undefined,
            () => lift = judged is null ? LiftInterval.Of(logOdds, recorded.Affluent, customers).Interval : judged.LiftTopDecileInterval ?? Interval.Undefined,
            () => hidden = HiddenEstimate.Of(logOdds, recorded.Affluent, customers, seed),
            () => quality = CalibrationQuality.Of(calibrated.Probabilities, recorded.Affluent));
        var measures = new RunMeasures(
            auc, averagePrecision, lift, customers.WithAffluentRow(recorded.Affluent).Count(isKnown => isKnown), hidden,
            calibrated.Map is CalibrationMap.Isotonic ? "isotonic regression" : "Platt scaling", quality!);
        WorkMemory.Return();
        return new MeasuredRun(measures, calibrated, await RobustnessAsync(dataset, datasets, cancellation));
    }

    private async Task<RunRobustness?> RobustnessAsync(DatasetSummary dataset, DatasetCatalog datasets, CancellationToken cancellation)
    {
        var rows = Sample(recorded.Affluent, SampleSize, SeededRandom.For(seed, SampleStream));
        bool[] affluent = [.. rows.Select(row => recorded.Affluent[row])];
        var affluentCount = affluent.Count(isAffluent => isAffluent);
        if (affluentCount < LeastOfClass || rows.Length - affluentCount < LeastOfClass)
        {
            return null;
        }

        var few = Sample(recorded.Affluent, RowsToRankColumns, SeededRandom.For(seed, SampleStream));
        var disturbed = RobustnessTable.ColumnsThatMatter(features, Scorer(few), DisturbedColumns, cancellation);
        var table = RobustnessTable.Measure(
            features, rows, affluent, Renumbered(rows.Select(row => recorded.CustomerOfRow[row])), disturbed, threshold, Scorer(rows), seed, cancellation);
        var (older, why) = await OlderAsync(dataset, datasets, cancellation);
        return new RunRobustness(threshold.Score, rows.Length, affluentCount, table, older, why);

        FeatureScorer Scorer(int[] ofRows) => changed => UnseenScoring.LogOdds(models, scores.Folds, changed, ofRows, threadCount, cancellation);
    }

    private async Task<(OlderFileScores? Scores, string? Why)> OlderAsync(DatasetSummary dataset, DatasetCatalog datasets, CancellationToken cancellation)
    {
        if (await datasets.FindEarlierAsync(dataset.Id, cancellation) is not { } older)
        {
            return (null, "No earlier file with the same columns is there.");
        }

        if (dataset.Roles.Id is null || older.Roles.Id != dataset.Roles.Id || older.Roles.Label != dataset.Roles.Label)
        {
            return (null, $"'{older.FileName}' has no customer id or recorded class in the same columns, so it can't be told which of its customers the models know.");
        }

        using var table = datasets.OpenColumns(older.Id);
        FeatureSource itsFeatures;
        try
        {
            itsFeatures = FeatureSource.ForScoring(
                table, features.Features, DerivedFeature.ReferenceDay(table, dataset.Roles.Derived ?? [], older.LatestDay));
        }
        catch (RefusedException refused)
        {
            return (null, $"'{older.FileName}' can't be scored. {refused.Message}");
        }

        var classes = DatasetCatalog.ReadClasses(table, older.Roles.Label, older.Roles.AffluentValue);
        var rows = Sample(classes, SampleSize, SeededRandom.For(seed, OlderSampleStream));
        var idColumn = table.IndexOf(older.Roles.Id);
        string[] ids = [.. rows.Select(row => table.Text(idColumn, row) ?? "")];
        var trainingRows = TrainingRows(ids);
        bool[] affluent = [.. rows.Select(row => classes[row])];
        var itsScores = LogOdds.ToScores(UnseenScoring.LogOdds(models, scores.Folds, itsFeatures, rows, trainingRows, threadCount, cancellation));
        var auc = AucInterval.Of(itsScores, affluent, Renumbered(ids));
        var counts = ConfusionCounts.At(threshold, itsScores, affluent);
        return (
            new OlderFileScores(
                older.FileName, older.UploadedUtc, rows.Length, trainingRows.Count(row => row != UnseenScoring.NotTrained), auc.Auc, auc.Interval,
                RankingMetrics.Of(itsScores, affluent).AveragePrecision, counts.Recall, new Rate(counts.Selected, rows.Length)),
            null);
    }

    /// <summary>For each id the first row that it has in the run's file, or <see cref="UnseenScoring.NotTrained"/>.</summary>
    private int[] TrainingRows(string[] ids)
    {
        var firstRows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            firstRows[id] = UnseenScoring.NotTrained;
        }

        for (var row = 0; row < recorded.RowCount; row++)
        {
            var id = recorded.CustomerIds[recorded.CustomerOfRow[row]];
            if (firstRows.TryGetValue(id, out var known) && known == UnseenScoring.NotTrained)
            {
                firstRows[id] = row;
            }
        }

        return [.. ids.Select(id => firstRows[id])];
    }

    /// <summary>Rows drawn by class, in the file's order: of each its share, but of the affluents at least <see cref="WantedAffluent"/> where there are so many.</summary>
    internal static int[] Sample(bool[] affluent, int count, SeededRandom random)
    {
        if (affluent.Length <= count)
        {
            return [.. Enumerable.Range(0, affluent.Length)];
        }

        int affluentLeft = affluent.Count(isAffluent => isAffluent), normalLeft = affluent.Length - affluentLeft;
        var itsShare = (int)Math.Round((double)count * affluentLeft / affluent.Length);
        var wantedAffluent = Math.Max(itsShare, Math.Min(affluentLeft, Math.Min(WantedAffluent, count / 2)));
        var wantedNormal = Math.Min(normalLeft, count - wantedAffluent);
        var rows = new List<int>(count);
        for (var row = 0; row < affluent.Length; row++)
        {
            ref var left = ref affluent[row] ? ref affluentLeft : ref normalLeft;
            ref var wanted = ref affluent[row] ? ref wantedAffluent : ref wantedNormal;
            if (random.Next(left--) < wanted)
            {
                wanted--;
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private static CustomerIndex Renumbered<T>(IEnumerable<T> customers)
        where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        return CustomerIndex.Of([.. customers.Select(customer => numbers.TryGetValue(customer, out var number) ? number : numbers[customer] = numbers.Count)]);
    }
}

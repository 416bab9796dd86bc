using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Candidates;
using Campaign.Learning.Explanations;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.XGBoost;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Modeling;

/// <summary>
/// The training of a run, from its dataset's columns to scores, model, threshold curve and metrics. Files are written into a staging folder
/// and renamed into the run's place just before the row says that the run is complete; a crash in between is mended by the next start of
/// the job, which begins anew.
/// </summary>
internal sealed class TrainModelJob(
    CampaignDbContext db, DatasetCatalog datasets, FileStore files, AuditTrail trail, WorkThreads threads, TimeProvider clock) : ICampaignJob
{
    public string Kind => ModelRuns.JobKind;

    public async Task RunAsync(JobContext job, CancellationToken cancellation)
    {
        var run = await db.Set<ModelRun>().SingleAsync(run => run.Id == job.SubjectId, cancellation);
        if (run.CompletedUtc is not null)
        {
            return;
        }

        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new RefusedException("The file of this run is gone: upload it again.");
        var stages = new StageClock(job);

        stages.Start("Reading the columns", 0);
        using var table = datasets.OpenColumns(dataset.Id);
        var recorded = DatasetCatalog.ReadCustomers(table, dataset.Roles);
        var customers = CustomerIndex.Of(recorded.CustomerOfRow);
        var referenceDay = DerivedFeature.ReferenceDay(table, dataset.Roles.Derived ?? [], dataset.LatestDay);
        var features = FeatureSource.ForTraining(table, dataset.Roles.Features, dataset.Roles.Derived, referenceDay);

        stages.Start("Dividing the customers into folds", 0.03);
        var recipe = TrainingRecipe.For(recorded.RowCount, run.Seed, run.Quick, features.Features.Count);
        var heldOutShare = run.PromiseKind == PromiseKind.Exact ? ModelRuns.HeldOutShare : 0;
        var folds = CustomerFolds.Deal(customers, recorded.Affluent, recipe.FoldCount, recipe.RepeatCount, recipe.Seed, heldOutShare);

        var (comparison, trials) = Compare(run, new TrainingData(features, recorded.Affluent, folds), customers, recipe, stages, cancellation);
        var scores = comparison.Scores;
        using var trained = comparison.Models;

        stages.Start("Choosing the threshold and measuring", 0.9);
        var rows = ScoredRows.Of(scores, recorded);
        var promised = rows.ForRecall(run.RecallFloor, run.Confidence) as ThresholdOutcome.Promised;
        var curve = ThresholdCurve.Of(rows.Steps, recorded.AffluentRowCount, recorded.RowCount - recorded.AffluentRowCount, promised?.Threshold);
        var metrics = RankingMetrics.Of(scores.LogOdds, recorded.Affluent);

        stages.Start("Working out what matters to the models", 0.92);
        var importance = GlobalImportance.Of(features, scores, trained, run.Seed, threads.Count, stages.Between(0.92, 0.95), cancellation);

        stages.Start("Measuring how far the numbers can be trusted", 0.95);
        var measured = await new RunMeasurement(
                features, recorded, customers, scores, trained, comparison.Leaderboard[0], promised?.Threshold ?? new OperatingThreshold(curve.AsManyAsKnown.Score), run.Seed, threads.Count)
            .MeasureAsync(dataset, datasets, cancellation);
        var expected = measured.Measures.Hidden is { } hidden
            ? ExpectedAffluents.At(curve, rows.Scores, rows.Affluent, rows.Customers, measured.Calibrated.Probabilities, hidden)
            : null;

        stages.Start("Saving the run", 0.97);
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        OutOfFoldScoresFile.Save(scores, Path.Combine(staging, OutOfFoldScoresFile.FileName));
        await WriteAsync(curve, ModelRunCatalog.CurveFileName, staging, cancellation);
        if (expected is not null)
        {
            await WriteAsync(expected, ModelRunCatalog.ExpectedAffluentsFileName, staging, cancellation);
        }

        await WriteAsync(dataset.Roles, ModelRunCatalog.ColumnsFileName, staging, cancellation);
        await WriteAsync(importance, GlobalImportance.FileName, staging, cancellation);
        measured.Save(staging);
        var packageFolder = Path.Combine(staging, ModelRunCatalog.PackageFolderName);
        var described = new ModelManifest(
            features.Features, dataset.Roles.Id, promised?.Threshold.Score, promised is null ? null : ThresholdRule.Promise, promised?.Promise,
            dataset.Fingerprint, PackageMember.Of(trained), Versions())
        {
            ReferenceDay = referenceDay,
            Calibration = measured.Calibrated.Map,
            DateForms = dataset.DateForms.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            KnownCustomers = dataset.Roles.Id is null ? null : KnownCustomers.Write(packageFolder, recorded.CustomerIds, recorded.CustomerOfRow, folds, threads.Count),
        };
        var manifest = ModelPackage.Write(packageFolder, described, trained);
        stages.End();

        var results = new RunResults(
            recorded.RowCount, recorded.CustomerCount, recorded.AffluentRowCount,
            $"{CandidateTraining.NameOf(comparison.Recommended).ToLowerInvariant()} (XGBoost)", recipe.FoldCount, recipe.RepeatCount, trained.TreeCount,
            metrics.Auc, metrics.AveragePrecision, metrics.LiftTopDecile,
            CountInSampleAtHalf(rows),
            ModelPackage.HashOf(manifest), ModelPackage.FinalFiles(manifest),
            comparison.Recommended, comparison.Reason, comparison.Leaderboard, trials,
            folds.HeldOutRows().Select(row => customers.Customers[row]).Distinct().Count(),
            Parameters(manifest), Versions(), stages.Times, PeakMemoryBytes())
        {
            ListSizeAtPromise = promised is null ? null : rows.Steps.At(promised.Threshold)?.Customers,
            ThreadCount = threads.Count,
            Measures = measured.Measures,
        };
        Complete(run, results, promised);
        trail.Append(db, job.Actor, AuditActions.TrainingFinished, $"run:{run.Id}", new
        {
            run.DatasetId,
            run.Fingerprint,
            results.RowCount,
            results.TreeCount,
            results.Auc,
            results.ModelHash,
            run.Threshold,
        });

        FileStore.MoveIntoPlace(staging, files.RunFolder(run.Id));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The search for settings, where one was asked for, then the candidates.</summary>
    private (CandidateComparison Comparison, IReadOnlyList<TuningTrial> Trials) Compare(
        ModelRun run, TrainingData owned, CustomerIndex customers, TrainingRecipe recipe, StageClock stages, CancellationToken cancellation)
    {
        using var data = owned;
        IReadOnlyList<TuningTrial> trials = [];
        var begun = 0.05;
        if (run.TrialCount > 0)
        {
            stages.Start("Searching for settings", begun);
            var limit = run.SearchMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
            trials = TuningSearch.Run(
                data, customers, recipe, run.TrialCount, limit, run.RecallFloor, run.Confidence, threads.Count, stages.Between(begun, 0.5), cancellation);
            recipe = TuningSearch.Best(trials).Recipe with { RepeatCount = recipe.RepeatCount };
            begun = 0.5;
        }

        stages.Start("Training, and scoring every customer by models that never saw that customer", begun);
        var comparison = CandidateTraining.Run(
            data, customers, recipe, onlyBoosted: run.Quick, run.RecallFloor, run.Confidence, threads.Count, stages.Between(begun, 0.9), cancellation);
        return (comparison, trials);
    }

    private void Complete(ModelRun run, RunResults results, ThresholdOutcome.Promised? promised)
    {
        run.CompletedUtc = clock.GetUtcNow().UtcDateTime;
        run.ResultsJson = JsonSerializer.Serialize(results, RunResults.Json);
        run.Version++;
        if (promised is not null)
        {
            run.Threshold = promised.Threshold.Score;
            run.ThresholdRule = ThresholdRule.Promise;
            run.PromiseJson = JsonSerializer.Serialize(promised.Promise, JsonSerializerOptions.Web);
        }
    }

    /// <summary>Every parameter of the final model by XGBoost's own name; of several members, with the member's name before it.</summary>
    private static SortedDictionary<string, string> Parameters(ModelManifest manifest)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in manifest.Members)
        {
            var prefix = manifest.Members.Count == 1 ? "" : $"{member.Name}.";
            foreach (var (name, value) in member.Recipe.Parameters(member.Recipe.RepeatCount))
            {
                parameters.Add(prefix + name, value);
            }

            parameters.Add(prefix + "rounds", member.RoundCount.ToString(CultureInfo.InvariantCulture));
            parameters.Add(prefix + "weight of affluents", member.Recipe.AffluentWeight.ToString(CultureInfo.InvariantCulture));
            parameters.Add(prefix + "share recorded", member.Recipe.RecordedShare.ToString(CultureInfo.InvariantCulture));
            parameters.Add(prefix + "share suspicious", member.Recipe.SuspiciousShare.ToString(CultureInfo.InvariantCulture));
            parameters.Add(prefix + "weight of log-odds", member.Weight.ToString("0.###", CultureInfo.InvariantCulture));
        }

        return parameters;
    }

    private static int CountInSampleAtHalf(ScoredRows rows)
    {
        var half = new OperatingThreshold(0.5);
        return rows.InSampleScores.Where((score, row) => half.Selects(score) && !rows.Affluent[row]).Count();
    }

    private static async Task WriteAsync<T>(T content, string fileName, string folder, CancellationToken cancellation)
    {
        await using var file = File.Create(Path.Combine(folder, fileName));
        await JsonSerializer.SerializeAsync(file, content, JsonSerializerOptions.Web, cancellation);
    }

    private static long PeakMemoryBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static Dictionary<string, string> Versions() => new()
    {
        ["campaign"] = typeof(TrainModelJob).Assembly.GetName().Version!.ToString(3),
        ["xgboost"] = XGBoostLibrary.Version.ToString(),
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = RuntimeInformation.OSDescription,
    };
}

using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Receipts;

namespace Campaign.Web.CommandLine;

/// <summary>What <c>campaign run</c> was asked for, checked for range.</summary>
/// <param name="Threshold">By hand; null for the promise.</param>
public sealed record MainJobRequest(
    string File, RoleRequest Roles, ReadingChoices Reading, double Recall, double Confidence, OperatingThreshold? Threshold, int? Budget, double ControlShare,
    int Seed, int ThreadCount, bool Quick, bool SkipBadRows, PromiseKind PromiseKind, int? TrialCount, double? SearchMinutes,
    bool CheckReproducible = false, bool ForMlflow = false)
{
    /// <summary>What it asks of the list: the command is told of no consent, so that is to be checked before anyone is contacted.</summary>
    public ListDefinition Definition => new()
    {
        Budget = Budget,
        ControlShare = ControlShare,
        Seed = Seed,
        Consent = new() { CheckedElsewhere = ContactChannel.Each.Aggregate((all, one) => all | one) },
    };

    /// <summary>What it asks of the training.</summary>
    public TrainingRequest Training(DatasetSummary dataset) =>
        new(Path.GetFileNameWithoutExtension(dataset.FileName), Recall, Confidence, Seed, Quick, PromiseKind, TrialCount, SearchMinutes);
}

/// <summary>
/// The main job without a browser, over the same intake, jobs, builder and documents as the pages: file in; scores, target list, model,
/// documents and run.json out.
/// </summary>
public sealed class MainJob(IServiceProvider services, OutputFolder output, TerminalProgress progress)
{
    public const string ReceiptFileName = "receipt.json";

    private readonly Actor _actor = Actor.CommandLine;

    public async Task RunAsync(MainJobRequest request, CancellationToken cancellation)
    {
        RequireKey();
        var dataset = await ReceiveAsync(request, cancellation);
        var run = await TrainAsync(dataset, request, cancellation);
        var list = await BuildListAsync(run, request, cancellation);

        progress.Report("Writing the output", 0.9);
        var catalog = services.GetRequiredService<ModelRunCatalog>();
        var threshold = run.Threshold ?? throw new InvalidOperationException("A finished run of the command line has a threshold.");
        var counts = WriteScores(dataset, run, threshold);
        CopyFolder(catalog.PackageFolder(run.Id), output.PathOf("model"));
        ModelPackage.WriteThreshold(output.PathOf("model"), threshold, run.ThresholdRule!.Value, run.Promise);

        progress.Report("Printing the documents", 0.95);
        WorkMemory.Return();
        var documents = await WriteDocumentsAsync(run.Id, cancellation);
        await WriteListAsync(list, run.Results!.RowCount, cancellation);
        if (request.ForMlflow)
        {
            var card = output.PathOf(RunDocuments.ModelCardFileName);
            await services.GetRequiredService<MlflowExport>().WriteAsync(run.Id, output.Partial, File.Exists(card) ? card : null, cancellation);
        }

        var difference = request.CheckReproducible ? await TrainAgainAsync(request, run, cancellation) : null;
        progress.Finish();
        await WriteReportAsync(request, dataset, run, counts, documents, difference, cancellation);
        output.Commit();
        if (difference is { Words: { } words })
        {
            throw new RefusedException($"Not reproducible: trained again with the same file and seed, {words}. The output is in the folder you named, and run.json says so.") { ExitCode = 1 };
        }

        progress.Say($"Done: {dataset.FileName}, threshold {threshold.Score:0.0000}. The output is in the folder you named.");
    }

    private async Task<DatasetSummary> ReceiveAsync(MainJobRequest request, CancellationToken cancellation)
    {
        progress.Report("Reading the file", 0);
        var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            request.File, new IntakeOptions(request.Roles, request.SkipBadRows, Confirm: true, request.Reading), _actor, cancellation);
        foreach (var remark in received.Remarks.Concat(ColumnsInWords.Sentences(received.Roles)))
        {
            progress.Say(remark);
        }

        if (received.Dataset.RejectedRowCount > 0)
        {
            var datasetFolder = services.GetRequiredService<FileStore>().DatasetFolder(received.Dataset.Id);
            File.Copy(Path.Combine(datasetFolder, RejectedRow.FileName), output.PathOf(RejectedRow.FileName));
        }

        return (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id, cancellation))!;
    }

    /// <returns>Counts alone: nothing of the rows is kept, beside which the documents would take their own memory.</returns>
    private ConfusionCounts WriteScores(DatasetSummary dataset, ModelRunSummary run, OperatingThreshold threshold)
    {
        var catalog = services.GetRequiredService<ModelRunCatalog>();
        using var table = services.GetRequiredService<DatasetCatalog>().OpenColumns(dataset.Id);
        var recorded = DatasetCatalog.ReadCustomers(table, dataset.Roles);
        var scores = LogOdds.ToScores(catalog.LoadScores(run.Id).LogOdds);
        using var file = File.Create(output.PathOf("scores.csv"));
        ScoresCsv.Write(file, scores, catalog.LoadProbabilities(run.Id), recorded, threshold);
        return ConfusionCounts.At(threshold, scores, recorded.Affluent);
    }

    private async Task<ModelRunSummary> TrainAsync(DatasetSummary dataset, MainJobRequest request, CancellationToken cancellation)
    {
        if (request.Threshold is null)
        {
            // Known before the training, so nobody waits for it in vain.
            RequireEnoughKnown(dataset, request);
        }

        var runs = services.GetRequiredService<ModelRuns>();
        var job = await runs.AddAsync(dataset, request.Training(dataset), _actor, cancellation);
        await RunJobAsync(job.Id, cancellation);

        var catalog = services.GetRequiredService<ModelRunCatalog>();
        var run = (await catalog.FindAsync(job.SubjectId, cancellation))!;
        if (run.Results!.Measures!.ByChanceInWords is { } warning)
        {
            progress.Say(warning);
        }

        progress.Say("Hidden affluents: " + run.Results.Measures.HiddenInWords);
        if (request.Threshold is null && run.Threshold is not null)
        {
            return run;
        }

        // Where the promise could not be kept by the training, asking again refuses it with the number of known affluents that it needs.
        var wish = request.Threshold is { } byHand
            ? new ThresholdWish(ThresholdRule.ByHand, 0, 0, 0, byHand.Score)
            : new ThresholdWish(ThresholdRule.Promise, request.Recall, request.Confidence, 0, 0);
        await services.GetRequiredService<ThresholdChoice>().UseAsync(run, run.Version, wish, _actor, cancellation);
        return (await catalog.FindAsync(run.Id, cancellation))!;
    }

    private void RequireEnoughKnown(DatasetSummary dataset, MainJobRequest request)
    {
        using var table = services.GetRequiredService<DatasetCatalog>().OpenColumns(dataset.Id);
        var known = DatasetCatalog.ReadCustomers(table, dataset.Roles).AffluentRowCount;
        if (request.PromiseKind == PromiseKind.Exact)
        {
            // A little more than are dealt, as whole customers are: whoever is refused here would be refused after the training too.
            known = (int)(known * (ModelRuns.HeldOutShare + 0.05));
        }

        if (ThresholdOutcome.TooFewKnown.For(known, request.Recall, request.Confidence) is { } tooFew)
        {
            throw tooFew.Refusal(request.PromiseKind);
        }
    }

    private async Task<Guid> BuildListAsync(ModelRunSummary run, MainJobRequest request, CancellationToken cancellation)
    {
        var register = services.GetRequiredService<TargetListRegister>();
        var job = await register.AddAsync(
            run, new ListRequest(run.Name, "Hidden affluents of the file", request.Definition), _actor, cancellation);
        await RunJobAsync(job.Id, cancellation);
        return job.SubjectId;
    }

    /// <summary>The internal copy and the receipt that ties it, the scores and the documents together.</summary>
    private async Task WriteListAsync(Guid list, int rowCount, CancellationToken cancellation)
    {
        (string Name, string Kind, int? Rows)[] along =
        [
            ("scores.csv", "scores", rowCount),
            (RunDocuments.ModelCardFileName, "model card", null),
            (RunDocuments.AuditReportFileName, "audit report", null),
        ];
        ReceiptFile[] tied =
        [
            .. along.Where(file => File.Exists(output.PathOf(file.Name)))
                .Select(file => new ReceiptFile(file.Name, file.Kind, ReceiptCheck.HashOf(output.PathOf(file.Name)), file.Rows)),
        ];
        var leaving = await services.GetRequiredService<ListExports>().ExportAsync(list, ListCopy.Internal, "Output of campaign run", _actor, tied, cancellation);
        await using var content = leaving.Content;
        await using (var file = File.Create(output.PathOf("target-list.xlsx")))
        {
            await content.CopyToAsync(file, cancellation);
        }

        File.Copy(services.GetRequiredService<ListReceipts>().PathOf(leaving.Receipt), output.PathOf(ReceiptFileName));
    }

    /// <summary>Known before the training, so nobody waits for it in vain.</summary>
    private void RequireKey()
    {
        try
        {
            _ = services.GetRequiredService<SigningKey>().PublicKey;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException && !DiskSpace.IsFull(fault))
        {
            throw new RefusedException(
                "The key that signs the receipt can't be kept in the home folder: name a data folder with --data, or one for the key in the environment variable CAMPAIGN_DATA.");
        }
    }

    private async Task<Reproduced> TrainAgainAsync(MainJobRequest request, ModelRunSummary run, CancellationToken cancellation)
    {
        progress.Report("Training again to compare", 0.97);
        var first = Reproduction.OutcomeOf(services.GetRequiredService<ModelRunCatalog>(), run.Id);

        // As many trials as were made, whatever ended them: a search that a time limit cut would end elsewhere.
        var same = request with { TrialCount = run.Results!.Trials.Count, SearchMinutes = null };
        var again = await Reproduction.TrainAgainAsync(same, new JobProgress(progress), cancellation);
        var difference = first.DifferenceFrom(again);
        if (difference is null)
        {
            progress.Say($"Reproducible: trained again from the file with {InWords.Count(Reproduction.OtherThreadCount(request.ThreadCount), "thread")} instead of {InWords.Count(request.ThreadCount)}, all models have the same bytes and all rows the same scores.");
        }

        return new Reproduced(difference);
    }

    private Task RunJobAsync(Guid jobId, CancellationToken cancellation) =>
        services.GetRequiredService<JobRunner>().RunNowAsync(jobId, new JobProgress(progress), cancellation);

    /// <returns>'written', or why there are none.</returns>
    private async Task<string> WriteDocumentsAsync(Guid runId, CancellationToken cancellation)
    {
        var documents = services.GetRequiredService<RunDocuments>();
        try
        {
            await documents.WriteAsync(runId, output.Partial, cancellation);
            return "written";
        }
        catch (RefusedException noPrinter)
        {
            progress.Say($"Warning: the PDFs were not made. {noPrinter.Message} 'campaign documents DIR' makes them later.");
            return noPrinter.Message;
        }
    }

    private async Task WriteReportAsync(
        MainJobRequest request, DatasetSummary dataset, ModelRunSummary run, ConfusionCounts counts, string documents, Reproduced? reproduced, CancellationToken cancellation)
    {
        var results = run.Results!;
        var measures = results.Measures!;
        var report = new RunReport(
            dataset.FileName, dataset.Fingerprint, results.RowCount, results.CustomerCount, results.RecordedAffluentRows,
            results.Algorithm, request.Seed, results.FoldCount, run.Threshold!.Value.Score,
            run.Promise is { } promise ? new PromiseReport(promise.Kind, promise.Recall, promise.Confidence, promise.KnownAffluent, promise.Kept) : null,
            counts.Recall.Share, counts.Precision.IsDefined ? counts.Precision.Share : null, results.Auc, results.AveragePrecision, results.LiftTopDecile,
            (int)counts.Selected, (int)counts.SelectedNormal, results.InSampleSelectedAtHalf,
            results.Recommended, results.RecommendedBecause, results.Leaderboard, results.Trials, results.HeldOutCustomers, documents, progress.Sentences, progress.Stages, results.PeakMemoryBytes, results.Versions)
        {
            Fairness = FairnessReport.Of(await services.GetRequiredService<RunFairnessReader>().ReadAsync(run, cancellation)),
            Reproducible = reproduced is null ? null : reproduced.Words is null,
            RecallInterval = IntervalReport.Of(counts.Recall),
            PrecisionInterval = IntervalReport.Of(counts.Precision),
            AucInterval = IntervalReport.Of(measures.Auc),
            AveragePrecisionInterval = IntervalReport.Of(measures.AveragePrecision),
            LiftTopDecileInterval = IntervalReport.Of(measures.LiftTopDecile),
            HiddenEstimate = measures.Hidden is { } hidden ? new HiddenReport(measures.WholeLow, (int)Math.Round(hidden.Mid), measures.WholeHigh, Learning.Estimates.HiddenEstimate.Assumption) : null,
            Calibration = new CalibrationReport(
                measures.CalibrationMethod, measures.Calibration.Brier, measures.Calibration.LogLoss, measures.Calibration.ExpectedCalibrationError),
        };
        await using var file = File.Create(output.PathOf("run.json"));
        await JsonSerializer.SerializeAsync(file, report, RunReport.Json, cancellation);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    /// <param name="Words">What differs; null where nothing does.</param>
    private sealed record Reproduced(string? Words);

    private sealed class JobProgress(TerminalProgress terminal) : IProgress<JobReport>
    {
        public void Report(JobReport value) => terminal.Report(value.Stage, value.ShareDone);
    }
}

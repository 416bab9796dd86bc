using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Reads the trail around a finished run into an <see cref="AuditReport"/>.</summary>
public sealed class AuditReportBuilder(
    ModelRunCatalog runs, DatasetCatalog datasets, ModelRegistry registry, AuditQuery trail, AuditVerifier verifier, TimeProvider clock)
{
    /// <exception cref="RefusedException">The run is not there or not finished.</exception>
    public async Task<AuditReport> BuildAsync(Guid runId, CancellationToken cancellation = default)
    {
        var run = await runs.FindAsync(runId, cancellation) ?? throw new RefusedException("There is no such model run: choose one from the list of runs.");
        var results = run.Results ?? throw new RefusedException("This run has no results yet: wait for the training.");
        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new RefusedException("The file of this run is gone: upload it again.");
        var registered = await registry.OfRunAsync(runId, cancellation);
        var verification = await verifier.VerifyAsync(cancellation);
        return new AuditReport(
            run.Name, run.Id, registered?.Reviewer is { } reviewer ? "approved by " + reviewer : CardCover.NotReviewed, clock.GetUtcNow().UtcDateTime, typeof(AuditReportBuilder).Assembly.GetName().Version!.ToString(3),
            new ReportTrail(verification.EntryCount, verification.FirstBreak),
            new ReportData(
                dataset.FileName, dataset.Fingerprint, dataset.ByteCount, dataset.ReadAs, dataset.UploadedByName, dataset.UploadedUtc,
                dataset.RowCount, dataset.RejectedRowCount),
            new ReportTraining(
                run.CreatedByName, run.CreatedUtc, run.CompletedUtc, run.Seed, run.Quick, results.Algorithm, results.TreeCount, results.ModelHash, results.ModelFiles,
                run.Threshold?.Score, run.ThresholdInWords, results.Versions, results.Stages, results.PeakMemoryBytes),
            await EntriesAsync(run, cancellation))
        {
            Models = [.. (await registry.ListAsync(cancellation)).Select(version => new ReportModel(
                version.FullName,
                ModelRegistry.InWords(version.Stage) + (version.ChampionSinceUtc is null ? "" : ", champion"),
                version.RegisteredByName,
                version.RegisteredUtc,
                version.ApprovedByName is { } approver ? version.IsReviewed ? approver : $"{approver}, {CardCover.NotReviewed}" : null))],
        };
    }

    /// <summary>Entries about the dataset, the run, and the lists and jobs that name the run; oldest first.</summary>
    private async Task<IReadOnlyList<ReportEntry>> EntriesAsync(ModelRunSummary run, CancellationToken cancellation)
    {
        var found = new List<AuditEntry>();
        found.AddRange(await AllAsync($"dataset:{run.DatasetId}", cancellation));
        found.AddRange(await AllAsync($"run:{run.Id}", cancellation));
        if (await registry.OfRunAsync(run.Id, cancellation) is { } registered)
        {
            found.AddRange(await AllAsync($"model:{registered.Id}", cancellation));
        }

        foreach (var kind in (string[])["list:", "job:"])
        {
            var entries = await AllAsync(kind, cancellation);
            var ofThisRun = entries.Where(entry => entry.DetailsJson?.Contains(run.Id.ToString(), StringComparison.OrdinalIgnoreCase) == true)
                .Select(entry => entry.Subject)
                .ToHashSet();
            found.AddRange(entries.Where(entry => ofThisRun.Contains(entry.Subject)));
        }

        return [.. found.OrderBy(entry => entry.Sequence).Select(entry =>
            new ReportEntry(entry.Sequence, entry.Utc, entry.ActorName, entry.Action, entry.Subject, entry.DetailsJson))];
    }

    /// <param name="subject">The start of the subject.</param>
    private async Task<List<AuditEntry>> AllAsync(string subject, CancellationToken cancellation)
    {
        var entries = new List<AuditEntry>();
        for (var pageNumber = 1; ; pageNumber++)
        {
            var page = await trail.PageAsync(new AuditFilter(Subject: subject), pageNumber, cancellation);
            entries.AddRange(page.Entries);
            if (pageNumber >= page.PageCount)
            {
                return entries;
            }
        }
    }
}

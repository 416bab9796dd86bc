using System.Security.Cryptography;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Explanations;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Builds a saved list: selection, reasons, workbook. The workbooks are written into a staging folder that is renamed into the list's place
/// just before the row gets its counts and hashes.
/// </summary>
public sealed class BuildTargetListJob(
    CampaignDbContext db, DatasetCatalog datasets, ModelRunCatalog runs, ListInputsReader inputs, FileStore files, AuditTrail trail, WorkThreads threads) : ICampaignJob
{
    public const string JobKind = "build-target-list";

    /// <summary>Without the control group, which callers must not know; in the list's folder.</summary>
    public const string CallersCopy = "target-list.xlsx";

    /// <summary>With the control group; beside it.</summary>
    public const string InternalCopy = "target-list-internal.xlsx";

    public string Kind => JobKind;

    public async Task RunAsync(JobContext job, CancellationToken cancellation)
    {
        var list = await db.Set<TargetList>().SingleAsync(list => list.Id == job.SubjectId, cancellation);
        if (list.CountsJson is not null)
        {
            return;
        }

        job.Report("Reading the scores", 0);
        var run = await runs.FindAsync(list.ModelRunId, cancellation) ?? throw new RefusedException("The model run of this list is gone: build the list from another run.");
        var dataset = await datasets.FindAsync(run.DatasetId, cancellation) ?? throw new RefusedException("The file of this list is gone: upload it again.");
        using var table = datasets.OpenColumns(dataset.Id);
        var roles = await runs.ReadColumnsAsync(run.Id, cancellation);

        job.Report("Selecting customers", 0.1);
        var threshold = new OperatingThreshold(list.Threshold);
        var selection = TargetListBuilder.Build(await inputs.ReadAsync(
            run, dataset, table, threshold, list.Definition, DateOnly.FromDateTime(list.CreatedUtc), cancellation));

        const string explaining = "Working out the reasons";
        job.Report(explaining, 0.2);
        WorkMemory.Return();
        var listedRows = selection.Listed.Select(customer => customer.Row - 1).ToArray();
        var reasonsOfRow = runs.Explain(run.Id, table, roles, runs.LoadScores(run.Id), listedRows, job.Part(explaining, 0.2, 0.8), cancellation)
            .ToDictionary(row => row.Row + 1, row => row.AddsUp ? new ListedReasons(Sentences(row.Reasons), Sentences(row.Against)) : ListedReasons.NotShown);
        var withoutReasons = reasonsOfRow.Values.Count(reasons => reasons == ListedReasons.NotShown);
        selection = selection with { Counts = selection.Counts with { WithoutReasons = withoutReasons } };

        job.Report("Writing the workbook", 0.8);
        var facts = Facts(list, run, dataset);
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        list.MembersHash = Hashed(Path.Combine(staging, ListMembers.FileName), file => ListMembers.Write(file, selection));
        string[] hashes = ["", ""];
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads.Count, CancellationToken = cancellation },
            () => hashes[0] = Write(Path.Combine(staging, InternalCopy), selection, facts, reasonsOfRow, internalCopy: true),
            () => hashes[1] = Write(Path.Combine(staging, CallersCopy), selection, facts, reasonsOfRow, internalCopy: false));
        (list.WorkbookHash, list.CallersWorkbookHash) = (hashes[0], hashes[1]);
        cancellation.ThrowIfCancellationRequested();

        list.CountsJson = JsonSerializer.Serialize(selection.Counts, JsonSerializerOptions.Web);
        trail.Append(db, job.Actor, AuditActions.ListBuilt, $"list:{list.Id}", new
        {
            list.ModelRunId,
            list.Threshold,
            selection.Counts.ToContact,
            selection.Counts.Control,
            selection.Counts.Excluded,
            selection.Counts.WithoutReasons,
            selection.Counts.Causes,
            list.MembersHash,
            list.WorkbookHash,
            list.CallersWorkbookHash,
        });

        FileStore.MoveIntoPlace(staging, files.ListFolder(list.Id));
        await db.SaveChangesAsync(cancellation);
    }

    private static string[] Sentences(IReadOnlyList<Reason> reasons) => [.. reasons.Select(reason => reason.Sentence)];

    private static string Write(
        string path, TargetListSelection selection, ListFacts facts, Dictionary<int, ListedReasons> reasonsOfRow, bool internalCopy) =>
        Hashed(path, file => TargetListWorkbook.Write(file, selection, facts, customer => reasonsOfRow[customer.Row], internalCopy));

    /// <returns>SHA-256 of the file's bytes, lower-case hex.</returns>
    private static string Hashed(string path, Action<Stream> write)
    {
        using var file = File.Create(path);
        write(file);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static ListFacts Facts(TargetList list, ModelRunSummary run, DatasetSummary dataset) => new(
        ListFacts.ShortId(list.Id), list.Name, list.Purpose, list.CreatedByName, Approver: null, list.CreatedUtc, list.ValidUntilUtc,
        run.Name, run.Id.ToString("N")[..12], list.Threshold, ThresholdReason(list, run), dataset.FileName, dataset.UploadedUtc, dataset.Fingerprint,
        list.Definition, Contact: null);

    private static string ThresholdReason(TargetList list, ModelRunSummary run) =>
        run.Threshold?.Score == list.Threshold ? run.ThresholdInWords : "an earlier threshold of this model run";
}

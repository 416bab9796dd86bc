using System.Security.Cryptography;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Explanations;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Receipts;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Builds a saved list: selection, reasons, workbook. The workbooks are written into a staging folder that is renamed into the list's place
/// just before the row gets its counts and hashes.
/// </summary>
public sealed class BuildTargetListJob(
    CampaignDbContext db, DatasetCatalog datasets, ModelRunCatalog runs, ListInputsReader inputs, FileStore files, ListReceipts receipts, AuditTrail trail, TimeProvider clock) : ICampaignJob
{
    public const string JobKind = "build-target-list";

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
        var known = await inputs.ReadAsync(run, dataset, table, threshold, list.Definition, clock.GetUtcNow().UtcDateTime, list.Id, cancellation);
        var selection = TargetListBuilder.Build(known.Inputs);
        var values = ListValues.Of(
            table, list.Definition, known.Segments, ListMoney.Of(run.Money, runs.LoadProbabilities(run.Id), run.Results?.Measures?.Hidden));

        const string explaining = "Working out the reasons";
        job.Report(explaining, 0.2);
        WorkMemory.Return();
        var listedRows = selection.Listed.Select(customer => customer.Row - 1).ToArray();
        var reasonsOfRow = runs.Explain(run.Id, table, roles, runs.LoadScores(run.Id), listedRows, job.Part(explaining, 0.2, 0.8), cancellation)
            .ToDictionary(row => row.Row + 1, row => row.AddsUp ? new ListedReasons(Sentences(row.Reasons), Sentences(row.Against)) : ListedReasons.NotShown);
        var withoutReasons = reasonsOfRow.Values.Count(reasons => reasons == ListedReasons.NotShown);
        selection = selection with
        {
            Counts = selection.Counts with
            {
                WithoutReasons = withoutReasons,
                Segments = [.. known.Segments.Select(one => new AppliedSegment(one.Id, one.Version, one.Name, one.Rule.Sentence))],
            },
        };

        job.Report("Writing the workbook", 0.8);
        var facts = Facts(list, run, dataset);
        var staging = files.NewStagingFolder();
        using var removal = FileStore.RemovedAtEnd(staging);
        list.MembersHash = Hashed(Path.Combine(staging, ListMembers.FileName), file => ListMembers.Write(file, selection));
        ListedReasons ReasonsOf(ListedCustomer customer) => reasonsOfRow[customer.Row];
        list.WorkbookHash = Workbook(ListCopy.Internal);
        list.CallersWorkbookHash = Workbook(ListCopy.Callers);
        var csvHash = Hashed(PathOf(ListCopy.Csv), file => TargetListCsv.Write(file, selection, facts, values, ReasonsOf));
        cancellation.ThrowIfCancellationRequested();
        var receipt = await receipts.AddBuiltAsync(
            list,
            ReceiptContent.Of(
                list, run, dataset, facts.ThresholdReason, selection, [.. known.Suppressions.Select(one => new ReceiptSuppression(one.Id, one.IdsHash))],
                [Made(ListCopy.Internal, list.WorkbookHash), Made(ListCopy.Callers, list.CallersWorkbookHash), Made(ListCopy.Csv, csvHash)]),
            staging, cancellation);

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
            segments = known.Segments.Select(one => new { one.Id, one.Version }),
            suppressions = known.Suppressions.Select(one => one.Id),
            earlierLists = known.EarlierLists.Select(one => one.Id),
            list.MembersHash,
            list.WorkbookHash,
            list.CallersWorkbookHash,
            receipt = receipt.Hash,
        });

        FileStore.MoveIntoPlace(staging, files.ListFolder(list.Id));
        await db.SaveChangesAsync(cancellation);

        string PathOf(ListCopy copy) => Path.Combine(staging, ListCopies.FileName(copy));

        string Workbook(ListCopy copy) => Hashed(PathOf(copy), file =>
        {
            TargetListWorkbook.Write(file, selection, facts, values, ReasonsOf, internalCopy: copy == ListCopy.Internal);
            file.Position = 0;
            if (WorkbookRows.Count(file, "Target list") is var rowCount && rowCount != selection.Listed.Count)
            {
                throw new InvalidDataException($"The workbook holds {rowCount} of {selection.Listed.Count} customers.");
            }
        });

        ReceiptFile Made(ListCopy copy, string hash) => new(ListCopies.FileName(copy), ListCopies.InWords(copy), hash, selection.Listed.Count);
    }

    private static string[] Sentences(IReadOnlyList<Reason> reasons) => [.. reasons.Select(reason => reason.Sentence)];

    /// <returns>SHA-256 of the file's bytes, lower-case hex.</returns>
    private static string Hashed(string path, Action<FileStream> write)
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

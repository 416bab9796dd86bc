using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Governance;

/// <summary>A download that the trail recorded of a run's documents, a list or a file.</summary>
public sealed record DownloadMade(string What, string ByName, DateTime Utc);

/// <summary>A model run of a dataset with the lists, their recorded outcomes and the downloads that came of it.</summary>
public sealed record RunLineage(ModelRunSummary Run, IReadOnlyList<TargetListSummary> Lists, IReadOnlyList<RecordedOutcomes> Outcomes, IReadOnlyList<DownloadMade> Downloads);

/// <summary>What came of a dataset: runs, lists and documents; and its deletion, which shows all that first.</summary>
[Authorize(Policy = Access.Read)]
public sealed class LineageModel(
    DatasetCatalog datasets, DatasetDeletion deletion, ModelRunCatalog runs, TargetListCatalog lists, CampaignDbContext db, IAuthorizationService authorization) : PageModel
{
    public DatasetSummary Dataset { get; private set; } = null!;

    /// <summary>Other datasets with the same bytes.</summary>
    public IReadOnlyList<DatasetSummary> Twins { get; private set; } = [];

    /// <summary>The dataset whose rows this one has; null where somebody sent it.</summary>
    public DatasetSummary? MadeOf { get; private set; }

    /// <summary>Datasets with the rows of this one and other recorded classes.</summary>
    public IReadOnlyList<DatasetSummary> MadeOfThis { get; private set; } = [];

    public IReadOnlyList<RunLineage> Runs { get; private set; } = [];

    /// <summary>Of the file itself: rows left out, the look-around report.</summary>
    public IReadOnlyList<DownloadMade> Downloads { get; private set; } = [];

    public bool MayDelete { get; private set; }

    public string? Refusal { get; private set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public bool IsSure { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        Version = Dataset.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        if (!MayDelete)
        {
            return Forbid();
        }

        try
        {
            if (!IsSure)
            {
                throw new RefusedException("Tick the box to say that you have seen what depends on this file.");
            }

            await RequireNoWorkAsync(cancellation);
            var dependents = new { runs = Runs.Select(run => run.Run.Id), lists = Runs.SelectMany(run => run.Lists).Select(list => list.Id) };
            await deletion.DeleteAsync(datasetId, Version, dependents, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }

        TempData["Status"] = $"{Dataset.FileName} was deleted. What came of it stays on record.";
        return RedirectToPage(new { datasetId });
    }

    private async Task<bool> LoadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await datasets.FindAsync(datasetId, cancellation) is not { } dataset)
        {
            return false;
        }

        Dataset = dataset;
        Twins = [.. (await datasets.WithFingerprintAsync(dataset.Fingerprint, cancellation)).Where(twin => twin.Id != datasetId)];
        var ofDataset = await runs.OfDatasetAsync(datasetId, cancellation);
        var ofRuns = await lists.OfRunsAsync([.. ofDataset.Select(run => run.Id)], cancellation);
        var outcomes = await lists.OutcomesOfAsync([.. ofRuns.Select(list => list.Id)], cancellation);
        MadeOf = dataset.Derivation is { } derivation ? await datasets.FindAsync(derivation.FromDatasetId, cancellation) : null;
        MadeOfThis = await datasets.DerivedFromAsync(datasetId, cancellation);
        var subjects = ofDataset.Select(run => $"run:{run.Id}").Concat(ofRuns.Select(list => $"list:{list.Id}")).Append($"dataset:{datasetId}").ToList();
        var downloads = (await db.AuditEntries.AsNoTracking()
                .Where(entry => entry.Action == AuditActions.Downloaded && subjects.Contains(entry.Subject))
                .OrderByDescending(entry => entry.Sequence)
                .ToListAsync(cancellation))
            .ToLookup(entry => entry.Subject, entry => new DownloadMade(FileOf(entry), entry.ActorName, entry.Utc));
        Downloads = [.. downloads[$"dataset:{datasetId}"]];
        Runs =
        [
            .. ofDataset.Select(run =>
            {
                TargetListSummary[] ofRun = [.. ofRuns.Where(list => list.ModelRunId == run.Id)];
                return new RunLineage(run, ofRun, [.. outcomes.Where(one => ofRun.Any(list => list.Id == one.TargetListId))], [.. downloads[$"run:{run.Id}"].Concat(ofRun.SelectMany(list => downloads[$"list:{list.Id}"])).OrderByDescending(download => download.Utc)]);
            }),
        ];
        MayDelete = (await authorization.AuthorizeAsync(User, Access.DeleteData)).Succeeded;
        return true;
    }

    private async Task RequireNoWorkAsync(CancellationToken cancellation)
    {
        var subjects = Runs.Select(run => run.Run.Id).Concat(Runs.SelectMany(run => run.Lists).Select(list => list.Id)).ToList();
        if (await db.Jobs.AnyAsync(job => subjects.Contains(job.SubjectId) && (job.State == JobState.Queued || job.State == JobState.Running), cancellation))
        {
            throw new RefusedException("A training or a list is being made from this file at this moment. Wait for it or cancel it, then delete the file.");
        }
    }

    private static string FileOf(AuditEntry entry) =>
        entry.DetailsJson is { } details && System.Text.Json.JsonDocument.Parse(details).RootElement.TryGetProperty("file", out var file) ? file.GetString() ?? "" : "";
}

using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Governance;

/// <summary>Something on the way from a file to a list, with the one step that comes next.</summary>
/// <param name="ShareDone">0 to 1 while it runs; null otherwise.</param>
public sealed record NextStep(string Kind, string Title, string Words, string Address, string LinkWords, DateTime Utc, double? ShareDone = null);

[Authorize(Policy = Access.Read)]
public sealed class HomeModel(
    UnfinishedFiles unfinished, DatasetCatalog datasets, ModelRunCatalog runs, TargetListCatalog lists, CampaignDbContext db, IAuthorizationService authorization) : PageModel
{
    private const int LatestOfEach = 3;

    public bool IsEmpty { get; private set; }

    public bool MayModel { get; private set; }

    /// <summary>What runs first, then the newest.</summary>
    public IReadOnlyList<NextStep> Steps { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        var arriving = MayModel ? await unfinished.ListAsync(cancellation) : [];
        var files = await datasets.NewestAsync(LatestOfEach, cancellation);
        var trained = await runs.NewestAsync(LatestOfEach, cancellation);
        var made = await lists.NewestAsync(LatestOfEach, cancellation);
        IsEmpty = files.Count == 0 && arriving.Count == 0;

        var subjects = trained.Select(run => run.Id).Concat(made.Select(list => list.Id)).ToList();
        var jobs = (await db.Jobs.AsNoTracking().Where(job => subjects.Contains(job.SubjectId)).OrderBy(job => job.CreatedUtc).ToListAsync(cancellation))
            .GroupBy(job => job.SubjectId).ToDictionary(group => group.Key, group => group.Last());

        // A thing whose next step was taken already gives way to what came of it.
        var steps = arriving.Select(file => new NextStep("Arriving file", file.FileName, file.Words, file.Address, file.NextStep, file.ReceivedUtc, file.ShareDone))
            .Concat(files.Where(file => trained.All(run => run.DatasetId != file.Id)).Select(StepOf))
            .Concat(trained.Where(run => made.All(list => list.ModelRunId != run.Id)).Select(run => StepOf(run, jobs.GetValueOrDefault(run.Id))))
            .Concat(made.Select(list => StepOf(list, jobs.GetValueOrDefault(list.Id))));
        Steps = [.. steps.OrderByDescending(step => step.ShareDone is not null).ThenByDescending(step => step.Utc)];
    }

    private static NextStep StepOf(DatasetSummary file)
    {
        var words = $"{InWords.Count(file.RowCount, "row")}, uploaded {InWords.When(file.UploadedUtc)} by {file.UploadedByName}.";
        return file.ColumnsConfirmed
            ? new("Customer file", file.FileName, words, $"/datasets/{file.Id}/quality", "Check my file", file.UploadedUtc)
            : new("Customer file", file.FileName, words, $"/datasets/{file.Id}/columns", "Confirm the columns", file.UploadedUtc);
    }

    private static NextStep StepOf(ModelRunSummary run, JobRecord? job)
    {
        const string kind = "Model run";
        if (run.Results is not null)
        {
            return run.Threshold is null
                ? new(kind, run.Name, "Done; its promise can't be made with this file, so a cut-off has to be chosen.", $"/runs/{run.Id}/threshold", "Choose the cut-off", run.CreatedUtc)
                : new(kind, run.Name, $"Done. Cut-off {InWords.Score(run.Threshold.Value.Score)}, {run.ThresholdInWords}.", $"/runs/{run.Id}", "Look at it", run.CreatedUtc);
        }

        return Unfinished(kind, run.Name, job, $"/runs/{run.Id}", run.CreatedUtc);
    }

    private static NextStep StepOf(TargetListSummary list, JobRecord? job) => list.IsBuilt
        ? new("Target list", list.Name, $"Made {InWords.When(list.CreatedUtc)} by {list.CreatedByName}. {list.Standing}", list.Address, list.NextStep, list.CreatedUtc)
        : Unfinished("Target list", list.Name, job, $"/lists/{list.Id}", list.CreatedUtc);

    private static NextStep Unfinished(string kind, string title, JobRecord? job, string address, DateTime utc) => job?.State switch
    {
        JobState.Failed => new(kind, title, $"Failed. {job.Reason}", address, "See why", utc),
        JobState.Cancelled => new(kind, title, "Cancelled; nothing of it was kept.", address, "Open", utc),
        JobState.Running => new(kind, title, job.Stage, address, "Follow", utc, job.ShareDone),
        _ => new(kind, title, "Waiting for its turn.", address, "Follow", utc, 0),
    };
}

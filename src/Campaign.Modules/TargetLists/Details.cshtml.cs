using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

[Authorize(Policy = Access.Read)]
public sealed class DetailsModel(
    TargetListRegister lists, ModelRunCatalog runs, FileStore files, CampaignDbContext db, AuditTrail trail,
    IAuthorizationService authorization) : PageModel
{
    public TargetList List { get; private set; } = null!;

    /// <summary>Null until the list is built.</summary>
    public ListCounts? Counts { get; private set; }

    public JobRecord? Job { get; private set; }

    public string RunName { get; private set; } = "";

    public bool MayDownload { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list)
        {
            return NotFound();
        }

        List = list;
        Counts = TargetListRegister.ReadCounts(list);
        Job = await lists.FindJobAsync(listId, cancellation);
        RunName = (await runs.FindAsync(list.ModelRunId, cancellation))?.Name ?? "";
        MayDownload = (await authorization.AuthorizeAsync(User, Access.Customers)).Succeeded;
        return Page();
    }

    public Task<IActionResult> OnGetCallersCopyAsync(Guid listId, CancellationToken cancellation) =>
        DownloadAsync(listId, BuildTargetListJob.CallersCopy, "callers", cancellation);

    public Task<IActionResult> OnGetInternalCopyAsync(Guid listId, CancellationToken cancellation) =>
        DownloadAsync(listId, BuildTargetListJob.InternalCopy, "internal", cancellation);

    private async Task<IActionResult> DownloadAsync(Guid listId, string fileName, string copy, CancellationToken cancellation)
    {
        if (!(await authorization.AuthorizeAsync(User, Access.Customers)).Succeeded)
        {
            return Forbid();
        }

        var path = Path.Combine(files.ListFolder(listId), fileName);
        if (await lists.FindAsync(listId, cancellation) is not { WorkbookHash: not null } list || !System.IO.File.Exists(path))
        {
            return NotFound();
        }

        // Recorded first: a file never leaves without its entry.
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"list:{listId}", new { copy, list.WorkbookHash });
        await db.SaveChangesAsync(cancellation);
        return PhysicalFile(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{ListFacts.ShortId(listId)}-{copy}.xlsx");
    }
}

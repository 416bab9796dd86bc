using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets;

[Authorize(Policy = Access.Read)]
public sealed class DetailsModel(
    DatasetCatalog catalog, FileStore files, CampaignDbContext db, AuditTrail trail, IAuthorizationService authorization) : PageModel
{
    public DatasetSummary Dataset { get; private set; } = null!;

    public bool MayModel { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(datasetId, cancellation) is not { } dataset)
        {
            return NotFound();
        }

        Dataset = dataset;
        MayModel = await MayModelAsync();
        return Page();
    }

    /// <summary>The rows that were left out, with their lines: only for who may upload, since it holds values of the file.</summary>
    public async Task<IActionResult> OnGetRejectedAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await MayModelAsync())
        {
            return Forbid();
        }

        if (await catalog.FindAsync(datasetId, cancellation) is not { RejectedRowCount: > 0, DeletedUtc: null } dataset)
        {
            return NotFound();
        }

        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"dataset:{datasetId}", new { file = RejectedRow.FileName, dataset.RejectedRowCount });
        await db.SaveChangesAsync(cancellation);
        return PhysicalFile(Path.Combine(files.DatasetFolder(datasetId), RejectedRow.FileName), "text/csv; charset=utf-8", RejectedRow.FileName);
    }

    private async Task<bool> MayModelAsync() => (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
}

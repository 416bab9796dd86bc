using Campaign.Modules.Datasets.Contracts;
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

        if (await catalog.FindAsync(datasetId, cancellation) is not { RejectedRowCount: > 0 } dataset)
        {
            return NotFound();
        }

        var csv = new MemoryStream();
        RejectedRow.WriteCsv(csv, RejectedRow.Load(files.DatasetFolder(datasetId)));
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"dataset:{datasetId}", new { file = "rejected.csv", dataset.RejectedRowCount });
        await db.SaveChangesAsync(cancellation);
        return File(csv.ToArray(), "text/csv; charset=utf-8", "rejected.csv");
    }

    private async Task<bool> MayModelAsync() => (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
}

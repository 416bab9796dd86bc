using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets;

[Authorize(Policy = Access.Read)]
public sealed class DetailsModel(DatasetCatalog catalog, IAuthorizationService authorization) : PageModel
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
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        return Page();
    }
}

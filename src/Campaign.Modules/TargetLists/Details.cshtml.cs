using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

[Authorize(Policy = Access.Read)]
public sealed class DetailsModel(
    TargetListRegister lists, ModelRunCatalog runs, ListExports exports, IAuthorizationService authorization) : PageModel
{
    public TargetList List { get; private set; } = null!;

    /// <summary>Null until the list is built.</summary>
    public ListCounts? Counts { get; private set; }

    public JobRecord? Job { get; private set; }

    public string RunName { get; private set; } = "";

    public bool MayDownload { get; private set; }

    /// <summary>The person may take the list out now.</summary>
    public bool MayExport { get; private set; }

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
        MayExport = MayDownload && exports.WhyNot(list, User.ToActor()) is null;
        return Page();
    }
}

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
    private const int RunsOffered = 50;

    public TargetList List { get; private set; } = null!;

    /// <summary>Null until the list is built.</summary>
    public ListCounts? Counts { get; private set; }

    public JobRecord? Job { get; private set; }

    public string RunName { get; private set; } = "";

    public bool MayDownload { get; private set; }

    public bool MayBuild { get; private set; }

    /// <summary>The person may take the list out now.</summary>
    public bool MayExport { get; private set; }

    /// <summary>The latest runs that a copy of this list can be made of.</summary>
    public IReadOnlyList<ModelRunSummary> OtherRuns { get; private set; } = [];

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
        MayBuild = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        OtherRuns = MayBuild ? [.. (await runs.NewestAsync(RunsOffered, cancellation)).Where(run => run.Threshold is not null && run.Id != list.ModelRunId)] : [];
        MayExport = MayDownload && exports.WhyNot(list, User.ToActor()) is null;
        return Page();
    }

    /// <summary>A copy of what the list asks, of another file's run.</summary>
    public IActionResult OnGetAgain(Guid listId, Guid runId) => Redirect($"/runs/{runId}/lists/new?from={listId}");
}

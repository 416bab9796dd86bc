using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

[Authorize(Policy = Access.Read)]
public sealed class FairnessModel(ModelRunCatalog runs, RunFairnessReader reader, IAuthorizationService authorization) : PageModel
{
    public ModelRunSummary Run { get; private set; } = null!;

    /// <summary>Null where the run's file was deleted; then there is a refusal.</summary>
    public RunFairness? Fairness { get; private set; }

    public string? Refusal { get; private set; }

    public bool MaySetLimits { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Threshold is null)
        {
            return RedirectToPage(run.Results is null ? "/Modeling/Run" : "/Modeling/Threshold", new { runId });
        }

        Run = run;
        MaySetLimits = (await authorization.AuthorizeAsync(User, Access.FairnessLimits)).Succeeded;
        try
        {
            Fairness = await reader.ReadAsync(run, cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return Page();
    }
}

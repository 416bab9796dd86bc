using Campaign.Learning.Explanations;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

/// <summary>What a run's models go by, over many customers; no single one can be seen here.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ExplainModel(ModelRunCatalog runs) : PageModel
{
    public const int FirstColumns = 12;

    private const int MostColumns = 60;

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    /// <summary>Null where the run is of a version that did not work it out.</summary>
    public GlobalImportance? Importance { get; private set; }

    public int ShownCount => All ? MostColumns : FirstColumns;

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Results is null)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        Run = run;
        Importance = await runs.ReadImportanceAsync(runId, cancellation);
        return Page();
    }
}

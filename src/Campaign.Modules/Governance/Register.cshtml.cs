using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

/// <summary>Registers a finished run; one that is registered leads to its version.</summary>
[Authorize(Policy = Access.Read)]
public sealed class RegisterModel(ModelRegistry registry, ModelRunCatalog runs, IAuthorizationService authorization) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    /// <summary>Names in use with the number that their next version gets, in the order of the alphabet.</summary>
    public IReadOnlyList<(string Name, int Next)> Names { get; private set; } = [];

    public bool MayModel { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        Name = Names.Count == 1 ? Names[0].Name : Run.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid runId, CancellationToken cancellation)
    {
        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!MayModel)
        {
            return Forbid();
        }

        try
        {
            var id = await registry.RegisterAsync(runId, Name, Reason, User.ToActor(), cancellation);
            return RedirectToPage("/Governance/ModelVersion", new { id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    private async Task<IActionResult?> LoadAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        Run = run;
        if (run.Results is null)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        if (await registry.OfRunAsync(runId, cancellation) is { } version)
        {
            return RedirectToPage("/Governance/ModelVersion", new { id = version.Id });
        }

        Names = [.. (await registry.ListAsync(cancellation)).GroupBy(one => one.ModelName).Select(model => (model.Key, model.Max(one => one.Number) + 1))];
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        return null;
    }
}

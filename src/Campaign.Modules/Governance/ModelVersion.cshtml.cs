using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

/// <summary>One model version: where it stands, what may be done now, and its history.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ModelVersionModel(ModelRegistry registry, ModelRunCatalog runs, IAuthorizationService authorization) : PageModel
{
    /// <summary>The version's count of changes when the page was opened.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ModelVersion Registered { get; private set; } = null!;

    public ModelRunSummary Run { get; private set; } = null!;

    public IReadOnlyList<ModelVersionEntry> History { get; private set; } = [];

    /// <summary>May hand in, and give up a draft.</summary>
    public bool MayModel { get; private set; }

    /// <summary>May approve, send back, retire, and name the champion.</summary>
    public bool MayApprove { get; private set; }

    /// <summary>The person trained or registered it and so may not approve it.</summary>
    public bool IsOwn => ModelRegistry.MadeBy(Registered, User.ToActor());

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
        {
            return NotFound();
        }

        Seen = Registered.Version;
        return Page();
    }

    public Task<IActionResult> OnPostSubmitAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, () => MayModel, () => registry.SubmitAsync(id, Seen, Reason, User.ToActor(), cancellation), "is in review now", cancellation);

    public Task<IActionResult> OnPostSendBackAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, () => MayApprove, () => registry.SendBackAsync(id, Seen, Reason, User.ToActor(), cancellation), "is a draft again", cancellation);

    public Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, () => MayApprove, () => registry.ApproveAsync(id, Seen, Reason, User.ToActor(), cancellation), "is approved", cancellation);

    public Task<IActionResult> OnPostChampionAsync(Guid id, CancellationToken cancellation) =>
        DoAsync(id, () => MayApprove, () => registry.MakeChampionAsync(id, Seen, Reason, User.ToActor(), cancellation), "is the champion now", cancellation);

    public Task<IActionResult> OnPostRetireAsync(Guid id, CancellationToken cancellation) => DoAsync(
        id, () => MayApprove || (MayModel && Registered.Stage == ModelStage.Draft), () => registry.RetireAsync(id, Seen, Reason, User.ToActor(), cancellation), "is retired", cancellation);

    private async Task<IActionResult> DoAsync(Guid id, Func<bool> may, Func<Task> act, string done, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
        {
            return NotFound();
        }

        if (!may())
        {
            return Forbid();
        }

        try
        {
            await act();
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            await LoadAsync(id, cancellation);
            ModelState.Remove(nameof(Seen));
            Seen = Registered.Version;
            return Page();
        }

        TempData["Status"] = $"{Registered.FullName} {done}.";
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (await registry.FindAsync(id, cancellation) is not { } version)
        {
            return false;
        }

        Registered = version;
        Run = await runs.FindAsync(version.ModelRunId, cancellation) ?? throw new InvalidOperationException($"Model version {id} names a run that is not there.");
        History = await registry.HistoryAsync(id, cancellation);
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        MayApprove = (await authorization.AuthorizeAsync(User, Access.ApproveModels)).Succeeded;
        return true;
    }
}

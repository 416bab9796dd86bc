using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>One do-not-contact list: its column where that must be asked, what it would do or does, and what may be done with it.</summary>
[Authorize(Policy = Access.Read)]
public sealed class DetailsModel(SuppressionRegister register, SuppressionReaches reaches, IAuthorizationService authorization) : PageModel
{
    /// <summary>The list's count of changes when the page was opened.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>The column that a person names, from 0.</summary>
    [BindProperty]
    public int? Position { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public SuppressionList List { get; private set; } = null!;

    /// <summary>Null where there is no customer file yet, or the ids are not read.</summary>
    public SuppressionReach? Reach { get; private set; }

    /// <summary>The columns to choose from, while it is not known which one holds the ids.</summary>
    public IReadOnlyList<IdFileColumn> Columns { get; private set; } = [];

    public IReadOnlyList<SuppressionList> Twins { get; private set; } = [];

    public bool MayAdd { get; private set; }

    public bool MayEnd { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
        {
            return NotFound();
        }

        Seen = List.Version;
        return Page();
    }

    public Task<IActionResult> OnPostColumnAsync(Guid id, CancellationToken cancellation) => DoAsync(
        id, () => MayAdd, () => register.ReadColumnAsync(id, Position ?? -1, Seen, User.ToActor(), cancellation), "The ids are read.", RedirectToPage(new { id }), cancellation);

    public Task<IActionResult> OnPostInForceAsync(Guid id, CancellationToken cancellation) => DoAsync(
        id, () => MayAdd, () => register.PutInForceAsync(id, Seen, User.ToActor(), cancellation), "The list is in force: its customers are on no list that is made from now on.", RedirectToPage(new { id }), cancellation);

    public Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancellation) => DoAsync(
        id, () => MayAdd, () => register.DiscardAsync(id, Seen, User.ToActor(), cancellation), "The list was discarded; nothing of it is kept.", RedirectToPage("/TargetLists/Suppression/Index"), cancellation);

    public Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellation) => DoAsync(
        id, () => MayEnd, () => register.EndAsync(id, Seen, Reason, User.ToActor(), cancellation), "The list is ended: its customers may be listed again.", RedirectToPage(new { id }), cancellation);

    private async Task<IActionResult> DoAsync(Guid id, Func<bool> may, Func<Task> act, string done, IActionResult next, CancellationToken cancellation)
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
            if (!await LoadAsync(id, cancellation))
            {
                return NotFound();
            }

            Refusal = refused.Message;
            ModelState.Remove(nameof(Seen));
            Seen = List.Version;
            return Page();
        }

        TempData["Status"] = done;
        return next;
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (await register.FindAsync(id, cancellation) is not { } list)
        {
            return false;
        }

        List = list;
        MayAdd = (await authorization.AuthorizeAsync(User, Access.AddSuppression)).Succeeded;
        MayEnd = (await authorization.AuthorizeAsync(User, Access.EndSuppression)).Succeeded;
        try
        {
            if (list.IdsHash is not null)
            {
                Reach = await reaches.OfAsync(list, cancellation);
                Twins = list.Stage == SuppressionStage.Waiting ? await register.TwinsAsync(list, cancellation) : [];
            }
            else if (MayAdd)
            {
                Columns = await register.ColumnsAsync(list, cancellation);
            }
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return true;
    }
}

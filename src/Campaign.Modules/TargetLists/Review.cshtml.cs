using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

/// <summary>A list's way to approval: what changed since last time, what may be done now, what was done.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ReviewModel(TargetListRegister lists, ListStages stages, ListComparisons comparisons, IAuthorizationService authorization, TimeProvider clock) : PageModel
{
    /// <summary>The list's count of changes when the page was opened.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public TargetList List { get; private set; } = null!;

    public IReadOnlyList<TargetListEntry> History { get; private set; } = [];

    /// <summary>Null where there is no list before, or this one is not built.</summary>
    public ListComparison? Comparison { get; private set; }

    /// <summary>Null where it is still good.</summary>
    public string? Expired { get; private set; }

    /// <summary>May send it for approval.</summary>
    public bool MayBuild { get; private set; }

    /// <summary>May approve and send back.</summary>
    public bool MayApprove { get; private set; }

    /// <summary>The person made or changed it and so may not approve it.</summary>
    public bool IsOwn { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation))
        {
            return NotFound();
        }

        Seen = List.Version;
        return Page();
    }

    public Task<IActionResult> OnPostSubmitAsync(Guid listId, CancellationToken cancellation) =>
        DoAsync(listId, () => MayBuild, () => stages.SubmitAsync(listId, Seen, Reason, User.ToActor(), cancellation), "was sent for approval", cancellation);

    public Task<IActionResult> OnPostSendBackAsync(Guid listId, CancellationToken cancellation) =>
        DoAsync(listId, () => MayApprove, () => stages.SendBackAsync(listId, Seen, Reason, User.ToActor(), cancellation), "is a draft again", cancellation);

    public Task<IActionResult> OnPostApproveAsync(Guid listId, CancellationToken cancellation) =>
        DoAsync(listId, () => MayApprove, () => stages.ApproveAsync(listId, Seen, Reason, User.ToActor(), cancellation), "is approved and can be taken out", cancellation);

    public Task<IActionResult> OnPostWithdrawAsync(Guid listId, CancellationToken cancellation) =>
        DoAsync(listId, () => MayBuild || MayApprove, () => stages.WithdrawAsync(listId, Seen, Reason, User.ToActor(), cancellation), "is withdrawn", cancellation);

    private async Task<IActionResult> DoAsync(Guid listId, Func<bool> may, Func<Task> act, string done, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation))
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
            await LoadAsync(listId, cancellation);
            ModelState.Remove(nameof(Seen));
            Seen = List.Version;
            return Page();
        }

        TempData["Status"] = $"{List.Name} {done}.";
        return RedirectToPage(new { listId });
    }

    private async Task<bool> LoadAsync(Guid listId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list)
        {
            return false;
        }

        List = list;
        History = await stages.HistoryAsync(listId, cancellation);
        Comparison = await comparisons.WithLastAsync(list, cancellation);
        Expired = ListStages.WhyExpired(list, clock.GetUtcNow().UtcDateTime);
        MayBuild = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        MayApprove = (await authorization.AuthorizeAsync(User, Access.ApproveLists)).Succeeded;
        IsOwn = await stages.IsMadeByAsync(listId, User.ToActor(), cancellation);
        return true;
    }
}

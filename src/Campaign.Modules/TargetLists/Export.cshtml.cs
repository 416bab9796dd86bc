using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists.Receipts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

/// <summary>Taking a list out, who has taken it out when and why, and the receipts.</summary>
[Authorize(Policy = Access.Read)]
public sealed class ExportModel(TargetListRegister lists, ListExports exports, ListReceipts receipts, IAuthorizationService authorization) : PageModel
{
    [BindProperty]
    public ListCopy Copy { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public TargetList List { get; private set; } = null!;

    public int ToContact { get; private set; }

    public IReadOnlyList<ListExport> Exports { get; private set; } = [];

    public IReadOnlyList<ListReceipt> Receipts { get; private set; } = [];

    /// <summary>The copies that were made.</summary>
    public IReadOnlyList<ListCopy> Copies { get; private set; } = [];

    /// <summary>Why this person wanted the list before; null where it is still to be asked.</summary>
    public string? GivenReason { get; private set; }

    /// <summary>Null where the person may take it out now.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>By role.</summary>
    public bool MayExport { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation) => await LoadAsync(listId, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation))
        {
            return NotFound();
        }

        if (!MayExport)
        {
            return Forbid();
        }

        try
        {
            var leaving = await exports.ExportAsync(listId, Copy, Reason, User.ToActor(), cancellation: cancellation);
            return File(leaving.Content, leaving.ContentType, leaving.Name);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    /// <summary>A receipt names no customer, so whoever sees the list may have it.</summary>
    public async Task<IActionResult> OnGetReceiptAsync(Guid listId, int number, CancellationToken cancellation) =>
        (await receipts.ListAsync(listId, cancellation)).FirstOrDefault(receipt => receipt.Number == number) is { } receipt && System.IO.File.Exists(receipts.PathOf(receipt))
            ? PhysicalFile(receipts.PathOf(receipt), "application/json", $"{ListFacts.ShortId(listId)}-receipt-{number}.json")
            : NotFound();

    private async Task<bool> LoadAsync(Guid listId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list)
        {
            return false;
        }

        List = list;
        ToContact = TargetListRegister.ReadCounts(list)?.ToContact ?? 0;
        Exports = await exports.ListAsync(listId, cancellation);
        Receipts = await receipts.ListAsync(listId, cancellation);
        MayExport = (await authorization.AuthorizeAsync(User, Access.Customers)).Succeeded;
        WhyNot = exports.WhyNot(list, User.ToActor());
        GivenReason = await exports.ReasonOfAsync(listId, User.ToActor(), cancellation);
        if (MayExport && WhyNot is null)
        {
            Copies = await exports.CopiesAsync(listId, cancellation);
        }

        return true;
    }
}

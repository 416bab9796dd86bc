using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>The files of outcomes of a list; takes a further one in as it arrives (<see cref="StreamedUpload"/>).</summary>
[Authorize(Policy = Access.BuildLists), IgnoreAntiforgeryToken, StreamedForm, RequestSizeLimit(UploadLimits.FileBytes)]
public sealed class IndexModel(TargetListRegister lists, OutcomeRegister outcomes, IAntiforgery antiforgery) : PageModel
{
    public TargetList List { get; private set; } = null!;

    public IReadOnlyList<OutcomeUpload> Uploads { get; private set; } = [];

    /// <summary>The recorded one that counts; null where there is none.</summary>
    public Guid? CurrentId { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid listId, CancellationToken cancellation) => await LoadAsync(listId, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid listId, CancellationToken cancellation)
    {
        if (!await LoadAsync(listId, cancellation))
        {
            return NotFound();
        }

        try
        {
            var upload = await StreamedUpload.TakeAsync(
                HttpContext, antiforgery, (content, fileName, _) => outcomes.ArriveAsync(List, content, fileName, Request.ContentLength ?? 0, User.ToActor(), cancellation), cancellation);
            return WantsJson ? new JsonResult(new { location = $"/lists/{listId}/outcomes/{upload.Id}" }) : RedirectToPage("/TargetLists/Outcomes/Review", new { listId, uploadId = upload.Id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return WantsJson ? new JsonResult(new { error = refused.Message }) : Page();
        }
    }

    private bool WantsJson => Request.Headers.Accept.Contains("application/json");

    private async Task<bool> LoadAsync(Guid listId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list)
        {
            return false;
        }

        List = list;
        Uploads = await outcomes.ListAsync(listId, cancellation);
        CurrentId = (await outcomes.CurrentAsync(listId, cancellation))?.Id;
        return true;
    }
}

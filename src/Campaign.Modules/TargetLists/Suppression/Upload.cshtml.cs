using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>Takes a do-not-contact list in as it arrives (<see cref="StreamedUpload"/>); its page then shows what it would do.</summary>
[Authorize(Policy = Access.AddSuppression), IgnoreAntiforgeryToken, StreamedForm, RequestSizeLimit(UploadLimits.FileBytes)]
public sealed class UploadModel(SuppressionRegister register, IAntiforgery antiforgery) : PageModel
{
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        try
        {
            var list = await StreamedUpload.TakeAsync(
                HttpContext,
                antiforgery,
                (content, fileName, fields) => register.ArriveAsync(
                    content, fileName, fields.GetValueOrDefault("name", ""), Request.ContentLength ?? 0, User.ToActor(), cancellation),
                cancellation);
            return WantsJson ? new JsonResult(new { location = $"/suppression/{list.Id}" }) : RedirectToPage("/TargetLists/Suppression/Details", new { id = list.Id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return WantsJson ? new JsonResult(new { error = refused.Message }) : Page();
        }
    }

    private bool WantsJson => Request.Headers.Accept.Contains("application/json");
}

using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets;

/// <summary>Takes a file in as it arrives (<see cref="StreamedUpload"/>).</summary>
[Authorize(Policy = Access.Model), IgnoreAntiforgeryToken, StreamedForm, RequestSizeLimit(UploadLimits.FileBytes)]
public sealed class UploadModel(ReceivedFiles received, DatasetCatalog catalog, IAntiforgery antiforgery) : PageModel
{
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        try
        {
            var id = await StreamedUpload.TakeAsync(HttpContext, antiforgery, (content, fileName, _) => ReceiveAsync(content, fileName, cancellation), cancellation);
            return WantsJson
                ? new JsonResult(new { location = $"/datasets/received/{id}" })
                : RedirectToPage("/Datasets/Received", new { id });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return WantsJson ? new JsonResult(new { error = refused.Message }) : Page();
        }
    }

    private bool WantsJson => Request.Headers.Accept.Contains("application/json");

    private async Task<Guid> ReceiveAsync(Stream content, string fileName, CancellationToken cancellation)
    {
        var arrived = await received.ArriveAsync(content, fileName, Request.ContentLength ?? 0, User.ToActor(), cancellation);
        if (await catalog.FindTwinAsync(arrived.Fingerprint, cancellation) is { } twin)
        {
            TempData["Status"] = $"This file is the same, byte for byte, as {twin.FileName} of {InWords.When(twin.UploadedUtc)}. Discard it, or go on and keep both.";
        }

        return arrived.Id;
    }
}

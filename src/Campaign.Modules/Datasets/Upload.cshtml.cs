using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Campaign.Modules.Datasets;

/// <summary>
/// Takes a file in as it arrives, without keeping it in memory or in a second copy. The anti-forgery token is the form's first field and is
/// checked before anything else is read, which is why the usual check, that would read the whole form, is off here.
/// </summary>
[Authorize(Policy = Access.Model), IgnoreAntiforgeryToken, StreamedForm, RequestSizeLimit(UploadLimits.FileBytes)]
public sealed class UploadModel(ReceivedFiles received, DatasetCatalog catalog, IAntiforgery antiforgery) : PageModel
{
    private const int LongestField = 4096;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        try
        {
            var id = await ReceiveAsync(cancellation);
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

    private async Task<Guid> ReceiveAsync(CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new RefusedException("The request holds no file. Choose a file and send the form again.");
        }

        var form = new MultipartReader(boundary, Request.Body);
        var isTrusted = false;
        while (await NextSectionAsync(form, cancellation) is { } section)
        {
            if (section.AsFileSection() is { FileStream: { } content } file)
            {
                if (!isTrusted)
                {
                    break;
                }

                if (file.FileName.Length == 0)
                {
                    throw new RefusedException("Choose a file first.");
                }

                var arrived = await received.ArriveAsync(content, file.FileName, Request.ContentLength ?? 0, User.ToActor(), cancellation);
                if (await catalog.FindTwinAsync(arrived.Fingerprint, cancellation) is { } twin)
                {
                    TempData["Status"] = $"This file is the same, byte for byte, as {twin.FileName} of {InWords.When(twin.UploadedUtc)}. Discard it, or go on and keep both.";
                }

                return arrived.Id;
            }

            var field = section.AsFormDataSection();
            var value = await ReadShortAsync(section.Body, cancellation);
            if (field?.Name == "__RequestVerificationToken")
            {
                Request.Headers["RequestVerificationToken"] = value;
                isTrusted = await antiforgery.IsRequestValidAsync(HttpContext);
            }
        }

        throw new RefusedException(isTrusted ? "Choose a file first." : "This page was open too long. Load it again and send the file once more.");
    }

    private static async Task<MultipartSection?> NextSectionAsync(MultipartReader form, CancellationToken cancellation)
    {
        try
        {
            return await form.ReadNextSectionAsync(cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw FileBytes.NotArrived(fault);
        }
    }

    private static async Task<string> ReadShortAsync(Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(body);
        var text = new char[LongestField];
        var length = await reader.ReadBlockAsync(text, cancellation);
        return new string(text, 0, length);
    }
}

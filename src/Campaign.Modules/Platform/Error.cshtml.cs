using System.Diagnostics;
using Campaign.Learning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

/// <summary>
/// Shown in place of an answer that failed. A refusal that no page took up is told in its own sentence, a full disk in its; of a fault
/// of ours nothing but the number that finds it in the log.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public string TraceNumber => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>Null for a fault of ours.</summary>
    public string? Refusal { get; private set; }

    public void OnGet() => Tell();

    public void OnPost() => Tell();

    private void Tell()
    {
        Refusal = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            RefusedException refused => refused.Message,
            { } fault when DiskSpace.IsFull(fault) => DiskSpace.Refusal().Message,
            _ => null,
        };
        Response.StatusCode = Refusal is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status409Conflict;
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

/// <summary>Shown in place of an answer that failed; says nothing of the cause but the number that finds it in the log.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public string TraceNumber => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet() => Response.StatusCode = 500;

    public void OnPost() => Response.StatusCode = 500;
}

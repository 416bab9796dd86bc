using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

/// <summary>Shown in place of an answer 404, also to a POST.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class NotFoundModel : PageModel
{
    public void OnGet() => Response.StatusCode = 404;

    public void OnPost() => Response.StatusCode = 404;
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

[AllowAnonymous]
public sealed class SignOutModel(SignInManager<CampaignUser> signIn, CampaignDbContext db, AuditTrail trail) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            var actor = User.ToActor();
            trail.Append(db, actor, AuditActions.SignedOut, $"person:{actor.Id}");
            await db.SaveChangesAsync(cancellation);
        }

        await signIn.SignOutAsync();
        return Redirect("/sign-in");
    }
}

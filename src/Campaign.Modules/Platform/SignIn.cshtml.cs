using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

[AllowAnonymous]
public sealed class SignInModel(
    SignInManager<CampaignUser> signIn, UserManager<CampaignUser> users, CampaignDbContext db, AuditTrail trail) : PageModel
{
    [BindProperty]
    public Credentials Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Refusal { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Redirect("/") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var user = await users.FindByEmailAsync(Input.Email);
        var result = user is null
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.PasswordSignInAsync(user, Input.Password, isPersistent: false, lockoutOnFailure: true);

        if (user is null || !result.Succeeded)
        {
            // The trail names an account that exists; what was typed for one that doesn't may be a password.
            trail.Append(db, Actor.System, AuditActions.SignInFailed, user is null ? "person:unknown" : $"person:{user.Id}", new { result.IsLockedOut });
            await db.SaveChangesAsync(cancellation);
            Refusal = result.IsLockedOut
                ? "Too many wrong passwords: this account is locked for some minutes. Try again later."
                : "The e-mail or the password is wrong. Check both and try again.";
            return Page();
        }

        trail.Append(db, new Actor(user.Id, user.DisplayName), AuditActions.SignedIn, $"person:{user.Id}");
        await db.SaveChangesAsync(cancellation);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }

    public sealed class Credentials
    {
        [Required(ErrorMessage = "Enter your e-mail."), EmailAddress(ErrorMessage = "This is not an e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}

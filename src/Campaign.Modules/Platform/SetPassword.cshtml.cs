using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

/// <summary>Where an administrator's one-time link leads: the person chooses a password of their own, which uses the link up.</summary>
[AllowAnonymous]
public sealed class SetPasswordModel(UserManager<CampaignUser> users, CampaignDbContext db, AuditTrail trail) : PageModel
{
    private const string StaleLink = "This link has been used or is too old. Ask your administrator for a new one.";

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter a password.")]
    public string Password { get; set; } = "";

    public string? Refusal { get; private set; }

    public void OnGet() => ModelState.Clear();

    public async Task<IActionResult> OnPostAsync(string personId)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var user = await users.FindByIdAsync(personId);
        if (user is null)
        {
            Refusal = StaleLink;
            return Page();
        }

        // The save of the new password takes the entry with it; a refused one saves neither.
        trail.Append(db, new Actor(user.Id, user.DisplayName), AuditActions.PasswordSet, $"person:{user.Id}");
        var result = await users.ResetPasswordAsync(user, Token, Password);
        if (!result.Succeeded)
        {
            Refusal = result.Errors.Any(error => error.Code == "InvalidToken") ? StaleLink : string.Join(" ", result.Errors.Select(error => error.Description));
            return Page();
        }

        TempData["Status"] = "Your password is set. Sign in with it.";
        return Redirect("/sign-in");
    }
}

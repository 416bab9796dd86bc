using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Platform;

/// <summary>Where the link that a new server prints leads: it makes the first administrator, once.</summary>
[AllowAnonymous]
public sealed class SetupModel(FirstAdministrator first) : PageModel
{
    [BindProperty]
    public NewAdministrator Input { get; set; } = new();

    public bool LinkFits { get; private set; }

    public IReadOnlyList<string> Refusals { get; private set; } = [];

    public void OnGet(string token) => LinkFits = first.Fits(token);

    public async Task<IActionResult> OnPostAsync(string token)
    {
        LinkFits = first.Fits(token);
        if (!LinkFits || !ModelState.IsValid)
        {
            return Page();
        }

        Refusals = await first.CreateAsync(token, Input.Email, Input.Name.Trim(), Input.Password);
        if (Refusals.Count > 0)
        {
            return Page();
        }

        TempData["Status"] = "You are the administrator now. Sign in.";
        return Redirect("/sign-in");
    }

    public sealed class NewAdministrator
    {
        [Required(ErrorMessage = "Enter your name."), StringLength(100)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Enter your e-mail."), EmailAddress(ErrorMessage = "This is not an e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter a password.")]
        public string Password { get; set; } = "";
    }
}

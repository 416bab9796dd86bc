using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>How often a customer may be contacted: everybody may read it, compliance sets it.</summary>
[Authorize(Policy = Access.Read)]
public sealed class PolicyModel(ContactPolicies policies, IAuthorizationService authorization) : PageModel
{
    [BindProperty]
    public CapsForm Input { get; set; } = new();

    /// <summary>The limits' version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ContactCapsInForce InForce { get; private set; } = null!;

    public bool MaySet { get; private set; }

    public string? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Version = InForce.Version;
        var caps = InForce.Caps;
        Input = new CapsForm { PeriodDays = caps.PeriodDays, Email = caps.Email, Sms = caps.Sms, Call = caps.Call, Post = caps.Post };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (!MaySet)
        {
            return Forbid();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        try
        {
            var caps = new ContactCaps(Input.PeriodDays, Input.Email, Input.Sms, Input.Call, Input.Post);
            await policies.SetAsync(caps, Input.Reason, Version, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            InForce = await policies.InForceAsync(cancellation);
            Version = InForce.Version;
            ModelState.Remove(nameof(Version));
            return Page();
        }

        TempData["Status"] = "The limits are saved. They hold for every list that is made from now on.";
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        InForce = await policies.InForceAsync(cancellation);
        MaySet = (await authorization.AuthorizeAsync(User, Access.ContactPolicy)).Succeeded;
    }

    public sealed class CapsForm
    {
        [Range(1, ContactCaps.LongestPeriodDays, ErrorMessage = "Between 1 and 365 days.")]
        public int PeriodDays { get; set; }

        [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
        public int? Email { get; set; }

        [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
        public int? Sms { get; set; }

        [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
        public int? Call { get; set; }

        [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
        public int? Post { get; set; }

        [Required(ErrorMessage = "Give the reason."), StringLength(ContactPolicies.LongestReason, ErrorMessage = "At most 500 characters.")]
        public string Reason { get; set; } = "";
    }
}

using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Learning.Fairness;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

[Authorize(Policy = Access.FairnessLimits)]
public sealed class FairnessLimitsModel(FairnessPolicies policies) : PageModel
{
    [BindProperty]
    public LimitsForm Input { get; set; } = new();

    /// <summary>The limits' version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The run that the person came from; null where from none.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Run { get; set; }

    public FairnessLimitsInForce InForce { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        InForce = await policies.InForceAsync(cancellation);
        Version = InForce.Version;
        Input.MostGapPercent = Math.Round(100 * InForce.Limits.MostGap, 6);
        Input.LeastRatio = InForce.Limits.LeastRatio;
        Input.LeastAffluent = InForce.Limits.LeastAffluent;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        InForce = await policies.InForceAsync(cancellation);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        try
        {
            var limits = new FairnessLimits(Input.MostGapPercent / 100, Input.LeastRatio, Input.LeastAffluent);
            await policies.SetAsync(limits, Input.Reason, Version, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            InForce = await policies.InForceAsync(cancellation);
            Version = InForce.Version;
            ModelState.Remove(nameof(Version));
            return Page();
        }

        TempData["Status"] = "The limits are saved.";
        return Run is { } runId ? RedirectToPage("/Governance/Fairness", new { runId }) : RedirectToPage();
    }

    public sealed class LimitsForm
    {
        [Range(0, 100, ErrorMessage = "Between 0 and 100 %.")]
        public double MostGapPercent { get; set; }

        [Range(0, 1, ErrorMessage = "Between 0 and 1.")]
        public double LeastRatio { get; set; }

        [Range(GroupRates.LeastRows, int.MaxValue, ErrorMessage = "A whole number from 5.")]
        public int LeastAffluent { get; set; }

        [Required(ErrorMessage = "Give the reason."), StringLength(FairnessPolicies.LongestReason, ErrorMessage = "At most 500 characters.")]
        public string Reason { get; set; } = "";
    }
}

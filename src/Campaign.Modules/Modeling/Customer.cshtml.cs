using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

/// <summary>One customer: why the score is as it is, and what other values would change.</summary>
[Authorize(Policy = Access.Customers)]
public sealed class CustomerModel(ModelRunCatalog runs, WhatIf whatIf, CampaignDbContext db, AuditTrail trail) : PageModel
{
    /// <summary>Fields that are shown at once; the others open.</summary>
    public const int FirstFields = 8;

    /// <summary>By <see cref="WhatIfField.Number"/>.</summary>
    [BindProperty]
    public Dictionary<int, string?> Values { get; set; } = [];

    public ModelRunSummary Run { get; private set; } = null!;

    public CustomerLook Look { get; private set; } = null!;

    /// <summary>From 1.</summary>
    public int Row { get; private set; }

    public double Score => LogOdds.ToScore(Look.OnFile.LogOdds);

    public double? ChangedScore => Look.Changed is { } changed ? LogOdds.ToScore(changed.LogOdds) : null;

    public Task<IActionResult> OnGetAsync(Guid runId, int row, CancellationToken cancellation) => LookAsync(runId, row, null, cancellation);

    /// <summary>Posted and not asked by address: an address, with a customer's values in it, would stand in logs and histories.</summary>
    public Task<IActionResult> OnPostAsync(Guid runId, int row, CancellationToken cancellation) => LookAsync(runId, row, Values, cancellation);

    /// <summary>Where the score stands against the cut-off, in words.</summary>
    public string Standing(double score) => Run.Threshold is not { } threshold ? "no cut-off is set"
        : (threshold.Selects(score), Look.RecordedAffluent) switch
        {
            (true, false) => "at or above the cut-off: a candidate, not a fact",
            (true, true) => "at or above the cut-off",
            _ => "below the cut-off",
        };

    private async Task<IActionResult> LookAsync(Guid runId, int row, Dictionary<int, string?>? asked, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Results is null)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        if (await whatIf.LookAsync(run, row - 1, asked, cancellation) is not { } look)
        {
            return NotFound();
        }

        (Run, Look, Row) = (run, look, row);
        trail.Append(db, User.ToActor(), AuditActions.CustomerLookedAt, $"run:{runId}", new { row, whatIf = asked is not null });
        await db.SaveChangesAsync(cancellation);
        return Page();
    }
}

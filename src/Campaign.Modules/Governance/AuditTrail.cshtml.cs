using System.Globalization;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

[Authorize(Policy = Access.Audit)]
public sealed class AuditTrailModel(AuditQuery query, AuditVerifier verifier) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Actor> Actors { get; private set; } = [];

    public AuditPage Entries { get; private set; } = null!;

    public Pager Pager => new("/audit", "entries", Entries.PageNumber, Entries.PageCount, new Dictionary<string, string?>
    {
        [nameof(Person)] = Person,
        [nameof(Done)] = Done,
        [nameof(From)] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [nameof(Until)] = Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var filter = new AuditFilter(
            ActorId: string.IsNullOrEmpty(Person) ? null : Person,
            Action: string.IsNullOrEmpty(Done) ? null : Done,
            FromUtc: From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            BeforeUtc: Until?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        Entries = await query.PageAsync(filter, PageNumber, cancellation);
        Actors = await query.ActorsAsync(cancellation);
    }

    /// <summary>The check reads the whole trail, so the page asks for it apart.</summary>
    public async Task<IActionResult> OnGetVerifyAsync(CancellationToken cancellation) =>
        Partial("/Governance/_Verification.cshtml", await verifier.VerifyAsync(cancellation));
}

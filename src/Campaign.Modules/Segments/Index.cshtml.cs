using Campaign.Learning;
using Campaign.Learning.Segments;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Segments;

/// <summary>The saved segments, counted on one run.</summary>
[Authorize(Policy = Access.Read)]
public sealed class IndexModel(SegmentCatalog catalog, ModelRunCatalog runs, RunSegments segments, IAuthorizationService authorization) : PageModel
{
    /// <summary>The run that is counted on; the newest that can be where none is named.</summary>
    [BindProperty(SupportsGet = true, Name = "run")]
    public Guid? RunId { get; set; }

    public IReadOnlyList<ModelRunSummary> Runs { get; private set; } = [];

    public ModelRunSummary? Run { get; private set; }

    public IReadOnlyList<Counted> Segments { get; private set; } = [];

    public bool MayBuild { get; private set; }

    /// <summary>Why nothing can be counted; null where it can.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        MayBuild = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        Runs = await segments.CountableAsync(cancellation);
        Run = RunId is { } wanted ? await runs.FindAsync(wanted, cancellation) : Runs.Count > 0 ? Runs[0] : null;
        if (RunId is not null && Run is null)
        {
            return NotFound();
        }

        var saved = await catalog.ListAsync(cancellation);
        Segments = [.. saved.Select(segment => new Counted(segment, null, null))];
        if (saved.Count == 0 || Run?.Threshold is null)
        {
            return Page();
        }

        try
        {
            using var open = await segments.OpenAsync(Run, cancellation);
            Segments = [.. saved.Select(segment => CountOn(open, segment))];
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return Page();
    }

    private static Counted CountOn(RunSegments.OpenRun open, SegmentSummary segment)
    {
        try
        {
            return new Counted(segment, open.Count(segment.Rule), null);
        }
        catch (RefusedException refused)
        {
            return new Counted(segment, null, refused.Message);
        }
    }

    /// <param name="Count">Null where no run is counted on, or the file lacks what the rule asks for.</param>
    /// <param name="WhyNot">The latter, in a sentence.</param>
    public sealed record Counted(SegmentSummary Segment, SegmentCount? Count, string? WhyNot);
}

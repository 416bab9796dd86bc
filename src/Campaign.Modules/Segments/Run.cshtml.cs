using Campaign.Learning;
using Campaign.Learning.Segments;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Segments;

/// <summary>Who a run's hidden affluents are: segments found, columns compared, sub-groups. Counts only, never a customer.</summary>
[Authorize(Policy = Access.Read)]
public sealed class RunModel(ModelRunCatalog runs, RunSegments segments, IAuthorizationService authorization) : PageModel
{
    private const int ChartCount = 6;

    /// <summary>The group that hidden affluents are compared with: 'known', else typical normals.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Against { get; set; }

    /// <summary>The column of the sub-groups; the most telling one where none is asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    public CustomerGroup Other => Against == "known" ? CustomerGroup.KnownAffluent : CustomerGroup.TypicalNormal;

    public IReadOnlyList<FoundSegment> Found { get; private set; } = [];

    /// <summary>The most telling first.</summary>
    public IReadOnlyList<ColumnByGroup> Compared { get; private set; } = [];

    public IEnumerable<ColumnByGroup> Drawn => Compared.Take(ChartCount);

    /// <summary>Null where the run's file was deleted; then there is a refusal.</summary>
    public SegmentCustomers? Customers { get; private set; }

    /// <summary>Columns that can be looked at by sub-group.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public IReadOnlyList<SubGroup> SubGroups { get; private set; } = [];

    public bool MayBuild { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Threshold is null)
        {
            return RedirectToPage(run.Results is null ? "/Modeling/Run" : "/Modeling/Threshold", new { runId });
        }

        Run = run;
        MayBuild = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        try
        {
            using var open = await segments.OpenAsync(run, cancellation);
            Found = open.Found();
            Compared = ColumnByGroup.MostTellingFirst(open.Compared(), Other);
            Columns = [.. open.Columns.Select(column => column.Name)];
            Customers = open.Rows.Customers;
            By ??= Compared.Count > 0 ? Compared[0].Column : Columns.Count > 0 ? Columns[0] : null;
            SubGroups = By is null ? [] : open.By(By);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return Page();
    }
}

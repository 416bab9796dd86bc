using System.Text;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>What a file holds, by recorded class: counts and summaries only, so that everybody who may sign in may look.</summary>
[Authorize(Policy = Access.Read)]
public sealed class LookAroundModel(
    DatasetCatalog catalog, DatasetProfiles profiles, CampaignDbContext db, AuditTrail trail, TimeProvider clock) : PageModel
{
    private const int PageSize = 12;

    private IReadOnlyList<ColumnProfile> _found = [];

    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 1;

    /// <summary>A part of the names of the columns to show.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>The only column to show, by its place in the file's order from 0.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Column { get; set; }

    public DatasetSummary Dataset { get; private set; } = null!;

    /// <summary>Null while the file is still being looked at.</summary>
    public DatasetProfile? Profile { get; private set; }

    /// <summary>The latest job that looks at it; null where none was asked for.</summary>
    public JobRecord? Job { get; private set; }

    /// <summary>Every column with its place in the file's order, the most telling first.</summary>
    public IReadOnlyList<(int Place, ColumnProfile Column)> All { get; private set; } = [];

    /// <summary>Those of this page.</summary>
    public IEnumerable<ColumnProfile> Shown => _found.Skip((PageNumber - 1) * PageSize).Take(PageSize);

    public int FoundCount => _found.Count;

    public string Address => $"/datasets/{Dataset.Id}/look-around";

    public Pager Pager => new($"{Address}#columns", "columns", PageNumber, (_found.Count + PageSize - 1) / PageSize, new Dictionary<string, string?> { ["Search"] = Search });

    public string AddressOf(int place) => $"{Address}?column={place}#columns";

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(datasetId, cancellation) is not { } dataset)
        {
            return NotFound();
        }

        Dataset = dataset;
        Profile = await profiles.LoadAsync(datasetId, cancellation);
        Job = await profiles.FindJobAsync(datasetId, cancellation);
        if (Profile is { } profile)
        {
            All = ColumnWordings.MostTellingFirst(profile);
            _found =
            [
                .. All.Where(one => Column is { } place ? one.Place == place : string.IsNullOrWhiteSpace(Search) || one.Column.Name.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase))
                    .Select(one => one.Column),
            ];
            PageNumber = Math.Clamp(PageNumber, 1, Math.Max(1, Pager.PageCount));
        }

        return Page();
    }

    public async Task<IActionResult> OnGetDownloadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(datasetId, cancellation) is not { } dataset || await profiles.LoadAsync(datasetId, cancellation) is not { } profile)
        {
            return NotFound();
        }

        var html = LookAroundReport.ToHtml(dataset, profile, clock.GetUtcNow().UtcDateTime);
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"dataset:{datasetId}", new { file = LookAroundReport.FileName });
        await db.SaveChangesAsync(cancellation);
        return File(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", LookAroundReport.FileName);
    }
}

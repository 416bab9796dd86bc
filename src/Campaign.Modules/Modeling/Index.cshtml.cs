using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class IndexModel(ModelRuns runs, RunNotes notes) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public Guid? Dataset { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Tag { get; set; }

    [BindProperty(SupportsGet = true)]
    public RunOrder Order { get; set; }

    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 1;

    /// <summary>Of this page.</summary>
    public IReadOnlyList<ModelRunRow> Runs { get; private set; } = [];

    /// <summary>On all pages.</summary>
    public int Total { get; private set; }

    public IReadOnlyList<KeyValuePair<Guid, string>> Datasets { get; private set; } = [];

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public bool IsFiltered => Dataset is not null || !string.IsNullOrEmpty(Tag);

    public Pager Pager => new("/runs", "runs", PageNumber, (Total + PageSize - 1) / PageSize, new Dictionary<string, string?>
    {
        [nameof(Dataset)] = Dataset?.ToString(),
        [nameof(Tag)] = Tag,
        [nameof(Order)] = Order == RunOrder.Newest ? null : Order.ToString(),
    });

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var listed = await runs.ListAsync(new RunFilter(Dataset, string.IsNullOrEmpty(Tag) ? null : Tag, Order), cancellation);
        Total = listed.Count;
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(1, Pager.PageCount));
        Runs = [.. listed.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
        Datasets = await runs.DatasetsAsync(cancellation);
        Tags = await notes.TagsInUseAsync(cancellation);
    }
}

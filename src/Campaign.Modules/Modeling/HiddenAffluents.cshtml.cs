using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Customers)]
public sealed class HiddenAffluentsModel(
    ModelRunCatalog runs, ScoredRowsReader reader, DatasetCatalog datasets, IAuthorizationService authorization) : PageModel
{
    private const int PageSize = 25;

    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 1;

    public ModelRunSummary Run { get; private set; } = null!;

    public IReadOnlyList<CustomerRow> Customers { get; private set; } = [];

    /// <summary>Customers on all pages.</summary>
    public int Total { get; private set; }

    public bool MayBuildLists { get; private set; }

    public Pager Pager => new(
        $"/runs/{Run.Id}/hidden-affluents", "customers", PageNumber, (Total + PageSize - 1) / PageSize, new Dictionary<string, string?>());

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Threshold is not { } threshold)
        {
            return RedirectToPage(run.Results is null ? "/Modeling/Run" : "/Modeling/Threshold", new { runId });
        }

        Run = run;
        MayBuildLists = (await authorization.AuthorizeAsync(User, Access.BuildLists)).Succeeded;
        var rows = await reader.ReadAsync(run, cancellation);
        var hidden = rows.HiddenAffluents(threshold);
        Total = hidden.Length;
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(1, Pager.PageCount));
        var first = (PageNumber - 1) * PageSize;
        await LoadCustomersAsync(first, [.. hidden.Skip(first).Take(PageSize)], rows.Scores, cancellation);
        return Page();
    }

    private async Task LoadCustomersAsync(int first, int[] shown, double[] scores, CancellationToken cancellation)
    {
        var roles = await runs.ReadColumnsAsync(Run.Id, cancellation);
        using var table = datasets.OpenColumns(Run.DatasetId);
        var idColumn = roles.Id is { } id ? table.IndexOf(id) : -1;
        var reasons = runs.Explain(Run.Id, table, roles, runs.LoadScores(Run.Id), shown, cancellation: cancellation);
        Customers = [.. reasons.Select((explained, i) => new CustomerRow(
            first + i + 1,
            explained.Row + 1,
            (idColumn < 0 ? null : table.Text(idColumn, explained.Row)) ?? $"row {explained.Row + 1}",
            scores[explained.Row],
            [.. explained.Reasons.Select(reason => reason.Sentence)],
            [.. explained.Against.Select(reason => reason.Sentence)],
            explained.AddsUp))];
    }

    /// <param name="Rank">From 1 for the highest score.</param>
    /// <param name="Row">The customer's highest row, from 1.</param>
    public sealed record CustomerRow(int Rank, int Row, string Id, double Score, IReadOnlyList<string> Reasons, IReadOnlyList<string> Against, bool AddsUp);
}

using Campaign.Learning.Metrics;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class CompareModel(ModelRunCatalog catalog, RunNotes notes, ThresholdChoice thresholds, DatasetCatalog datasets) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public IReadOnlyList<Guid> Ids { get; set; } = [];

    /// <summary>Rows in which all runs are alike are left out.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Differences { get; set; }

    public RunComparison Comparison { get; private set; } = new([]);

    /// <summary>What was asked for and is not shown, in a sentence.</summary>
    public string? Remark { get; private set; }

    public string AddressWith(bool differences) => QueryHelpers.AddQueryString(
        "/runs/compare", Comparison.Runs.Select(run => new KeyValuePair<string, string?>("ids", run.Run.Id.ToString())).Append(new("differences", differences ? "true" : null)));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var asked = Ids.Distinct().ToArray();
        var found = await catalog.FindAllAsync([.. asked.Take(RunComparison.MostRuns)], cancellation);
        Remark = asked.Length > RunComparison.MostRuns
            ? $"At most {RunComparison.MostRuns} runs stand side by side; of the {InWords.Count(asked.Length)} that you ticked these are the first."
            : found.Count < asked.Length ? $"{InWords.Count(asked.Length - found.Count)} of the {InWords.Count(asked.Length)} runs that you asked for are not here." : null;
        var names = await datasets.NamesAsync([.. found.Select(run => run.DatasetId).Distinct()], cancellation);
        var compared = new List<ComparedRun>();
        foreach (var run in found)
        {
            compared.Add(await ReadAsync(run, names.GetValueOrDefault(run.DatasetId, ""), cancellation));
        }

        Comparison = new(compared);
        return Page();
    }

    private async Task<ComparedRun> ReadAsync(ModelRunSummary run, string fileName, CancellationToken cancellation)
    {
        var tags = (await notes.OfRunAsync(run.Id, cancellation)).Tags;
        if (run.Results is null)
        {
            return new(run, fileName, tags, null, null, null);
        }

        var curve = await catalog.ReadCurveAsync(run.Id, cancellation);
        var at = run.Threshold is { } threshold ? await thresholds.PointAtAsync(run, curve, threshold, cancellation) : (Campaign.Learning.Thresholds.ThresholdPoint?)null;
        return new(
            run, fileName, tags, await catalog.ReadColumnsAsync(run.Id, cancellation), curve,
            at is { } point ? new ConfusionCounts(point.SelectedAffluent, point.SelectedNormal, curve.AffluentRows - point.SelectedAffluent, curve.NormalRows - point.SelectedNormal) : null);
    }
}

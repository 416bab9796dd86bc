using Campaign.Learning.Metrics;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class RunModel(
    ModelRunCatalog catalog, ModelRuns runs, RunNotes notes, ThresholdChoice thresholds, DatasetCatalog datasets,
    IAuthorizationService authorization) : PageModel
{
    public ModelRunSummary Run { get; private set; } = null!;

    public JobRecord? Job { get; private set; }

    public NotesOfRun Written { get; private set; } = new([], []);

    public string DatasetName { get; private set; } = "";

    /// <summary>Null until the training is done.</summary>
    public CountsAtThreshold? AtThreshold { get; private set; }

    public double AffluentShare => Run.Results is { } results ? (double)results.RecordedAffluentRows / results.RowCount : double.NaN;

    public bool MaySeeCustomers { get; private set; }

    public bool MayBuildLists { get; private set; }

    public bool MayReadDocuments { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        Run = run;
        Job = await runs.FindJobAsync(runId, cancellation);
        Written = await notes.OfRunAsync(runId, cancellation);
        DatasetName = (await datasets.FindAsync(run.DatasetId, cancellation))?.FileName ?? "";
        if (run is { Results: not null, Threshold: { } threshold })
        {
            var curve = await catalog.ReadCurveAsync(runId, cancellation);
            var point = await thresholds.PointAtAsync(run, curve, threshold, cancellation);
            var counts = new ConfusionCounts(
                point.SelectedAffluent, point.SelectedNormal, curve.AffluentRows - point.SelectedAffluent, curve.NormalRows - point.SelectedNormal);
            AtThreshold = new(threshold.Score, counts, point.InSampleNormal);
        }

        MaySeeCustomers = await MayAsync(Access.Customers);
        MayBuildLists = await MayAsync(Access.BuildLists);
        MayReadDocuments = await MayAsync(Access.Documents);
        return Page();
    }

    private async Task<bool> MayAsync(string access) => (await authorization.AuthorizeAsync(User, access)).Succeeded;

    /// <param name="InSampleNormal">Recorded normals that scoring the training rows would have listed at the same threshold.</param>
    public sealed record CountsAtThreshold(double Score, ConfusionCounts Counts, int InSampleNormal);
}

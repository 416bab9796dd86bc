using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class ThresholdModel(ModelRunCatalog runs, ThresholdChoice thresholds, IAuthorizationService authorization) : PageModel
{
    private const int TableRowCount = 20;

    [BindProperty(SupportsGet = true)]
    public ThresholdForm Input { get; set; } = new();

    /// <summary>The run's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    public ThresholdCurve Curve { get; private set; } = null!;

    /// <summary>Where the page starts: at the threshold in force; without one where as many rows are selected as are recorded affluent.</summary>
    public ThresholdPoint Start { get; private set; }

    public string CurveJson { get; private set; } = "";

    public bool MayModel { get; private set; }

    public string? Refusal { get; private set; }

    public IEnumerable<ThresholdPoint> TableRows => Curve.Points.Where((_, i) => i % Math.Max(1, Curve.Points.Count / TableRowCount) == 0);

    public string ChartWords => string.Create(
        CultureInfo.InvariantCulture,
        $"Line chart: as the cut-off rises from {Curve.Points[^1].Score:0.00} to {Curve.Points[0].Score:0.00}, recall falls from 100 % and precision rises. The table below holds the figures.");

    /// <summary>Why the page starts where it does.</summary>
    public string StartWords => Run.Threshold is null
        ? "No cut-off is set, because the promise can't be made with this file. The page starts where as many rows are selected as are recorded affluent."
        : $"In force: {InWords.Score(Start.Score)}, {Run.ThresholdInWords}. It speaks of customers like those on file.";

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        ModelState.Clear();
        Input = new()
        {
            Rule = Run.ThresholdRule ?? ThresholdRule.ByHand,
            Recall = Math.Round(100 * (Run.Promise?.Recall ?? Run.RecallFloor), 6),
            Confidence = Math.Round(100 * (Run.Promise?.Confidence ?? Run.Confidence), 6),
            Budget = Math.Max(1, Start.Customers),
            Score = Start.Score,
        };
        Version = Run.Version;
        return Page();
    }

    /// <summary>Which threshold a way of choosing comes to, while the person still tries.</summary>
    public async Task<IActionResult> OnGetFindAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { Results: not null } run)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return new JsonResult(new { refusal = "Enter a number." });
        }

        try
        {
            var found = await thresholds.FindAsync(run, Input.ToWish(), cancellation);
            return new JsonResult(new { point = Describe(found.Point with { Score = found.Threshold.Score }, run.Results.RecordedAffluentRows) });
        }
        catch (RefusedException refused)
        {
            return new JsonResult(new { refusal = refused.Message });
        }
    }

    public async Task<IActionResult> OnPostAsync(Guid runId, CancellationToken cancellation)
    {
        if (!(await authorization.AuthorizeAsync(User, Access.Model)).Succeeded)
        {
            return Forbid();
        }

        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            Refusal = "Enter a number.";
            return Page();
        }

        try
        {
            if (await thresholds.UseAsync(Run, Version, Input.ToWish(), User.ToActor(), cancellation) == ThresholdSaved.Saved)
            {
                TempData["Status"] = "The cut-off is saved.";
                return RedirectToPage("/Modeling/HiddenAffluents", new { runId });
            }

            Refusal = "Somebody else has set the cut-off since you opened this page. Look at theirs, then choose again.";
            Version = Run.Version;
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }

        return Page();
    }

    private async Task<IActionResult?> LoadAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        if (run.Results is null)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        Run = run;
        Curve = await runs.ReadCurveAsync(runId, cancellation);
        Start = run.Threshold is { } threshold
            ? await thresholds.PointAtAsync(run, Curve, threshold, cancellation) with { Score = threshold.Score }
            : Curve.AsManyAsKnown;
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        CurveJson = JsonSerializer.Serialize(
            new
            {
                Curve.AffluentRows,
                Start = Describe(Start, Curve.AffluentRows),
                Points = Curve.Points.Select(point => Describe(point, Curve.AffluentRows)),
            },
            JsonSerializerOptions.Web);
        return null;
    }

    private static object Describe(ThresholdPoint point, int affluentRows)
    {
        var recall = WilsonInterval.Of(new Rate(point.SelectedAffluent, affluentRows));
        var precision = WilsonInterval.Of(new Rate(point.SelectedAffluent, point.SelectedAffluent + point.SelectedNormal));
        return new
        {
            point.Score,
            point.SelectedAffluent,
            point.SelectedNormal,
            point.Customers,
            point.InSampleNormal,
            RecallLow = Math.Round(recall.Low, 5),
            RecallHigh = Math.Round(recall.High, 5),
            PrecisionLow = Math.Round(precision.Low, 5),
            PrecisionHigh = Math.Round(precision.High, 5),
        };
    }

    public sealed class ThresholdForm
    {
        public ThresholdRule Rule { get; set; }

        /// <summary>Per cent.</summary>
        public double Recall { get; set; } = 90;

        /// <summary>Per cent.</summary>
        public double Confidence { get; set; } = 95;

        public int Budget { get; set; } = 1;

        public double Score { get; set; }

        public ThresholdWish ToWish() => new(Rule, Recall / 100, Confidence / 100, Budget, Score);
    }
}

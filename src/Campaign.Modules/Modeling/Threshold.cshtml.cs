using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Read)]
public sealed class ThresholdModel(
    ModelRunCatalog runs, ThresholdChoice thresholds, MoneyChoice moneys, IAuthorizationService authorization, TimeProvider clock) : PageModel
{
    private const int TableRowCount = 20;

    private ExpectedAffluents? _expected;

    [BindProperty(SupportsGet = true)]
    public ThresholdForm Input { get; set; } = new();

    public MoneyForm Money { get; private set; } = new();

    /// <summary>The run's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    public ThresholdCurve Curve { get; private set; } = null!;

    /// <summary>Where the page starts: at the threshold in force; without one where as many rows are selected as are recorded affluent.</summary>
    public ThresholdPoint Start { get; private set; }

    public string CurveJson { get; private set; } = "";

    /// <summary>What the budget in force costs; null where none is in force, or the promise could not be made.</summary>
    public BudgetCost? BudgetCost { get; private set; }

    /// <summary>False: the known affluents are too few to say how many affluents a list would hold.</summary>
    public bool CanTellProfit => _expected is not null;

    /// <summary>By the money saved with the run; null where there is none.</summary>
    public RunProfit? Profit { get; private set; }

    public bool MayModel { get; private set; }

    public string? Refusal { get; private set; }

    public IEnumerable<ThresholdPoint> TableRows => TablePlaces.Select(place => Curve.Points[place]);

    /// <summary>Where on the curve the rows of both tables lie.</summary>
    public IEnumerable<int> TablePlaces => Enumerable.Range(0, Curve.Points.Count).Where(place => place % Math.Max(1, Curve.Points.Count / TableRowCount) == 0);

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
        FillChoice();
        await FillMoneyAsync(cancellation);
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
            var cost = Input.Rule == ThresholdRule.Budget ? Contracts.BudgetCost.Of(run, await runs.ReadCurveAsync(runId, cancellation), found.Point) : null;
            return new JsonResult(new { point = Describe(found.Point with { Score = found.Threshold.Score }, run.Results.RecordedAffluentRows), cost = cost?.Sentence });
        }
        catch (RefusedException refused)
        {
            return new JsonResult(new { refusal = refused.Message });
        }
    }

    /// <summary>The expected profit at every point of the curve, while the person still tries.</summary>
    public async Task<IActionResult> OnGetMoneyAsync(Guid runId, [FromQuery] MoneyForm money, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            return new JsonResult(new { refusal = MoneyForm.Missing });
        }

        if (await runs.FindAsync(runId, cancellation) is not { Results: not null } || await runs.ReadExpectedAffluentsAsync(runId, cancellation) is not { } expected)
        {
            return NotFound();
        }

        return new JsonResult(Describe(RunProfit.Of(await runs.ReadCurveAsync(runId, cancellation), expected, money.ToMoney("", default), inForce: null)));
    }

    public async Task<IActionResult> OnPostMoneyAsync(Guid runId, [FromForm] MoneyForm money, CancellationToken cancellation)
    {
        if (!(await authorization.AuthorizeAsync(User, Access.Model)).Succeeded)
        {
            return Forbid();
        }

        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        FillChoice();
        Money = money;
        if (!ModelState.IsValid)
        {
            Refusal = MoneyForm.Missing;
            return Page();
        }

        try
        {
            await moneys.SetAsync(runId, Version, money.ToMoney(User.ToActor().Name, clock.GetUtcNow().UtcDateTime), User.ToActor(), cancellation);
            TempData["Status"] = "The figures are saved with this run.";
            return RedirectToPage(pageName: null, pageHandler: null, routeValues: new { runId }, fragment: "money");
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            Version = Run.Version;
            ModelState.Remove(nameof(Version));
        }

        return Page();
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

        await FillMoneyAsync(cancellation);

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
            : Curve.Points.LastOrDefault(point => point.SelectedAffluent + point.SelectedNormal <= Curve.AffluentRows, Curve.Points[0]);
        BudgetCost = run.ThresholdRule == ThresholdRule.Budget ? Contracts.BudgetCost.Of(run, Curve, Start) : null;
        _expected = await runs.ReadExpectedAffluentsAsync(runId, cancellation);
        Profit = run.Money is { } money && _expected is { } expected ? RunProfit.Of(Curve, expected, money, run.Threshold is null ? null : Start) : null;
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        CurveJson = JsonSerializer.Serialize(
            new
            {
                Curve.AffluentRows,
                Start = Describe(Start, Curve.AffluentRows),
                Points = Curve.Points.Select(point => Describe(point, Curve.AffluentRows)),
                Money = Profit is null ? null : Describe(Profit),
            },
            JsonSerializerOptions.Web);
        return null;
    }

    private void FillChoice() => Input = new()
    {
        Rule = Run.ThresholdRule ?? ThresholdRule.ByHand,
        Recall = Math.Round(100 * (Run.Promise?.Recall ?? Run.RecallFloor), 6),
        Confidence = Math.Round(100 * (Run.Promise?.Confidence ?? Run.Confidence), 6),
        Budget = Math.Max(1, Start.Customers),
        Score = Start.Score,
    };

    /// <summary>The run's own figures, else those that were set last for another run: only a start, until they are saved.</summary>
    private async Task FillMoneyAsync(CancellationToken cancellation)
    {
        if ((Run.Money ?? await moneys.LatestAsync(cancellation)) is { } money)
        {
            Money = new() { Currency = money.Currency, Value = money.ValuePerConversion, Cost = money.CostPerContact, Response = Math.Round(100 * money.ResponseShare, 6) };
        }
    }

    private static object Describe(RunProfit profit) => new
    {
        profit.Money.Currency,
        Profit = profit.Curve.Points.Select(point => Math.Round(point.Profit, 2)),
        Low = profit.Curve.Points.Select(point => Math.Round(point.ProfitRange.Low, 2)),
        High = profit.Curve.Points.Select(point => Math.Round(point.ProfitRange.High, 2)),
        BestScore = profit.Curve.Best?.Score,
        Best = profit.BestInWords,
        BreakEven = profit.BreakEvenInWords,
    };

    private static object Describe(ThresholdPoint point, int affluentRows)
    {
        var interval = WilsonInterval.Of(new Rate(point.SelectedAffluent, affluentRows));
        return new
        {
            point.Score,
            point.SelectedAffluent,
            point.SelectedNormal,
            point.Customers,
            point.InSampleNormal,
            RecallLow = Math.Round(interval.Low, 5),
            RecallHigh = Math.Round(interval.High, 5),
        };
    }

    /// <summary>What a person guesses of a campaign's money.</summary>
    public sealed class MoneyForm
    {
        public const string Missing = "Enter a currency of up to 8 characters, a value and a cost of 0 or more, and a response of 0 to 100 %.";

        private const double Most = 1e12;

        [Required, StringLength(RunMoney.LongestCurrency)]
        public string Currency { get; set; } = "";

        [Required, Range(0, Most)]
        public double? Value { get; set; }

        [Required, Range(0, Most)]
        public double? Cost { get; set; }

        /// <summary>Per cent.</summary>
        [Required, Range(0, 100)]
        public double? Response { get; set; }

        public RunMoney ToMoney(string setByName, DateTime setUtc) =>
            new(Currency.Trim(), Value.GetValueOrDefault(), Cost.GetValueOrDefault(), Response.GetValueOrDefault() / 100, setByName, setUtc);
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

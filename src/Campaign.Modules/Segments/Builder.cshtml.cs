using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Segments;

/// <summary>Conditions edited with a live count on one run's customers; the form holds everything until it is saved.</summary>
[Authorize(Policy = Access.BuildLists)]
public sealed class BuilderModel(ModelRunCatalog runs, RunSegments segments, SegmentRegister register) : PageModel
{
    /// <summary>The run that is counted on; the newest that can be where none is named.</summary>
    [BindProperty(SupportsGet = true, Name = "run")]
    public Guid? RunId { get; set; }

    /// <summary>The saved segment that is changed; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid? SegmentId { get; set; }

    [BindProperty]
    public SegmentForm Input { get; set; } = new();

    /// <summary>The segment's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ModelRunSummary? Run { get; private set; }

    public IReadOnlyList<ModelRunSummary> Runs { get; private set; } = [];

    /// <summary>That a condition can be added for.</summary>
    public IReadOnlyList<ColumnInfo> Columns { get; private set; } = [];

    /// <summary>By the conditions as they stand; null where they can't be counted, then there is a reason.</summary>
    public SegmentCount? Count { get; private set; }

    public SegmentRule? Rule { get; private set; }

    public string? WhyNoCount { get; private set; }

    public string? Refusal { get; private set; }

    /// <summary>Target lists that use the segment.</summary>
    public int UseCount { get; private set; }

    /// <param name="found">From 1: starts with a segment that the search came to.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery] int? found, CancellationToken cancellation)
    {
        if (SegmentId is { } id)
        {
            if (await register.FindAsync(id, cancellation) is not { } saved)
            {
                return NotFound();
            }

            Input = SegmentForm.Of(saved);
            Version = saved.Version;
        }

        return await ShowAsync(
            open =>
            {
                if (found is > 0 and var place && open.Found() is var all && place <= all.Count)
                {
                    Input.Conditions = SegmentForm.ConditionsOf(all[place - 1].Rule);
                }
            },
            cancellation);
    }

    /// <summary>Posted and not asked by address, as an address stands in logs and histories.</summary>
    public Task<IActionResult> OnPostCountAsync(CancellationToken cancellation) => ShowAsync(_ => { }, cancellation);

    public Task<IActionResult> OnPostAddAsync([FromForm] string? add, CancellationToken cancellation) => ShowAsync(
        open =>
        {
            if (Input.Conditions.Count >= SegmentRule.MostConditions)
            {
                Refusal = $"A segment has at most {SegmentRule.MostConditions} conditions.";
            }
            else if (open.Columns.FirstOrDefault(column => column.Name == add) is { } column)
            {
                Input.Conditions.Add(ConditionForm.For(column));
            }
        },
        cancellation);

    public Task<IActionResult> OnPostRemoveAsync([FromForm] int remove, CancellationToken cancellation) => ShowAsync(
        _ =>
        {
            if (remove >= 0 && remove < Input.Conditions.Count)
            {
                Input.Conditions.RemoveAt(remove);
            }
        },
        cancellation);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        try
        {
            var request = new SegmentRequest(Input.Name, Input.ToRule(), Input.Product, Input.Message);
            if (RunId is { } runId && await runs.FindAsync(runId, cancellation) is { Threshold: not null } run)
            {
                using var open = await segments.OpenAsync(run, cancellation);
                request.Rule.Check(open.Table);
            }

            if (SegmentId is { } id)
            {
                await register.ChangeAsync(id, Version, request, User.ToActor(), cancellation);
            }
            else
            {
                await register.AddAsync(request, User.ToActor(), cancellation);
            }

            TempData["Status"] = $"The segment '{request.Name?.Trim()}' is saved.";
            return RedirectToPage("/Segments/Index", new { run = RunId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return await ShowAsync(_ => { }, cancellation);
        }
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellation)
    {
        if (SegmentId is not { } id)
        {
            return NotFound();
        }

        try
        {
            await register.RetireAsync(id, Version, User.ToActor(), cancellation);
            TempData["Status"] = "The segment is deleted. What was made with it still names it.";
            return RedirectToPage("/Segments/Index", new { run = RunId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return await ShowAsync(_ => { }, cancellation);
        }
    }

    private async Task<IActionResult> ShowAsync(Action<RunSegments.OpenRun> change, CancellationToken cancellation)
    {
        Runs = await segments.CountableAsync(cancellation);
        Run = RunId is { } wanted ? await runs.FindAsync(wanted, cancellation) : Runs.Count > 0 ? Runs[0] : null;
        if (RunId is not null && Run is null)
        {
            return NotFound();
        }

        UseCount = SegmentId is { } id ? await register.UseCountAsync(id, cancellation) : 0;
        if (Run?.Threshold is null)
        {
            WhyNoCount = Run is null ? "No model run can be counted on." : "This model run has no cut-off yet.";
            return Page();
        }

        try
        {
            using var open = await segments.OpenAsync(Run, cancellation);
            Columns = [.. open.Columns];
            change(open);
            if (SegmentId is null)
            {
                Input.SuggestAnew();
            }

            CountOn(open);
        }
        catch (RefusedException refused)
        {
            WhyNoCount = refused.Message;
        }

        return Page();
    }

    private void CountOn(RunSegments.OpenRun open)
    {
        try
        {
            Rule = Input.ToRule();
            Count = open.Count(Rule);
        }
        catch (RefusedException refused)
        {
            WhyNoCount = refused.Message;
        }
    }

    /// <summary>A segment as it is typed.</summary>
    public sealed class SegmentForm
    {
        public string? Name { get; set; }

        public List<ConditionForm> Conditions { get; set; } = [];

        public string? Product { get; set; }

        public string? Message { get; set; }

        /// <summary>What was suggested last: where it still stands, the next suggestion may take its place.</summary>
        public string? SuggestedProduct { get; set; }

        public string? SuggestedMessage { get; set; }

        public static SegmentForm Of(SegmentSummary saved) => new()
        {
            Name = saved.Name,
            Conditions = ConditionsOf(saved.Rule),
            Product = saved.Product,
            Message = saved.Message,
        };

        public static List<ConditionForm> ConditionsOf(SegmentRule rule) => [.. rule.Conditions.Select(condition => ConditionForm.Of(condition))];

        /// <exception cref="RefusedException">A condition is not filled in, or can't be read.</exception>
        public SegmentRule ToRule() => new([.. Conditions.Select(condition => condition.ToCondition())]);

        /// <summary>Where a person has written something else, it stays.</summary>
        public void SuggestAnew()
        {
            if (Conditions.Count > 0 && IsOurs(Product, SuggestedProduct) && IsOurs(Message, SuggestedMessage))
            {
                var suggestion = SegmentSuggestion.For(Conditions.Select(condition => condition.Column));
                (Product, SuggestedProduct) = (suggestion.Product, suggestion.Product);
                (Message, SuggestedMessage) = (suggestion.Message, suggestion.Message);
            }

            static bool IsOurs(string? text, string? suggested) => string.IsNullOrWhiteSpace(text) || text.ReplaceLineEndings() == suggested?.ReplaceLineEndings();
        }
    }
}

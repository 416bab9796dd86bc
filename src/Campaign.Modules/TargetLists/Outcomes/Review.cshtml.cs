using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>How a file of outcomes is read, and what it would come to; then a person records or discards it.</summary>
[Authorize(Policy = Access.BuildLists)]
public sealed class ReviewModel(TargetListRegister lists, OutcomeRegister outcomes) : PageModel
{
    public TargetList List { get; private set; } = null!;

    public OutcomeUpload Upload { get; private set; } = null!;

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public string ReadAs { get; private set; } = "";

    /// <summary>Of the outcome's column; null where there are too many.</summary>
    public IReadOnlyList<OutcomeValue>? Values { get; private set; } = [];

    /// <summary>Null where <see cref="Refusal"/> says why.</summary>
    public OutcomeCounts? Counts { get; private set; }

    public string? Refusal { get; private set; }

    [BindProperty(SupportsGet = true)]
    public MappingForm Input { get; set; } = new();

    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public bool LeavesStraysAside { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid listId, Guid uploadId, CancellationToken cancellation)
    {
        if (await LoadAsync(listId, uploadId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        Seen = Upload.Version;
        await LookAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostRecordAsync(Guid listId, Guid uploadId, CancellationToken cancellation)
    {
        if (await LoadAsync(listId, uploadId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        try
        {
            await outcomes.RecordAsync(List, uploadId, Seen, Input.ToMapping(), LeavesStraysAside, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            await LookAsync(cancellation);
            Refusal = refused.Message;
            return Page();
        }

        TempData["Status"] = "The outcomes are recorded.";
        return RedirectToPage("/TargetLists/Outcomes/Results", new { listId });
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid listId, Guid uploadId, CancellationToken cancellation)
    {
        if (await LoadAsync(listId, uploadId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        try
        {
            await outcomes.DiscardAsync(List, uploadId, Seen, User.ToActor(), cancellation);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }

        TempData["Status"] = $"{Upload.FileName} was discarded.";
        return RedirectToPage("/TargetLists/Outcomes/Index", new { listId });
    }

    private async Task<IActionResult?> LoadAsync(Guid listId, Guid uploadId, CancellationToken cancellation)
    {
        if (await lists.FindAsync(listId, cancellation) is not { } list || await outcomes.FindAsync(uploadId, cancellation) is not { } upload || upload.TargetListId != listId)
        {
            return NotFound();
        }

        (List, Upload) = (list, upload);
        return upload.RecordedUtc is null ? null : RedirectToPage("/TargetLists/Outcomes/Results", new { listId });
    }

    /// <summary>Reads the file as the form says; what it does not say is guessed.</summary>
    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var file = outcomes.Open(Upload);
            (Columns, ReadAs) = (file.Columns, file.ReadAs);
            var guess = await outcomes.GuessAsync(List, file, cancellation);
            if (Input.Id is null)
            {
                Input = MappingForm.Of(guess);
            }

            Values = OutcomeRegister.ValuesOf(file, Input.Outcome ?? "");
            if (Input.ValuesOf != Input.Outcome)
            {
                Input.Successes = [.. OutcomeMapping.GuessSuccesses((Values ?? []).Select(value => value.Text))];
                Input.AnyValue = Input.Outcome == guess.Outcome && guess.AnyValue;
                Input.ValuesOf = Input.Outcome;
                ModelState.Clear();
            }

            Counts = (await outcomes.CheckAsync(List, file, Input.ToMapping(), cancellation)).Counts;
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
        }
    }

    public sealed class MappingForm
    {
        private const int LongestNoun = 40;

        /// <summary>Null before a person has looked.</summary>
        public string? Id { get; set; }

        public string? Outcome { get; set; }

        /// <summary>The outcome's column when <see cref="Successes"/> was shown: for another one the values are others.</summary>
        public string? ValuesOf { get; set; }

        public List<string> Successes { get; set; } = [];

        public bool AnyValue { get; set; }

        public string? ListId { get; set; }

        public string? Contacted { get; set; }

        public string? OptOut { get; set; }

        public OutcomeCoverage Coverage { get; set; }

        public string? Noun { get; set; }

        public static MappingForm Of(OutcomeMapping mapping) => new()
        {
            Id = mapping.Id,
            Outcome = mapping.Outcome,
            ListId = mapping.ListId,
            Contacted = mapping.Contacted,
            OptOut = mapping.OptOut,
            Coverage = mapping.Coverage,
            Noun = mapping.Noun,
        };

        public OutcomeMapping ToMapping() => new(
            Id ?? "", Outcome ?? "", Successes, AnyValue, ListId, Contacted, OptOut, Coverage,
            Noun?.Trim() is { Length: > 0 and <= LongestNoun } noun ? noun : OutcomeMapping.DefaultNoun);
    }
}

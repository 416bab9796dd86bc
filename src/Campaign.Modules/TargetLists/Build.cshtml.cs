using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Segments.Contracts;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Suppression;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

/// <summary>Makes a list anew, as a copy of another one's definition, or changes a draft.</summary>
[Authorize(Policy = Access.BuildLists)]
public sealed class BuildModel(
    ModelRunCatalog runs, DatasetCatalog datasets, SegmentCatalog segments, SuppressionRegister suppression, ContactPolicies policies,
    TargetListRegister lists, ListInputsReader inputs, TimeProvider clock) : PageModel
{
    [BindProperty]
    public ListForm Input { get; set; } = new();

    /// <summary>The list whose definition is taken over.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    /// <summary>The draft to change.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Edit { get; set; }

    /// <summary>The draft's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ModelRunSummary Run { get; private set; } = null!;

    public ListChoices Choices { get; private set; } = null!;

    public ListPreview? Preview { get; private set; }

    /// <summary>Those that can be chosen, and those that are chosen and were deleted since.</summary>
    public IReadOnlyList<SegmentSummary> Segments { get; private set; } = [];

    /// <summary>The do-not-contact lists in force and the contact cap, in a sentence each: they apply to every list.</summary>
    public IReadOnlyList<string> AlwaysApplied { get; private set; } = [];

    public string? Refusal { get; private set; }

    /// <summary>Columns that a copied definition names and this file lacks.</summary>
    public IReadOnlyList<string> MissingColumns { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation) => WithTableAsync(runId, async (dataset, table) =>
    {
        if ((Edit ?? From) is { } other)
        {
            if (await lists.FindAsync(other, cancellation) is not { } list)
            {
                return NotFound();
            }

            Input.Take(list.Definition);
            (Input.Name, Input.Purpose) = (list.Name, list.Purpose);
            Version = list.Version;
        }
        else
        {
            Input.Take(ListGuess.Of(table));
        }

        await LookAsync(dataset, table, cancellation);
        return Page();
    }, cancellation);

    /// <summary>The form as it was sent, with the values of the columns that are chosen, and what it gives.</summary>
    public Task<IActionResult> OnPostPreviewAsync(Guid runId, CancellationToken cancellation) => WithTableAsync(runId, async (dataset, table) =>
    {
        await LookAsync(dataset, table, cancellation);
        ModelState.Clear();
        return Page();
    }, cancellation);

    public Task<IActionResult> OnPostAsync(Guid runId, CancellationToken cancellation) => WithTableAsync(runId, async (dataset, table) =>
    {
        if (ModelState.IsValid)
        {
            try
            {
                // Tried first, so that a column or segment that is not there is said here and not by the job.
                await BuildAsync(dataset, table, cancellation);
                if (Edit is { } draft)
                {
                    await lists.QueueEditAsync(draft, Version, Run, Input.ToRequest(null), User.ToActor(), cancellation);
                    return RedirectToPage("/TargetLists/Details", new { listId = draft });
                }

                var listId = await lists.QueueAsync(Run, Input.ToRequest(From), User.ToActor(), cancellation);
                return RedirectToPage("/TargetLists/Details", new { listId });
            }
            catch (RefusedException refused)
            {
                Refusal = refused.Message;
            }
        }

        await LookAsync(dataset, table, cancellation);
        return Page();
    }, cancellation);

    private async Task<IActionResult> WithTableAsync(Guid runId, Func<DatasetSummary, ColumnTable, Task<IActionResult>> answer, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        Run = run;
        if (run.Threshold is null || await datasets.FindAsync(run.DatasetId, cancellation) is not { } dataset)
        {
            return RedirectToPage("/Modeling/Run", new { runId });
        }

        using var table = datasets.OpenColumns(run.DatasetId);
        Choices = new ListChoices(table);
        return await answer(dataset, table);
    }

    private async Task LookAsync(DatasetSummary dataset, ColumnTable table, CancellationToken cancellation)
    {
        var choosable = await segments.ListAsync(cancellation);
        Segments = [.. choosable, .. (await segments.FindAsync(Input.SegmentIds, cancellation)).Where(one => choosable.All(other => other.Id != one.Id))];
        var inForce = (await suppression.ListAsync(cancellation)).Where(list => list.Stage == SuppressionStage.InForce).ToList();
        AlwaysApplied =
        [
            inForce.Count == 0
                ? "No do-not-contact list is in force."
                : $"Nobody on a do-not-contact list: {string.Join(", ", inForce.Select(list => $"{list.Name} ({InWords.Count(list.IdCount, "id")})"))}.",
            $"Nobody contacted too often: {(await policies.InForceAsync(cancellation)).Caps.Describe()}.",
            "Nobody in the control group of another campaign that runs.",
        ];
        MissingColumns = [.. Input.NamedColumns.Where(column => table.IndexOf(column) < 0).Distinct()];

        try
        {
            Preview = ListPreview.Of((await BuildAsync(dataset, table, cancellation)).Counts, Input.ToDefinition());
        }
        catch (RefusedException refused)
        {
            Preview = ListPreview.Refused(refused.Message);
        }
    }

    private async Task<TargetListSelection> BuildAsync(DatasetSummary dataset, ColumnTable table, CancellationToken cancellation)
    {
        var definition = Input.ToDefinition();
        TargetListBuilder.Check(definition);
        var known = await inputs.ReadAsync(Run, dataset, table, Run.Threshold!.Value, definition, clock.GetUtcNow().UtcDateTime, Edit, cancellation);

        // What the list shows of the file is looked at too: what can't be shown is refused here, not by the job.
        ListValues.Of(table, definition, known.Segments, money: null);
        return TargetListBuilder.Build(known.Inputs);
    }
}

using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

[Authorize(Policy = Access.BuildLists)]
public sealed class BuildModel(ModelRunCatalog runs, TargetListRegister lists) : PageModel
{
    [BindProperty]
    public ListForm Input { get; set; } = new();

    public ModelRunSummary Run { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation) => await LoadAsync(runId, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid runId, CancellationToken cancellation)
    {
        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        try
        {
            var request = new ListRequest(Input.Name.Trim(), Input.Purpose.Trim(), new ListDefinition { Budget = Input.Budget, ControlShare = Input.ControlPercent / 100, Seed = Input.Seed });
            var listId = await lists.QueueAsync(Run, request, User.ToActor(), cancellation);
            return RedirectToPage("/TargetLists/Details", new { listId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    private async Task<IActionResult?> LoadAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        Run = run;
        return run.Threshold is null ? RedirectToPage("/Modeling/Run", new { runId }) : null;
    }

    public sealed class ListForm
    {
        [Required(ErrorMessage = "Give the list a name."), StringLength(200, ErrorMessage = "At most 200 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Say what the list is for."), StringLength(1000, ErrorMessage = "At most 1,000 characters.")]
        public string Purpose { get; set; } = "";

        [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
        public int? Budget { get; set; }

        [Range(0, 50, ErrorMessage = "Between 0 and 50 %.")]
        public double ControlPercent { get; set; } = 10;

        [Range(0, int.MaxValue, ErrorMessage = "A whole number from 0.")]
        public int Seed { get; set; } = 1;
    }
}

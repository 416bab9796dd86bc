using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Modeling;

[Authorize(Policy = Access.Model)]
public sealed class TrainModel(DatasetCatalog datasets, ModelRuns runs) : PageModel
{
    [BindProperty]
    public TrainingForm Input { get; set; } = new();

    public DatasetSummary Dataset { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await LoadAsync(datasetId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        Input.Name = Path.GetFileNameWithoutExtension(Dataset.FileName);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await LoadAsync(datasetId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        try
        {
            var request = new TrainingRequest(
                Input.Name.Trim(), Input.RecallPercent / 100, Input.ConfidencePercent / 100, Input.Seed, Input.Quick,
                Input.PromiseKind, Input.TrialCount, Input.SearchMinutes);
            var runId = await runs.QueueAsync(Dataset, request, User.ToActor(), cancellation);
            return RedirectToPage("/Modeling/Run", new { runId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    private async Task<IActionResult?> LoadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await datasets.FindAsync(datasetId, cancellation) is not { } dataset)
        {
            return NotFound();
        }

        Dataset = dataset;
        return dataset.ColumnsConfirmed ? null : RedirectToPage("/Datasets/Columns", new { datasetId });
    }

    public sealed class TrainingForm
    {
        [Required(ErrorMessage = "Give the model run a name."), StringLength(200, ErrorMessage = "At most 200 characters.")]
        public string Name { get; set; } = "";

        [Range(1, 99.9, ErrorMessage = "Between 1 and 99.9 %.")]
        public double RecallPercent { get; set; } = 90;

        [Range(50, 99.9, ErrorMessage = "Between 50 and 99.9 %.")]
        public double ConfidencePercent { get; set; } = 95;

        [Range(0, int.MaxValue, ErrorMessage = "A whole number from 0.")]
        public int Seed { get; set; } = 1;

        public bool Quick { get; set; }

        public PromiseKind PromiseKind { get; set; }

        [Range(0, ModelRuns.MostTrials, ErrorMessage = "A whole number from 0 to 100.")]
        public int? TrialCount { get; set; }

        [Range(0.1, 10_000, ErrorMessage = "Above 0 minutes.")]
        public double? SearchMinutes { get; set; }
    }
}

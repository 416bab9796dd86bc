using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

[Authorize(Policy = Access.Model), RequestFormLimits(ValueCountLimit = MostFields)]
public sealed class ColumnsModel(CampaignDbContext db, DatasetCatalog catalog, DatasetIntake intake) : PageModel
{
    // One field a column, and a file may have thousands.
    private const int MostFields = 50_000;

    [BindProperty]
    public ColumnChoices Input { get; set; } = new();

    /// <summary>The dataset's version when the page was opened.</summary>
    [BindProperty]
    public int Version { get; set; }

    public DatasetSummary Dataset { get; private set; } = null!;

    /// <summary>What was put right or left aside when the file was read, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    public ColumnsForm Form { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        Version = Dataset.Version;
        Input.Id = Dataset.Roles.Id;
        Input.Affluent = Form.Classes.FirstOrDefault(option => option.Column == Dataset.Roles.Label && option.Value == Dataset.Roles.AffluentValue)?.Key ?? "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        // A refused form keeps what the person chose.
        Form = Form with { Columns = [.. Form.Columns.Select((column, i) => i < Input.Uses.Count ? column with { Use = Input.Uses[i] } : column)] };
        if (Form.Find(Input.Affluent) is not { } affluent)
        {
            Refusal = "Say who is recorded as affluent: choose a column and its value.";
            return Page();
        }

        try
        {
            await intake.ConfirmColumnsAsync(datasetId, ToRequest(affluent), Version, User.ToActor(), cancellation);
            TempData["Status"] = "The columns are confirmed.";
            return RedirectToPage("/Modeling/Train", new { datasetId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    /// <summary>The id and the class that are chosen now are never features, whatever the table says of them.</summary>
    private RoleRequest ToRequest(ClassOption affluent)
    {
        IReadOnlyList<string> NamesOf(ColumnUse use) =>
            [.. Form.Columns.Zip(Input.Uses).Where(pair => pair.Second == use).Select(pair => pair.First.Name).Where(name => name != Input.Id && name != affluent.Column)];

        return new RoleRequest(
            string.IsNullOrEmpty(Input.Id) ? RoleRequest.NoId : Input.Id, affluent.Column, affluent.Value, NamesOf(ColumnUse.LeaveOut), NamesOf(ColumnUse.Compare));
    }

    private async Task<bool> LoadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == datasetId, cancellation) is not { } dataset)
        {
            return false;
        }

        Dataset = dataset.Summary();
        Remarks = dataset.ReadDialect().Remarks;
        using var table = catalog.OpenColumns(datasetId);
        Form = ColumnsForm.Of(table, intake.Preview(datasetId), Dataset.Roles);
        return true;
    }

    public sealed class ColumnChoices
    {
        /// <summary>The id column's name; empty for none.</summary>
        public string? Id { get; set; }

        /// <summary>A <see cref="ClassOption.Key"/>.</summary>
        [Required(ErrorMessage = "Choose a column and its value.")]
        public string Affluent { get; set; } = "";

        /// <summary>One a column, in the file's order.</summary>
        public List<ColumnUse> Uses { get; set; } = [];
    }
}

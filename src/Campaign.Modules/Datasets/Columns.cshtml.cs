using System.ComponentModel.DataAnnotations;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

[Authorize(Policy = Access.Model), RequestFormLimits(ValueCountLimit = MostFields)]
public sealed class ColumnsModel(CampaignDbContext db, DatasetCatalog catalog, DatasetColumns columns, FileStore files) : PageModel
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

    /// <summary>What was met while the rows were read: spellings of the recorded class, lines that were set aside.</summary>
    public ReadingFacts Facts { get; private set; } = null!;

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
        Input.Derived = [.. (Dataset.Roles.Derived ?? []).Select(feature => feature.Name)];
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
        var before = Form.Columns;
        Form = Form with
        {
            Columns = [.. Form.Columns.Select((column, i) => i < Input.Uses.Count && i < Input.Types.Count
                ? column with { Use = Input.Uses[i], Type = column.Type is null ? null : ColumnsForm.Types.ElementAtOrDefault(Input.Types[i]).Type ?? column.Type }
                : column)],
        };
        if (Form.Find(Input.Affluent) is not { } affluent)
        {
            Refusal = "Say who is recorded as affluent: choose a column and its value.";
            return Page();
        }

        try
        {
            await columns.ConfirmAsync(datasetId, ToRequest(affluent, before), Version, User.ToActor(), cancellation);
            TempData["Status"] = "The columns are confirmed, and remembered for the next file with the same ones.";
            return RedirectToPage("/Datasets/Quality/Quality", new { datasetId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    /// <summary>The id and the class that are chosen now are never features, whatever the table says of them.</summary>
    /// <param name="before">The columns as they are now: a type that was left as it is, is not asked for.</param>
    private RoleRequest ToRequest(ClassOption affluent, IReadOnlyList<ColumnRow> before)
    {
        IReadOnlyList<string> NamesOf(ColumnUse use) =>
            [.. Form.Columns.Zip(Input.Uses).Where(pair => pair.Second == use).Select(pair => pair.First.Name).Where(name => name != Input.Id && name != affluent.Column)];

        return new RoleRequest(
            string.IsNullOrEmpty(Input.Id) ? RoleRequest.NoId : Input.Id, affluent.Column, affluent.Value, NamesOf(ColumnUse.LeaveOut), NamesOf(ColumnUse.Compare),
            before.Zip(Form.Columns)
                .Where(pair => pair.Second.Type is not null && pair.Second.Type != pair.First.Type && pair.First.Name != Input.Id && pair.First.Name != affluent.Column)
                .ToDictionary(pair => pair.First.Name, pair => pair.Second.Type!),
            Input.Derived);
    }

    private async Task<bool> LoadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == datasetId, cancellation) is not { } dataset)
        {
            return false;
        }

        Dataset = dataset.Summary();
        var dialect = dataset.ReadDialect();
        Remarks = dialect.Remarks;
        using var table = catalog.OpenColumns(datasetId);
        Facts = ReadingFacts.Load(files.DatasetFolder(datasetId));
        Form = ColumnsForm.Of(table, columns.Preview(datasetId), Dataset.Roles, dialect);
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

        /// <summary>One a column: a position in <see cref="ColumnsForm.Types"/>.</summary>
        public List<int> Types { get; set; } = [];

        /// <summary>Names of derived features to learn from.</summary>
        public List<string> Derived { get; set; } = [];
    }
}

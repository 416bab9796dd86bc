using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Datasets.Quality;

[Authorize(Policy = Access.Read)]
public sealed class QualityModel(DatasetCatalog catalog, DatasetColumns columns, DatasetProfiles profiles, IAuthorizationService authorization) : PageModel
{
    public DatasetSummary Dataset { get; private set; } = null!;

    /// <summary>Null while the checks run, and for a file that was never checked.</summary>
    public QualityReport? Report { get; private set; }

    /// <summary>The latest job that makes the report; null where none was asked for.</summary>
    public JobRecord? Job { get; private set; }

    public bool MayModel { get; private set; }

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        return Page();
    }

    /// <summary>Checks a file that came without a person confirming its columns, or whose check failed.</summary>
    public async Task<IActionResult> OnPostCheckAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        if (!MayModel)
        {
            return Forbid();
        }

        if (Report is null && Job is not { HasEnded: false } && Dataset is { ColumnsConfirmed: true, DeletedUtc: null })
        {
            await profiles.QueueAsync(datasetId, User.ToActor(), cancellation);
        }

        return RedirectToPage(new { datasetId });
    }

    /// <param name="datasetId">The dataset.</param>
    /// <param name="column">The column to be left out.</param>
    /// <param name="version">The dataset's version when the page was opened.</param>
    /// <param name="cancellation">Of the request.</param>
    public async Task<IActionResult> OnPostLeaveOutAsync(Guid datasetId, string? column, int version, CancellationToken cancellation)
    {
        if (!await LoadAsync(datasetId, cancellation))
        {
            return NotFound();
        }

        if (!MayModel)
        {
            return Forbid();
        }

        if (column is null || !IsUsed(column))
        {
            return RedirectToPage(new { datasetId });
        }

        try
        {
            await columns.ConfirmAsync(datasetId, Without(column), version, User.ToActor(), cancellation);
            TempData["Status"] = $"Column '{column}' is left out of training.";
            return RedirectToPage(new { datasetId });
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
    }

    /// <summary>Leaving the column out mends it, and it is not left out yet.</summary>
    public bool CanLeaveOut(QualityFinding finding) =>
        MayModel && Dataset.ColumnsConfirmed && finding.Column is { } column && CheckNames.MendedByLeavingOut.Contains(finding.Check) && IsUsed(column);

    /// <summary>The column has been left out, if need be since the report was made.</summary>
    public bool IsLeftOut(QualityFinding finding) => Dataset.Roles.LeftOut.Any(left => left.Name == finding.Column) && !Dataset.Roles.Sensitive.Contains(finding.Column ?? "");

    private bool IsUsed(string column) => Dataset.Roles.Features.Contains(column) || Dataset.Roles.Sensitive.Contains(column);

    /// <summary>All other columns keep what they are used for.</summary>
    private RoleRequest Without(string column)
    {
        var roles = Dataset.Roles;
        string[] byUser = [.. roles.LeftOut.Where(left => left.Reason == LeftOutReason.ByUser).Select(left => left.Name)];
        return new RoleRequest(
            Exclude: [.. byUser.Except(roles.Sensitive).Append(column)], Sensitive: [.. byUser.Intersect(roles.Sensitive).Where(name => name != column)]);
    }

    private async Task<bool> LoadAsync(Guid datasetId, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(datasetId, cancellation) is not { } dataset)
        {
            return false;
        }

        Dataset = dataset;
        MayModel = (await authorization.AuthorizeAsync(User, Access.Model)).Succeeded;
        Report = await profiles.LoadQualityAsync(datasetId, cancellation);
        Job = await profiles.FindJobAsync(datasetId, cancellation);
        return true;
    }
}

using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

[Authorize(Policy = Access.Documents)]
public sealed class DocumentsModel(ModelRunCatalog runs, RunDocuments documents, FileStore files, CampaignDbContext db, AuditTrail trail) : PageModel
{
    public ModelRunSummary Run { get; private set; } = null!;

    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation) => await LoadAsync(runId, cancellation) ?? Page();

    public Task<IActionResult> OnGetModelCardAsync(Guid runId, CancellationToken cancellation) =>
        DownloadAsync(runId, RunDocuments.ModelCardFileName, documents.WriteModelCardAsync, cancellation);

    public Task<IActionResult> OnGetAuditReportAsync(Guid runId, CancellationToken cancellation) =>
        DownloadAsync(runId, RunDocuments.AuditReportFileName, documents.WriteAuditReportAsync, cancellation);

    private async Task<IActionResult> DownloadAsync(
        Guid runId, string fileName, Func<Guid, string, CancellationToken, Task> write, CancellationToken cancellation)
    {
        if (await LoadAsync(runId, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        var folder = files.NewStagingFolder();
        try
        {
            var path = Path.Combine(folder, fileName);
            await write(runId, path, cancellation);
            var pdf = await System.IO.File.ReadAllBytesAsync(path, cancellation);
            trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"run:{runId}", new { file = fileName });
            await db.SaveChangesAsync(cancellation);
            return File(pdf, "application/pdf", fileName);
        }
        catch (RefusedException refused)
        {
            Refusal = refused.Message;
            return Page();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IActionResult?> LoadAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { } run)
        {
            return NotFound();
        }

        Run = run;
        return run.Results is null ? RedirectToPage("/Modeling/Run", new { runId }) : null;
    }
}

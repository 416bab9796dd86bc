using System.IO.Compression;
using Campaign.Learning;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.Governance;

/// <summary>A run as MLflow keeps it, as a file to take away.</summary>
[Authorize(Policy = Access.Documents)]
public sealed class MlflowModel(
    ModelRunCatalog runs, MlflowExport export, RunDocuments documents, FileStore files, CampaignDbContext db, AuditTrail trail) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { Results: not null } run)
        {
            return NotFound();
        }

        var folder = files.NewStagingFolder();
        Response.OnCompleted(() =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
        await export.WriteAsync(runId, folder, run.Threshold is null ? null : await PrintedCardAsync(runId, folder, cancellation), cancellation);
        var zip = Path.Combine(folder, "mlflow.zip");
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(folder, MlflowExport.FolderName), zip, CompressionLevel.Optimal, includeBaseDirectory: true, cancellation);
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"run:{runId}", new { file = "mlflow.zip" });
        await db.SaveChangesAsync(cancellation);
        return File(new FileStream(zip, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous), "application/zip", $"mlflow-{runId:N}.zip");
    }

    /// <summary>Null where nothing can be printed here: the rest goes without it.</summary>
    private async Task<string?> PrintedCardAsync(Guid runId, string folder, CancellationToken cancellation)
    {
        try
        {
            var path = Path.Combine(folder, RunDocuments.ModelCardFileName);
            await documents.WriteModelCardAsync(runId, path, cancellation);
            return path;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}

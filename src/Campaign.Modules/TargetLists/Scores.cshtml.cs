using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Campaign.Modules.TargetLists;

/// <summary>Every row's score at the threshold in force, as a file.</summary>
[Authorize(Policy = Access.Customers)]
public sealed class ScoresModel(ModelRunCatalog runs, DatasetCatalog datasets, FileStore files, CampaignDbContext db, AuditTrail trail) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid runId, CancellationToken cancellation)
    {
        if (await runs.FindAsync(runId, cancellation) is not { Threshold: { } threshold } run
            || await datasets.FindAsync(run.DatasetId, cancellation) is not { } dataset)
        {
            return NotFound();
        }

        // Through a file that vanishes when it is closed: the response takes no synchronous writes, and a million rows belong in no memory.
        var folder = files.NewStagingFolder();
        var file = new FileStream(
            Path.Combine(folder, "scores.csv"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        Response.OnCompleted(() =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
        using (var table = datasets.OpenColumns(dataset.Id))
        {
            ScoresCsv.Write(
                file, LogOdds.ToScores(runs.LoadScores(runId).LogOdds), runs.LoadProbabilities(runId),
                DatasetCatalog.ReadCustomers(table, await runs.ReadColumnsAsync(runId, cancellation)), threshold);
        }

        file.Position = 0;
        trail.Append(db, User.ToActor(), AuditActions.Downloaded, $"run:{runId}", new { file = "scores.csv", threshold.Score, dataset.RowCount });
        await db.SaveChangesAsync(cancellation);
        return File(file, "text/csv; charset=utf-8", "scores.csv");
    }
}

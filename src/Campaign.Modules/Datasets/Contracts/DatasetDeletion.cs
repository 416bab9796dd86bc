using Campaign.Learning;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>
/// Deletes a dataset's bytes and columns: the customers' data. Its row stays with counts and fingerprint, so that what was made from it can
/// still name it. The row says so first; what a kill then leaves of the folder, the sweep removes.
/// </summary>
public sealed class DatasetDeletion(CampaignDbContext db, FileStore files, AuditTrail trail, TimeProvider clock)
{
    /// <param name="expectedVersion">The version that the person saw.</param>
    /// <param name="dependents">What was made from it, for the trail: ids and counts only.</param>
    /// <exception cref="RefusedException">It is deleted already, was changed meanwhile, or a job works on it.</exception>
    public async Task DeleteAsync(Guid datasetId, int expectedVersion, object dependents, Actor actor, CancellationToken cancellation = default)
    {
        var dataset = await db.Set<Dataset>().SingleOrDefaultAsync(one => one.Id == datasetId, cancellation);
        if (dataset is null || dataset.DeletedUtc is not null || dataset.Version != expectedVersion)
        {
            throw Conflict();
        }

        if (await db.Jobs.AnyAsync(job => job.SubjectId == datasetId && (job.State == JobState.Queued || job.State == JobState.Running), cancellation))
        {
            throw new RefusedException("The file is being checked at this moment. Wait until that is done, then delete it.");
        }

        dataset.DeletedUtc = clock.GetUtcNow().UtcDateTime;
        dataset.DeletedByName = actor.Name;
        dataset.Version++;
        trail.Append(db, actor, AuditActions.DatasetDeleted, DatasetIntake.Subject(datasetId), new { dataset.Fingerprint, dataset.RowCount, dependents });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Conflict();
        }

        DatasetSweep.Remove(files.DatasetFolder(datasetId));

        static RefusedException Conflict() => new("This dataset was changed or deleted while you looked at it. Load the page again and decide anew.");
    }
}

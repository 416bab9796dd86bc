using Campaign.Learning;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

/// <summary>
/// The check of a received file: it becomes a dataset where every row can be used; otherwise a person decides. Works in the file's own
/// folder, where nobody looks before the row says that the check is done; a start after a crash begins anew.
/// </summary>
internal sealed class CheckFileJob(CampaignDbContext db, ReceivedFiles received, DatasetIntake intake, FileStore files) : ICampaignJob
{
    /// <summary>As in the job's row.</summary>
    public const string JobKind = "check-file";

    public string Kind => JobKind;

    public async Task RunAsync(JobContext job, CancellationToken cancellation)
    {
        var file = await db.Set<ReceivedFile>().SingleOrDefaultAsync(one => one.Id == job.SubjectId, cancellation);
        if (file is null)
        {
            // An earlier start made the dataset and was cut off before its job's row said so.
            return;
        }

        try
        {
            job.Report("Finding out how to read the file", 0);
            var examined = received.Examine(file, file.ReadChoices());
            var remembered = await RememberedColumns.FindAsync(db, examined.Columns, cancellation);
            var found = CheckWhole(file, examined, remembered, job, cancellation);

            job.Report("Saving", 0.98);
            if (found.RejectedRowCount == 0)
            {
                await received.BecomeDatasetAsync(file, found, job.Actor, cancellation);
                return;
            }

            file.RejectedRowCount = found.RejectedRowCount;
            file.Version++;
            await db.SaveChangesAsync(cancellation);
        }
        catch (RefusedException)
        {
            await intake.RecordRefusalAsync(DatasetIntake.Subject(job.SubjectId), "checking the file", job.Actor);
            throw;
        }
        catch (Exception fault) when (DiskSpace.IsFull(fault))
        {
            // The dataset was not saved. Without its columns there is room again for the job's row to say so.
            FileCheck.Clear(files.DatasetFolder(file.Id));
            throw;
        }
    }

    /// <summary>Of a check that does not come to its end, no column is kept.</summary>
    private CheckedFile CheckWhole(ReceivedFile file, FileExamination examined, RememberedColumns? remembered, JobContext job, CancellationToken cancellation)
    {
        try
        {
            return Check(file, examined, remembered, job, cancellation);
        }
        catch
        {
            FileCheck.Clear(files.DatasetFolder(file.Id));
            throw;
        }
    }

    /// <summary>What was confirmed for such columns before holds again where it fits; where it does not, the columns are guessed.</summary>
    private CheckedFile Check(ReceivedFile file, FileExamination examined, RememberedColumns? remembered, JobContext job, CancellationToken cancellation)
    {
        var folder = files.DatasetFolder(file.Id);
        var reading = job.Part("Reading the rows", 0.02, 0.9);
        if (remembered is not null)
        {
            try
            {
                var asBefore = examined with { Dialect = examined.Dialect with { Remarks = [.. examined.Dialect.Remarks, remembered.Remark] } };
                return FileCheck.Run(folder, asBefore, remembered.ToRequest(), mustBeCertain: false, reading, cancellation);
            }
            catch (RefusedException refused)
            {
                // Another class, a column that is free text now: the columns are guessed, and the person is told.
                var remark = $"The columns could not be set as in {remembered.FileName}: {refused.Message}";
                examined = examined with { Dialect = examined.Dialect with { Remarks = [.. examined.Dialect.Remarks, remark] } };
            }
        }

        return FileCheck.Run(folder, examined, RoleRequest.Guess, mustBeCertain: false, reading, cancellation);
    }
}

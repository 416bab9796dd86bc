using System.Text.Json;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets.Profiles;

/// <summary>
/// A dataset's profile and quality report: made by a job once the columns are confirmed, and anew whenever they change. Both lie in the
/// dataset's folder under the version that they are about; the row says which version that is, so a page never shows another's.
/// </summary>
public sealed class DatasetProfiles(CampaignDbContext db, FileStore files, JobQueue jobs)
{
    /// <summary>Null while they are being made, and for a dataset that was never looked at.</summary>
    public async Task<DatasetProfile?> LoadAsync(Guid datasetId, CancellationToken cancellation = default) =>
        await CurrentVersionAsync(datasetId, cancellation) is { } version
            ? JsonSerializer.Deserialize<DatasetProfile>(await File.ReadAllBytesAsync(ProfileIn(files.DatasetFolder(datasetId), version), cancellation), ProfileJson.Options)
            : null;

    /// <summary>As <see cref="LoadAsync"/>.</summary>
    public async Task<QualityReport?> LoadQualityAsync(Guid datasetId, CancellationToken cancellation = default) =>
        await CurrentVersionAsync(datasetId, cancellation) is { } version
            ? JsonSerializer.Deserialize<QualityReport>(await File.ReadAllBytesAsync(QualityIn(files.DatasetFolder(datasetId), version), cancellation), JsonSerializerOptions.Web)
            : null;

    /// <summary>The latest job that makes them; null where none was asked for.</summary>
    public Task<JobRecord?> FindJobAsync(Guid datasetId, CancellationToken cancellation = default) => db.Jobs.AsNoTracking()
        .Where(job => job.SubjectId == datasetId && job.Kind == ProfileDatasetJob.JobKind)
        .OrderByDescending(job => job.CreatedUtc)
        .FirstOrDefaultAsync(cancellation);

    /// <summary>Adds the job to the unit of work; the caller saves, then calls <see cref="ScheduleAsync"/>.</summary>
    internal JobRecord Add(Guid datasetId, Actor actor) => jobs.Add(db, ProfileDatasetJob.JobKind, datasetId, actor);

    internal Task ScheduleAsync(JobRecord job, CancellationToken cancellation) => jobs.ScheduleAsync(job.Id, cancellation);

    /// <summary>Asks for them to be made, for a dataset that came without a person confirming it or whose job failed.</summary>
    public async Task QueueAsync(Guid datasetId, Actor actor, CancellationToken cancellation = default)
    {
        var job = Add(datasetId, actor);
        await db.SaveChangesAsync(cancellation);
        await ScheduleAsync(job, cancellation);
    }

    internal static string ProfileIn(string datasetFolder, int version) => Path.Combine(datasetFolder, FormattableString.Invariant($"profile-{version}.json"));

    internal static string QualityIn(string datasetFolder, int version) => Path.Combine(datasetFolder, FormattableString.Invariant($"quality-{version}.json"));

    private async Task<int?> CurrentVersionAsync(Guid datasetId, CancellationToken cancellation) =>
        await db.Set<Dataset>().AsNoTracking()
            .Where(dataset => dataset.Id == datasetId && dataset.DeletedUtc == null && dataset.ProfiledVersion == dataset.Version)
            .Select(dataset => dataset.ProfiledVersion)
            .SingleOrDefaultAsync(cancellation);
}

using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets.Profiles;

/// <summary>Looks a dataset over: the profile of its columns, then the checks of its quality.</summary>
internal sealed class ProfileDatasetJob(CampaignDbContext db, FileStore files, WorkThreads threads, TimeProvider clock) : ICampaignJob
{
    /// <summary>As in the job's row.</summary>
    public const string JobKind = "profile-dataset";

    public string Kind => JobKind;

    public async Task RunAsync(JobContext job, CancellationToken cancellation)
    {
        var dataset = await db.Set<Dataset>().AsNoTracking().SingleAsync(one => one.Id == job.SubjectId, cancellation);
        if (dataset.DeletedUtc is not null || !dataset.ColumnsConfirmed || dataset.ProfiledVersion == dataset.Version)
        {
            return;
        }

        var folder = files.DatasetFolder(dataset.Id);
        var roles = dataset.ReadRoles();
        using var table = ColumnTable.Open(Dataset.ColumnsIn(folder));
        var affluent = DatasetCatalog.ReadClasses(table, roles.Label, roles.AffluentValue);
        var profile = ProfileBuilder.Build(
            table, affluent, ProfiledColumns(table, roles), threads.Count, job.Part("Looking at every column", 0, 0.7), cancellation: cancellation);

        job.Report("Checking the file", 0.7);
        var report = QualityChecks.Run(
            new QualityInput(
                table, roles, ReadingFacts.Load(folder).Columns, profile, await EarlierFileAsync(dataset, cancellation), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)),
            cancellation);

        job.Report("Saving", 0.98);
        Write(DatasetProfiles.ProfileIn(folder, dataset.Version), profile, ProfileJson.Options);
        Write(DatasetProfiles.QualityIn(folder, dataset.Version), report, JsonSerializerOptions.Web);

        // Nothing where the columns were changed meanwhile: that change has queued a job of its own.
        await db.Set<Dataset>().Where(one => one.Id == dataset.Id && one.Version == dataset.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ProfiledVersion, dataset.Version), cancellation);
    }

    /// <summary>All but the id, the recorded class and what tells who a person is.</summary>
    private static string[] ProfiledColumns(ColumnTable table, ColumnRoles roles) =>
    [
        .. table.Columns.Select(column => column.Name).Where(name =>
            name != roles.Id && name != roles.Label && !roles.LeftOut.Any(left => left.Name == name && left.Reason == LeftOutReason.PersonalData)),
    ];

    /// <summary>The latest confirmed file before this one: with the same columns where there is one, else with at least half of them.</summary>
    private async Task<EarlierFile?> EarlierFileAsync(Dataset dataset, CancellationToken cancellation)
    {
        var earlier = dataset.Earlier(db);
        var found = await earlier.Where(other => other.HeaderSignature == dataset.HeaderSignature).FirstOrDefaultAsync(cancellation)
            ?? await earlier.FirstOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }

        var folder = files.DatasetFolder(found.Id);
        using var table = ColumnTable.Open(Dataset.ColumnsIn(folder));
        using var now = ColumnTable.Open(Dataset.ColumnsIn(files.DatasetFolder(dataset.Id)));
        var hasSameHeader = found.HeaderSignature == dataset.HeaderSignature;
        if (!hasSameHeader && now.Columns.Count(column => table.IndexOf(column.Name) >= 0) * 2 < now.Columns.Count)
        {
            return null;
        }

        var roles = found.ReadRoles();
        return new EarlierFile(
            found.FileName,
            found.UploadedUtc,
            found.RowCount,
            DatasetCatalog.ReadClasses(table, roles.Label, roles.AffluentValue).Count(isAffluent => isAffluent),
            table.Columns.ToDictionary(column => column.Name, column => (double)column.MissingCount / Math.Max(1, table.RowCount)),
            hasSameHeader);
    }

    private static void Write<T>(string path, T content, JsonSerializerOptions options)
    {
        using (var file = File.Create(path + ".new"))
        {
            JsonSerializer.Serialize(file, content, options);
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}

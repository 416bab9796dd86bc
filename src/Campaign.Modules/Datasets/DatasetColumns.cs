using System.Text.Json;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.Datasets;

/// <summary>The first rows of a dataset as texts; a missing cell is null.</summary>
public sealed record DatasetPreview(IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>What a dataset's columns hold and are for, as a person looks at it and confirms it.</summary>
public sealed class DatasetColumns(CampaignDbContext db, FileStore files, DatasetProfiles profiles, AuditTrail trail, TimeProvider clock)
{
    private const int PreviewRows = 20;

    /// <summary>The first 20 rows.</summary>
    public DatasetPreview Preview(Guid datasetId)
    {
        using var table = ColumnTable.Open(Dataset.ColumnsIn(files.DatasetFolder(datasetId)));
        var rows = Enumerable.Range(0, Math.Min(PreviewRows, table.RowCount))
            .Select(row => (IReadOnlyList<string?>)[.. Enumerable.Range(0, table.Columns.Count).Select(column => table.Text(column, row))]);
        return new(table.Columns, [.. rows]);
    }

    /// <summary>
    /// Sets the roles of a dataset's columns, confirms and remembers them, and queues the profile. What <paramref name="request"/> leaves open
    /// keeps its present role; a column that is to hold something else is read again from the kept bytes.
    /// </summary>
    /// <param name="expectedVersion">The <see cref="Dataset.Version"/> that the person saw.</param>
    /// <exception cref="RefusedException">The roles don't fit the columns, or another person changed the dataset meanwhile.</exception>
    public async Task<DatasetSummary> ConfirmAsync(Guid datasetId, RoleRequest request, int expectedVersion, Actor actor, CancellationToken cancellation = default)
    {
        var dataset = await db.Set<Dataset>().SingleAsync(one => one.Id == datasetId, cancellation);
        if (dataset.Version != expectedVersion || dataset.DeletedUtc is not null)
        {
            throw Conflict();
        }

        using var change = ColumnChange.Begin(dataset, files.DatasetFolder(datasetId), request, cancellation);
        var before = dataset.ReadRoles();
        dataset.RolesJson = JsonSerializer.Serialize(change.Roles, JsonSerializerOptions.Web);
        dataset.DialectJson = JsonSerializer.Serialize(change.Dialect, JsonSerializerOptions.Web);
        dataset.ColumnsConfirmed = true;
        dataset.Version = expectedVersion + 1;
        trail.Append(db, actor, AuditActions.ColumnsConfirmed, DatasetIntake.Subject(datasetId), new { before = before.Told(), after = change.Roles.Told() });
        await RememberedColumns.RememberAsync(db, dataset, change.Roles, actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var job = profiles.Add(datasetId, actor);
        try
        {
            await RememberedColumns.SaveAsync(db, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Conflict();
        }

        change.Keep();
        await profiles.ScheduleAsync(job, cancellation);
        return dataset.Summary();

        static RefusedException Conflict() => new("Someone else changed this dataset while you looked at it. Load the page again and decide anew.");
    }
}

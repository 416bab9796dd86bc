using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets.Contracts;

public sealed class DatasetDeletionTests
{
    private static readonly Actor Aina = new("u1", "Aina");

    [Fact]
    public async Task The_bytes_and_columns_go_and_the_row_stays_with_its_counts_and_fingerprint()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var before = await CheckedAsync(intake);

        await DeleteAsync(intake, before.Id, before.Version);

        Assert.False(Directory.Exists(intake.Folder(before.Id)));
        var after = (await intake.DatasetAsync(before.Id))!;
        Assert.Equal((before.RowCount, before.Fingerprint, "Aina", before.Version + 1), (after.RowCount, after.Fingerprint, after.DeletedByName, after.Version));
        Assert.Equal(intake.Clock.GetUtcNow().UtcDateTime, after.DeletedUtc);
        Assert.Equal("dataset deleted", (await intake.ActionsAsync(before.Id))[^1]);
        await intake.InScopeAsync(async services =>
        {
            var catalog = services.GetRequiredService<DatasetCatalog>();
            Assert.StartsWith("The customer file behind this was deleted.", Assert.Throws<RefusedException>(() => catalog.OpenColumns(before.Id)).Message, StringComparison.Ordinal);
            Assert.Null(await catalog.FindTwinAsync(before.Fingerprint));
            Assert.Empty(await catalog.NewestAsync(10));
            return Assert.Single(await catalog.WithFingerprintAsync(before.Fingerprint));
        });
    }

    [Fact]
    public async Task While_a_job_works_on_it_nothing_is_deleted()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var dataset = await CheckedAsync(intake);
        await intake.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<CampaignDbContext>();
            services.GetRequiredService<JobQueue>().Add(db, "profile-dataset", dataset.Id, Aina);
            return await db.SaveChangesAsync();
        });

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => DeleteAsync(intake, dataset.Id, dataset.Version));

        Assert.StartsWith("The file is being checked at this moment.", refusal.Message, StringComparison.Ordinal);
        await AssertThereAsync(intake, dataset);
    }

    [Fact]
    public async Task Who_saw_an_older_version_decides_anew_and_nobody_deletes_twice()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var dataset = await CheckedAsync(intake);
        await intake.ConfirmAsync(dataset.Id, RoleRequest.Guess);

        await Assert.ThrowsAsync<RefusedException>(() => DeleteAsync(intake, dataset.Id, dataset.Version));
        await AssertThereAsync(intake, dataset);
        await DeleteAsync(intake, dataset.Id, dataset.Version + 1);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => DeleteAsync(intake, dataset.Id, dataset.Version + 2));

        Assert.StartsWith("This dataset was changed or deleted", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await intake.ActionsAsync(dataset.Id), "dataset deleted");
    }

    [Fact]
    public async Task A_deletion_that_was_killed_after_its_row_was_saved_is_finished_by_the_sweep()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var dataset = await CheckedAsync(intake);
        var now = intake.Clock.GetUtcNow().UtcDateTime;
        await intake.InDatabaseAsync(db => db.Set<Dataset>().ExecuteUpdateAsync(set => set.SetProperty(one => one.DeletedUtc, now)));
        Directory.SetLastWriteTimeUtc(intake.Folder(dataset.Id), now.AddHours(-2));

        Assert.Equal(1, await intake.SweepAsync());

        Assert.False(Directory.Exists(intake.Folder(dataset.Id)));
        Assert.Equal(dataset.RowCount, (await intake.DatasetAsync(dataset.Id))!.RowCount);
    }

    private static async Task<Dataset> CheckedAsync(ArrivingFiles intake)
    {
        var id = await intake.ArriveAsync(IntakeFixture.Customers());
        await intake.CheckAsync(id);
        return (await intake.DatasetAsync(id))!;
    }

    private static Task<bool> DeleteAsync(ArrivingFiles intake, Guid id, int version) => intake.InScopeAsync(async services =>
    {
        await services.GetRequiredService<DatasetDeletion>().DeleteAsync(id, version, new { runs = 0 }, Aina);
        return true;
    });

    private static async Task AssertThereAsync(ArrivingFiles intake, Dataset dataset)
    {
        Assert.Null((await intake.DatasetAsync(dataset.Id))!.DeletedUtc);
        Assert.True(File.Exists(Path.Combine(intake.Folder(dataset.Id), "source.csv")));
        Assert.DoesNotContain("dataset deleted", await intake.ActionsAsync(dataset.Id));
    }
}

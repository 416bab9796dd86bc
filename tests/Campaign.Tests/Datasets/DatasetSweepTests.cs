using Campaign.Modules.Datasets;
using Campaign.Modules.Platform;
using Xunit;

namespace Campaign.Tests.Datasets;

public sealed class DatasetSweepTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [Fact]
    public async Task What_a_killed_process_left_goes_and_what_is_in_use_stays()
    {
        var kept = await intake.ReceiveAsync(IntakeFixture.Customers());
        var inUse = intake.Files.NewStagingFolder();
        using var claim = DatasetSweep.Claim(inUse);
        var abandoned = intake.Files.NewStagingFolder();
        await File.WriteAllTextAsync(abandoned + ".lock", "");
        var unclaimed = intake.Files.NewStagingFolder();
        var unclaimedForLong = intake.Files.NewStagingFolder();
        var newFolder = Folder();
        var orphan = Folder();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Directory.SetLastWriteTimeUtc(unclaimedForLong, now.AddHours(-25));
        Directory.SetLastWriteTimeUtc(orphan, now.AddHours(-2));
        Directory.SetLastWriteTimeUtc(intake.Files.DatasetFolder(kept.Dataset.Id), now.AddDays(-9));
        await using var db = intake.Database.Open();

        var removedCount = await DatasetSweep.RunAsync(db, intake.Files, new AuditTrail(TimeProvider.System), TimeProvider.System);

        Assert.Equal(3, removedCount);
        Assert.Equal([false, false, false], new[] { abandoned, unclaimedForLong, orphan }.Select(Directory.Exists));
        Assert.Equal([true, true, true, true], new[] { inUse, unclaimed, newFolder, intake.Files.DatasetFolder(kept.Dataset.Id) }.Select(Directory.Exists));
    }

    private string Folder() => Directory.CreateDirectory(intake.Files.DatasetFolder(Guid.NewGuid())).FullName;
}

using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class FileStoreTests : IDisposable
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly TempFolder _folder = new();

    [Fact]
    public void A_data_folder_that_it_makes_is_closed_to_other_users()
    {
        var root = new FileStore(_folder.Combine("new", "data")).Root;

        Assert.True(Directory.Exists(root));
        Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(root) & Others) == 0);
    }

    [Fact]
    public void A_result_takes_the_place_of_what_an_earlier_start_left_there()
    {
        var files = new FileStore(_folder.Combine("data"));
        var place = files.RunFolder(Guid.NewGuid());
        foreach (var content in new[] { "first", "second" })
        {
            var staging = files.NewStagingFolder();
            File.WriteAllText(Path.Combine(staging, "result.txt"), content);
            FileStore.MoveIntoPlace(staging, place);
        }

        Assert.Equal("second", File.ReadAllText(Path.Combine(place, "result.txt")));
        Assert.Empty(Directory.GetDirectories(Path.Combine(files.Root, "staging")));
    }

    [Fact]
    public void A_staging_folder_goes_at_the_end_unless_it_has_found_its_place()
    {
        var files = new FileStore(_folder.Combine("data"));
        var (failed, finished, place) = (files.NewStagingFolder(), files.NewStagingFolder(), files.ListFolder(Guid.NewGuid()));
        File.WriteAllText(Path.Combine(failed, "half.txt"), "half");
        using (FileStore.RemovedAtEnd(failed))
        using (FileStore.RemovedAtEnd(finished))
        {
            FileStore.MoveIntoPlace(finished, place);
        }

        Assert.True(Directory.Exists(place));
        Assert.Empty(Directory.GetDirectories(Path.Combine(files.Root, "staging")));
    }

    public void Dispose() => _folder.Dispose();
}

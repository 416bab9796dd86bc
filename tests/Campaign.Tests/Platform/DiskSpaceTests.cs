using Campaign.Learning;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class DiskSpaceTests
{
    [Fact]
    public void More_than_the_disk_has_is_refused_in_one_sentence()
    {
        using var folder = new TempFolder();

        var refusal = Assert.Throws<RefusedException>(() => DiskSpace.Require(folder.Path, long.MaxValue / 2));

        Assert.Equal(DiskSpace.Refusal().Message, refusal.Message);
        Assert.Contains("Nothing was saved", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070027))]
    [InlineData(unchecked((int)0x80070070))]
    public void A_full_disk_is_known_from_the_system_wherever_it_is_inside(int code)
    {
        var full = new IOException("No space left on device", code);

        Assert.True(DiskSpace.IsFull(full));
        Assert.True(DiskSpace.IsFull(new InvalidOperationException("while saving", new DbUpdateException("not saved", full))));
    }

    [Fact]
    public void A_full_disk_is_known_from_each_database()
    {
        Assert.True(DiskSpace.IsFull(new DbUpdateException("", new SqliteException("SQLite Error 13: 'database or disk is full'.", 13))));
        Assert.True(DiskSpace.IsFull(new PostgresException("could not extend file", "ERROR", "ERROR", "53100")));
    }

    [Fact]
    public void Other_faults_are_not_taken_for_a_full_disk()
    {
        Assert.False(DiskSpace.IsFull(new IOException("Connection reset by peer", 104)));
        Assert.False(DiskSpace.IsFull(new IOException("Unexpected end of stream")));
        Assert.False(DiskSpace.IsFull(new SqliteException("SQLite Error 5: 'database is locked'.", 5)));
        Assert.False(DiskSpace.IsFull(new PostgresException("duplicate key", "ERROR", "ERROR", "23505")));
        Assert.False(DiskSpace.IsFull(new InvalidOperationException("disk is full")));
    }
}

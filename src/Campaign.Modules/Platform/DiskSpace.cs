using Campaign.Learning;

namespace Campaign.Modules.Platform;

/// <summary>Free room on the disk that keeps the data folder: asked for before much is written, and told in one sentence where it runs out.</summary>
public static class DiskSpace
{
    /// <summary>Kept free beside what is to be written.</summary>
    private const long SpareBytes = 256L << 20;

    /// <exception cref="RefusedException">Fewer bytes are free on the disk of <paramref name="folder"/>.</exception>
    public static void Require(string folder, long bytes)
    {
        if (new DriveInfo(folder).AvailableFreeSpace < bytes + SpareBytes)
        {
            throw Refusal();
        }
    }

    /// <summary>Whether writing failed because the disk, or the disk of the database, is full.</summary>
    public static bool IsFull(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            // ENOSPC, and ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULTs; PostgreSQL's disk_full; SQLite says it in words only.
            if ((inner is IOException && inner.HResult is 28 or unchecked((int)0x80070027) or unchecked((int)0x80070070))
                || (inner is System.Data.Common.DbException database
                    && (database.SqlState == "53100" || database.Message.Contains("database or disk is full", StringComparison.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }

    public static RefusedException Refusal() => new("The disk that keeps the data is nearly full. Nothing was saved: free some space, then try again.");
}

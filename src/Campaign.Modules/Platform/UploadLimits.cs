namespace Campaign.Modules.Platform;

/// <summary>How much one request may send. The limits of the whole product are here.</summary>
public static class UploadLimits
{
    /// <summary>A customer file: 2 GB. Streamed to disk, never held in memory.</summary>
    public const long FileBytes = 2L << 30;

    /// <summary>Every other form, which is buffered: 4 MB.</summary>
    public const long FormBytes = 4L << 20;
}

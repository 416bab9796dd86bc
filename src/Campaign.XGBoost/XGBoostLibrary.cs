namespace Campaign.XGBoost;

/// <summary>The native library that is loaded.</summary>
public static class XGBoostLibrary
{
    /// <summary>For example 1.7.4.</summary>
    /// <exception cref="XGBoostException">The library is not installed.</exception>
    public static string Version
    {
        get
        {
            NativeMethods.XGBoostVersion(out var major, out var minor, out var patch);
            return $"{major}.{minor}.{patch}";
        }
    }

    /// <summary>Gives back to the system what XGBoost has freed and the C library keeps: on Linux with glibc; elsewhere nothing happens.</summary>
    public static void ReturnMemory()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = NativeMethods.TrimHeap(0);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which keeps less.
        }
    }
}

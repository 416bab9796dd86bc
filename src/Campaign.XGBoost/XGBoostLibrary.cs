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
}

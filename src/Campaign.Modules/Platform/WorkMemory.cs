using Campaign.XGBoost;

namespace Campaign.Modules.Platform;

/// <summary>The memory that large work takes.</summary>
public static class WorkMemory
{
    /// <summary>
    /// Gives back what the work before has left behind: the collector would keep it for itself, beside the memory that XGBoost or the next stage takes.
    /// </summary>
    public static void Return()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        XGBoostLibrary.ReturnMemory();
    }
}

namespace Campaign.Modules.Platform;

/// <summary>How many threads one piece of work (a training, a profile) may use. Results do not depend on it.</summary>
/// <param name="Count">At least 1.</param>
public sealed record WorkThreads(int Count);

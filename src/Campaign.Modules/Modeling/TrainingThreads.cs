namespace Campaign.Modules.Modeling;

/// <summary>How many threads a training may use. Results do not depend on it.</summary>
/// <param name="Count">At least 1.</param>
public sealed record TrainingThreads(int Count);

namespace Campaign.Modules.Platform.Shared;

/// <summary>A job that has not ended, as the progress card shows it.</summary>
public sealed record ProgressCard(string Title, JobRecord Job);

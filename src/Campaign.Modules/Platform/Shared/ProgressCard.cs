namespace Campaign.Modules.Platform.Shared;

/// <summary>A job that has not ended, as the progress card shows it; the page that holds the card answers its <c>Cancel</c> handler.</summary>
public sealed record ProgressCard(string Title, JobRecord Job, DateTime NowUtc, bool MayCancel);

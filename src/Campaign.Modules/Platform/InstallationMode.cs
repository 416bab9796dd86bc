namespace Campaign.Modules.Platform;

/// <summary>How this installation is used.</summary>
/// <param name="IsSingleUser">
/// One person works alone (single-user mode, or a command): whatever that person approves has had no second pair of
/// eyes, and documents and lists say 'not independently reviewed'.
/// </param>
public sealed record InstallationMode(bool IsSingleUser);

namespace Campaign.Modules.Platform;

/// <summary>How this installation is used.</summary>
/// <param name="IsSingleUser">
/// One person works alone (single-user mode, or a command): nothing can be approved, and documents and lists say 'not independently reviewed'.
/// </param>
public sealed record InstallationMode(bool IsSingleUser);

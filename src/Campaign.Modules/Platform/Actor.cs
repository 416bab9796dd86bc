namespace Campaign.Modules.Platform;

/// <summary>Who did something, as the audit trail names them. Never a customer.</summary>
/// <param name="Id">The user's id; <c>local-owner</c> in single-user mode, <c>command-line</c> for a command, <c>system</c> for start-up work.</param>
/// <param name="Name">What people call them.</param>
public sealed record Actor(string Id, string Name)
{
    public static Actor System { get; } = new("system", "Campaign");

    public static Actor CommandLine { get; } = new("command-line", "Command line");

    public static Actor LocalOwner { get; } = new("local-owner", "Local owner");
}

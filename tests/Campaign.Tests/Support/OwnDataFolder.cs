using System.Runtime.CompilerServices;

namespace Campaign.Tests.Support;

/// <summary>Commands under test that name no data folder keep their key in a temporary one, not in the home of whoever runs the tests.</summary>
internal static class OwnDataFolder
{
    [ModuleInitializer]
    internal static void Name() =>
        Environment.SetEnvironmentVariable("CAMPAIGN_DATA", Path.Combine(Directory.CreateTempSubdirectory("campaign-test-home-").FullName, "data"));
}

using System.ComponentModel;
using Campaign.Modules.Platform;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Campaign.Tests.Support;

/// <summary>
/// A promise that holds on every database: the method takes a <see cref="DatabaseProvider"/> and runs once for each. A database that is
/// not there shows as skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Campaign.Tests.Support.DatabaseTheoryDiscoverer", "Campaign.Tests")]
public sealed class DatabaseTheoryAttribute : FactAttribute
{
    /// <summary>A server where databases may be made and dropped, from the environment variable CAMPAIGN_SQLSERVER.</summary>
    internal static string? SqlServerConnection { get; } = Environment.GetEnvironmentVariable("CAMPAIGN_SQLSERVER") is { Length: > 0 } connection ? connection : null;

    /// <summary>Null where tests can run on that database.</summary>
    internal static string? AbsentReason(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.PostgreSql => PostgreSqlServer.AbsentReason,
        DatabaseProvider.SqlServer when SqlServerConnection is null => "CAMPAIGN_SQLSERVER holds no connection string",
        _ => null,
    };
}

public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Enum.GetValues<DatabaseProvider>().Select(provider =>
            new DatabaseTestCase(diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, provider));
}

/// <summary>One promise on one database.</summary>
public sealed class DatabaseTestCase : XunitTestCase
{
    [Obsolete("Called by the de-serializer only.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DatabaseTestCase()
    {
    }

    public DatabaseTestCase(
        IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method, DatabaseProvider provider)
        : base(diagnostics, display, displayOptions, method, [provider])
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? DatabaseTheoryAttribute.AbsentReason((DatabaseProvider)TestMethodArguments[0]);
}

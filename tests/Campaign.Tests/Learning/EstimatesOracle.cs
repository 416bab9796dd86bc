using System.Text.Json;
using Campaign.Learning;

namespace Campaign.Tests.Learning;

/// <summary>The invented log-odds, classes and customers of tests/oracle/estimates.json, and the reference values beside them.</summary>
internal static class EstimatesOracle
{
    internal static JsonElement Reference { get; } = OracleSample.Reference("estimates.json");

    internal static double[] LogOdds { get; } = OracleSample.Numbers(Reference.GetProperty("logOdds"));

    internal static bool[] Affluent { get; } = [.. Reference.GetProperty("affluent").EnumerateArray().Select(value => value.GetBoolean())];

    internal static CustomerIndex Customers { get; } =
        CustomerIndex.Of([.. Reference.GetProperty("customers").EnumerateArray().Select(value => value.GetInt32())]);

    internal static double[] Numbers(string first, string second) => OracleSample.Numbers(Reference.GetProperty(first).GetProperty(second));

    internal static double Number(string first, string second) => Reference.GetProperty(first).GetProperty(second).GetDouble();
}

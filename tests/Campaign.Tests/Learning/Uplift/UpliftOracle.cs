using System.Text.Json;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;

namespace Campaign.Tests.Learning.Uplift;

/// <summary>The reference values of tests/oracle/uplift.json.</summary>
internal static class UpliftOracle
{
    internal static JsonElement Reference { get; } = OracleSample.Reference("uplift.json");

    internal static UpliftStratum Stratum(JsonElement target, JsonElement control) => new(RateOf(target), RateOf(control));

    private static Rate RateOf(JsonElement pair) => new(pair[0].GetInt64(), pair[1].GetInt64());
}

using System.Text;
using System.Text.Json;
using Campaign.Modules.Platform;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{ \"b\" : 1,\n \"a\" : [ true, null, { \"d\":2, \"c\":\"x\" } ] }", "{\"a\":[true,null,{\"c\":\"x\",\"d\":2}],\"b\":1}")]
    [InlineData("\"\\u0041\\u00e9\\/\\u20ac \\ud83d\\ude00\"", "\"Aé/€ 😀\"")]
    [InlineData("\"\\u0001\\u001F\\b\\f\\n\\r\\t\\\\\\\"\"", "\"\\u0001\\u001f\\b\\f\\n\\r\\t\\\\\\\"\"")]
    [InlineData("[1.0, 1, 1E2, -0.5, 12345678901234567890]", "[1.0,1,1E2,-0.5,12345678901234567890]")]
    [InlineData("{\"\\ud83d\\ude00\":1,\"\\ufb33\":2,\"B\":3,\"a\":4,\"\":5}", "{\"\":5,\"B\":3,\"a\":4,\"😀\":1,\"\uFB33\":2}")]
    public void Spaces_order_and_escapes_do_not_matter_and_numbers_stand_as_they_are(string json, string canonical)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Of(document.RootElement)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[\"\\ud83d\"]")]
    [InlineData("{\"\\ud83d\":1}")]
    public void What_readers_could_read_in_two_ways_has_none(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Throws<JsonException>(() => CanonicalJson.Of(document.RootElement));
    }
}

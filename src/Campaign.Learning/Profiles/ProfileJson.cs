using System.Text.Json;
using System.Text.Json.Serialization;

namespace Campaign.Learning.Profiles;

/// <summary>A profile as JSON: camel case, kinds by name, undefined numbers as "NaN" and open ends as "Infinity", so that all of it reads back.</summary>
public static class ProfileJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };
}

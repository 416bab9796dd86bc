using System.Text.Json.Serialization;

namespace Campaign.Modules.TargetLists;

/// <summary>What a column of the bank's file can be on a target list's sheet.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ListField>))]
public enum ListField
{
    Household,
    RelationshipManager,
    Branch,
    Region,
    PreferredLanguage,
    PreferredChannel,
    LastContacted,
    ContactsIn30Days,
    ExistingProducts,
    Tenure,

    /// <summary>Personal: never without being asked for.</summary>
    Phone,

    /// <summary>Personal: never without being asked for.</summary>
    Email,
}

using System.Text.Json.Serialization;

namespace Campaign.Modules.TargetLists;

/// <summary>What the bank's own columns can tell the callers on a target list, in the order of the sheet.</summary>
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

    /// <summary>Personal data: only where a person says so, by role and purpose.</summary>
    Phone,

    /// <summary>As <see cref="Phone"/>.</summary>
    Email,
}

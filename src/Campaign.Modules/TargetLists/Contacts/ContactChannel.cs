using System.Text.Json.Serialization;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>The way a customer is contacted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContactChannel>))]
public enum ContactChannel
{
    Email,
    Sms,
    Call,
    Post,
}

namespace Campaign.Modules.TargetLists;

/// <summary>The ways a bank reaches a customer whom it needs consent for. Several at once are a set.</summary>
[Flags]
public enum ContactChannels
{
    None = 0,
    Email = 1,
    Sms = 2,
    Call = 4,
    Post = 8,
}

/// <summary>The channels one by one, and in words.</summary>
public static class ContactChannel
{
    /// <summary>Each channel once, in the order in which a list prefers them where nobody says otherwise.</summary>
    public static IReadOnlyList<ContactChannels> Each { get; } = [ContactChannels.Call, ContactChannels.Email, ContactChannels.Sms, ContactChannels.Post];

    /// <summary>'e-mail', 'SMS', 'call' or 'post'.</summary>
    public static string InWords(ContactChannels channel) => channel switch
    {
        ContactChannels.Email => "e-mail",
        ContactChannels.Sms => "SMS",
        ContactChannels.Call => "call",
        ContactChannels.Post => "post",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "One channel, not a set."),
    };

    /// <summary>The channel of these words; null for other words.</summary>
    public static ContactChannels? OfWords(string words) =>
        Each.Where(channel => InWords(channel).Equals(words, StringComparison.OrdinalIgnoreCase)).Select(channel => (ContactChannels?)channel).FirstOrDefault();
}

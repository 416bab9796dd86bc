namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>How often a customer may be contacted within any period of so many days, over all target lists.</summary>
/// <param name="PeriodDays">1 to <see cref="LongestPeriodDays"/>.</param>
/// <param name="Email">At most so many by e-mail, 1 or more; null where it is not limited. Likewise the others.</param>
public sealed record ContactCaps(int PeriodDays, int? Email, int? Sms, int? Call, int? Post)
{
    public const int LongestPeriodDays = 365;

    private static readonly ContactChannels[] Channels = [ContactChannels.Email, ContactChannels.Sms, ContactChannels.Call, ContactChannels.Post];

    /// <summary>One e-mail and one SMS a week; calls and letters are not limited.</summary>
    public static ContactCaps Own { get; } = new(7, 1, 1, null, null);

    public bool IsValid => PeriodDays is >= 1 and <= LongestPeriodDays && Channels.All(channel => MostOn(channel) is null or >= 1);

    public bool LimitsAny => Channels.Any(channel => MostOn(channel) is not null);

    /// <summary>Null where the channel is not limited.</summary>
    public int? MostOn(ContactChannels channel) => channel switch
    {
        ContactChannels.Email => Email,
        ContactChannels.Sms => Sms,
        ContactChannels.Call => Call,
        ContactChannels.Post => Post,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "One channel, not a set."),
    };

    /// <summary>For a person: 'in any 7 days at most 1 e-mail and 1 SMS; calls and letters are not limited'.</summary>
    public string Describe()
    {
        var limited = Channels.Where(channel => MostOn(channel) is not null).Select(Named).ToArray();
        var open = Channels.Where(channel => MostOn(channel) is null).Select(Named).ToArray();
        return limited.Length == 0 ? "no channel is limited"
            : $"in any {Platform.InWords.Count(PeriodDays, "day")} at most {Joined(limited)}" + (open.Length > 0 ? $"; {Joined(open)} are not limited" : "");
    }

    private static string Joined(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    private string Named(ContactChannels channel)
    {
        var (one, many) = channel switch
        {
            ContactChannels.Email => ("e-mail", "e-mails"),
            ContactChannels.Sms => ("SMS", "SMS"),
            ContactChannels.Call => ("call", "calls"),
            _ => ("letter", "letters"),
        };
        return MostOn(channel) is { } most ? Platform.InWords.Count(most, one, many) : many;
    }
}

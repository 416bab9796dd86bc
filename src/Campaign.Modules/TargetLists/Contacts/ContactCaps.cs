namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>How often a customer may be contacted within any period of so many days, over all target lists.</summary>
/// <param name="PeriodDays">1 to <see cref="LongestPeriodDays"/>.</param>
/// <param name="Email">At most so many by e-mail, 1 or more; null where it is not limited. Likewise the others.</param>
public sealed record ContactCaps(int PeriodDays, int? Email, int? Sms, int? Call, int? Post)
{
    public const int LongestPeriodDays = 365;

    /// <summary>One e-mail and one SMS a week; calls and letters are not limited.</summary>
    public static ContactCaps Own { get; } = new(7, 1, 1, null, null);

    public bool IsValid => PeriodDays is >= 1 and <= LongestPeriodDays && Enum.GetValues<ContactChannel>().All(channel => MostOn(channel) is null or >= 1);

    /// <summary>Null where the channel is not limited.</summary>
    public int? MostOn(ContactChannel channel) => channel switch
    {
        ContactChannel.Email => Email,
        ContactChannel.Sms => Sms,
        ContactChannel.Call => Call,
        _ => Post,
    };

    /// <summary>For a person: 'in any 7 days at most 1 e-mail and 1 SMS; calls and letters are not limited'.</summary>
    public string Describe()
    {
        var named = Enum.GetValues<ContactChannel>().ToLookup(channel => MostOn(channel) is not null, channel => Named(channel));
        var limits = named[true].Any() ? $"in any {Platform.InWords.Count(PeriodDays, "day")} at most {Joined(named[true])}" : "no channel is limited";
        return named[true].Any() && named[false].Any() ? $"{limits}; {Joined(named[false])} are not limited" : limits;
    }

    private static string Joined(IEnumerable<string> words) => words.ToArray() is [.. var all, var last] && all.Length > 0 ? $"{string.Join(", ", all)} and {last}" : words.First();

    private string Named(ContactChannel channel)
    {
        var (one, many) = channel switch
        {
            ContactChannel.Email => ("e-mail", "e-mails"),
            ContactChannel.Sms => ("SMS", "SMS"),
            ContactChannel.Call => ("call", "calls"),
            _ => ("letter", "letters"),
        };
        return MostOn(channel) is { } most ? Platform.InWords.Count(most, one, many) : many;
    }
}

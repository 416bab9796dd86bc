using System.Text.RegularExpressions;
using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A first definition from the names of a file's columns, for a person to look at: what is guessed stands on the page before anything is saved.
/// </summary>
public static partial class ListGuess
{
    /// <summary>Years; a bank's campaigns are for adults.</summary>
    private const double LowestAge = 18;

    private static readonly HashSet<string> YesWords = new(StringComparer.OrdinalIgnoreCase) { "y", "yes", "1", "true", "t", "ya", "agreed", "given", "granted", "opt-in", "optin", "in" };
    private static readonly HashSet<string> NoWords = new(StringComparer.OrdinalIgnoreCase) { "n", "no", "0", "false", "f", "tidak" };
    private static readonly HashSet<string> OpenWords = new(StringComparer.OrdinalIgnoreCase) { "active", "open", "a", "live", "current", "aktif" };

    private static readonly (ContactChannels Channel, string[] Words)[] ChannelWords =
    [
        (ContactChannels.Call, ["call", "calls", "phone", "tel", "telephone", "voice", "mobile"]),
        (ContactChannels.Email, ["email", "mail", "emails", "eml"]),
        (ContactChannels.Sms, ["sms", "text"]),
        (ContactChannels.Post, ["post", "postal", "letter", "dm"]),
    ];

    public static ListDefinition Of(ColumnTable table)
    {
        var choices = new ListChoices(table);
        var shown = ListFieldGuess.Of(table);
        var age = choices.NumberColumns.FirstOrDefault(column => Words(column) is ["age"] or [_, "age"]);
        return new()
        {
            Eligibility = new()
            {
                AgeColumn = age,
                FromAge = age is null ? null : LowestAge,
                Status = Rule(choices, words => words.Contains("status") && !words.Contains("marital"), OpenWords),
                Staff = Rule(choices, words => words.Contains("staff") || words.Contains("employee"), YesWords),
                Deceased = Rule(choices, words => words.Contains("deceased") || words.Contains("death") || words.Contains("dead"), YesWords),
            },
            Consent = new() { Channels = Consents(choices) },
            ShownColumns = shown,
            HouseholdColumn = shown.GetValueOrDefault(ListField.Household),
        };
    }

    private static List<ChannelConsent> Consents(ListChoices choices)
    {
        List<ChannelConsent> consents = [];
        foreach (var (channel, channelWords) in ChannelWords)
        {
            bool IsOfChannel(string[] words) => words.Any(channelWords.Contains);
            var rule = Rule(choices, words => IsOfChannel(words) && words.Any(word => word is "consent" or "consents" or "optin" or "pdpa" or "marketing" or "allow" or "allowed"), YesWords)
                ?? Rule(choices, words => IsOfChannel(words) && words.Any(word => word is "dnc" or "optout" or "unsubscribed" or "refused"), NoWords);
            if (rule is not null)
            {
                bool IsDateOf(string column, params string[] any) =>
                    Words(column) is var words && IsOfChannel(words) && words.Contains("consent") && words.Any(any.Contains);
                consents.Add(new(
                    channel, rule,
                    DateColumn: choices.DateColumns.FirstOrDefault(column => IsDateOf(column, "date", "dt", "on", "given", "since")),
                    ExpiryColumn: choices.DateColumns.FirstOrDefault(column => IsDateOf(column, "expiry", "expires", "until", "end"))));
            }
        }

        return consents;
    }

    /// <summary>The first column that is meant and has one of the values.</summary>
    private static ValueRule? Rule(ListChoices choices, Func<string[], bool> isMeant, HashSet<string> values) => choices.ValueColumns
        .Where(column => isMeant(Words(column)))
        .Select(column => new ValueRule(column, [.. choices.ValuesOf(column).Where(value => values.Contains(value.Trim()))]))
        .FirstOrDefault(rule => rule.Values.Count > 0);

    /// <summary>The words of a name in small letters: <c>Consent_E-mail</c> is consent, email.</summary>
    private static string[] Words(string column) =>
        [.. WordBorder().Split(column.Replace("e-mail", "email", StringComparison.OrdinalIgnoreCase).Replace("opt-", "opt", StringComparison.OrdinalIgnoreCase).Replace("opt_", "opt", StringComparison.OrdinalIgnoreCase))
            .Where(word => word.Length > 0).Select(word => word.ToLowerInvariant())];

    [GeneratedRegex(@"[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})")]
    private static partial Regex WordBorder();
}

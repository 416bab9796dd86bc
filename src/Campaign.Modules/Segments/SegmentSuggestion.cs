using System.Text.RegularExpressions;

namespace Campaign.Modules.Segments;

/// <summary>
/// A first draft of what to offer a segment's customers, by the names of its columns; a person edits it. The message never says what the
/// bank guesses of a customer, and no value of the rule.
/// </summary>
/// <param name="Product">A kind of product, to be replaced by the bank's own name for it.</param>
public sealed partial record SegmentSuggestion(string Product, string Message)
{
    /// <summary>The first that a column's name fits, in this order: the nearer to a product, the earlier.</summary>
    private static readonly (string[] Words, string Product, string Message)[] Known =
    [
        (["trust", "fund", "funds", "invest", "investment", "investments", "stock", "shares", "portfolio", "wealth"],
            "Investment review with a relationship manager", "Would you like to go through your investments with one of our relationship managers? We have time for you this month."),
        (["mortgage", "housing", "house", "home", "property"],
            "Property financing review", "We would like to look at your property financing with you, and at what could be better about it."),
        (["insurance", "takaful", "protection", "policy"],
            "Protection review", "Is your cover still right for you? We would be glad to go through it with you."),
        (["saving", "savings", "deposit", "deposits", "balance", "balances", "casa", "aum"],
            "Fixed deposit or money market placement", "We have placements that may suit what you keep with us. May we show you the current terms?"),
        (["card", "cards", "credit", "spend", "spending", "transactions"],
            "Premium credit card", "There is a card that fits how you pay. May we show you what comes with it?"),
        (["loan", "loans", "financing"],
            "Financing review", "We would like to look at your financing with you, and at what could be better about it."),
        (["income", "salary", "payroll", "capital", "gain"],
            "Priority banking", "As a customer of ours you can have a contact of your own. May we tell you what priority banking offers?"),
        (["business", "company", "employer", "occupation", "job", "profession", "workclass"],
            "Priority banking for professionals", "We have put together services for people in your profession. May we show them to you?"),
        (["age", "retirement", "pension", "epf", "birth"],
            "Retirement planning talk", "Would you like to talk about your plans for the years ahead? One of our planners has time for you."),
    ];

    private static readonly SegmentSuggestion Other = new(
        "Priority banking", "As a customer of ours you can have a contact of your own. May we tell you what priority banking offers?");

    /// <param name="columns">The names that the rule's conditions are on.</param>
    public static SegmentSuggestion For(IEnumerable<string> columns)
    {
        var words = columns.SelectMany(column => Word().Matches(column).Select(match => match.Value.ToLowerInvariant())).ToHashSet();
        foreach (var (known, product, message) in Known)
        {
            if (known.Any(words.Contains))
            {
                return new SegmentSuggestion(product, message);
            }
        }

        return Other;
    }

    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lo}+")]
    private static partial Regex Word();
}

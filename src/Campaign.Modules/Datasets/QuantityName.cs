using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets;

/// <summary>Which of a quantity's values over time a column holds.</summary>
internal enum QuantityLevel
{
    Unsaid,
    Average,
    Highest,
    Lowest,
}

/// <summary>What the name of a number or date column says that it measures, to a reader of bank files.</summary>
internal sealed class QuantityName
{
    public const string Overdraft = "overdraft";
    private const string Card = "card";

    private static readonly HashSet<string> CountWords = ["n", "no", "nr", "nbr", "num", "number", "cnt", "ct", "count", "counts"];
    private static readonly HashSet<string> AmountWords = ["amt", "amount", "value", "volume", "sum", "spend", "spent", "turnover"];

    /// <summary>Words of columns that hold codes, shares or times rather than amounts or counts.</summary>
    private static readonly HashSet<string> OtherWords =
    [
        "type", "typ", "code", "band", "level", "lvl", "group", "class", "flag", "tag", "ind", "status", "grade", "score", "rate", "ratio", "pct", "percent", "percentage", "share", "source", "purpose",
        "term", "tenor", "tenure", "months", "years", "days", "age", "date", "month", "year", "rank", "change", "chng", "growth", "utilization", "utilisation",
    ];

    private static readonly HashSet<string> IncomeWords = ["income", "incm", "inc", "salary", "wage", "wages", "earnings", "payroll"];
    private static readonly HashSet<string> DebtWords = ["debt", "debts", "loan", "loans", "liability", "liabilities", "mortgage", "owed", "borrowing", "borrowings", "installment", "instalment", "repayment", "emi"];
    private static readonly HashSet<string> LimitWords = ["limit", "limits", "lmt", "lim", "creditlimit", "cardlimit"];
    private static readonly HashSet<string> CardWords = ["cc", "card", "cards", "credit", "creditcard", "revolving", "creditlimit", "cardlimit"];
    private static readonly HashSet<string> OverdraftWords = ["od", "overdraft"];
    private static readonly HashSet<string> BalanceWords = ["balance", "bal", "bill", "outstanding", "os", "used", "usage"];
    private static readonly HashSet<string> PlainBalanceWords = ["balance", "bal", "amount", "amt", "total", "current", "monthly", "mth", "ave", "avg", "average"];
    private static readonly HashSet<string> ActivityWords = ["trx", "trxs", "txn", "txns", "trn", "trns", "tran", "trans", "transaction", "transactions", "purchase", "purchases", "activity", "logins"];
    private static readonly HashSet<string> ProductWords = ["prd", "prod", "prods", "product", "products", "relationship", "relationships", "services", "holdings"];
    private static readonly HashSet<string> ProductPlurals = ["prods", "products", "relationships", "services", "holdings"];
    private static readonly HashSet<string> SavingsWords = ["saving", "savings", "deposit", "deposits", "balance", "bal"];
    private static readonly HashSet<string> BirthWords = ["birth", "dob", "birthdate", "birthday", "bday", "born"];
    private static readonly HashSet<string> AheadWords = ["expiry", "expiration", "expires", "exp", "maturity", "matures", "due", "next", "end", "renewal", "valid", "until", "review"];
    private static readonly HashSet<string> AverageWords = ["avg", "ave", "average", "mean", "mth", "mthly", "monthly", "month"];
    private static readonly HashSet<string> HighestWords = ["max", "maximum", "highest", "peak"];
    private static readonly HashSet<string> LowestWords = ["min", "minimum", "lowest"];

    private readonly string[] words;
    private readonly bool isCount;
    private readonly bool isAmount;

    public QuantityName(string column, ColumnKind kind)
    {
        Column = column;
        Kind = kind;
        words = [.. ColumnWords.Words(column).SelectMany(Unglued)];
        Level = Has(LowestWords) ? QuantityLevel.Lowest : Has(HighestWords) ? QuantityLevel.Highest : Has(AverageWords) ? QuantityLevel.Average : QuantityLevel.Unsaid;
        Thing = string.Concat(words.Where(word => !AverageWords.Contains(word) && !HighestWords.Contains(word)));
        isCount = Has(CountWords);
        isAmount = !isCount && !words.Where(word => !AverageWords.Contains(word)).Any(OtherWords.Contains);
    }

    public string Column { get; }

    public ColumnKind Kind { get; }

    public QuantityLevel Level { get; }

    /// <summary>The name without the words of its level: casa for both MTHCASA and MAXCASA.</summary>
    public string Thing { get; }

    public bool IsTotal => words.Contains("total");

    public bool IsIncome => isAmount && Has(IncomeWords);

    public bool IsCreditLines => words.Contains("credit") && (words.Contains("lines") || (words.Contains("line") && isCount));

    public bool IsDebt => isAmount && Has(DebtWords) && !IsLimit && !IsCreditLines && !IsIncome;

    public bool IsLimit => isAmount && Has(LimitWords);

    public bool IsSavings => isAmount && Has(SavingsWords) && !IsLimit && !IsDebt && !IsIncome && Subject is null && Level is QuantityLevel.Unsaid or QuantityLevel.Average;

    public bool IsBirth => Has(BirthWords);

    /// <summary>A date that lies ahead of most customers.</summary>
    public bool IsAhead => Has(AheadWords);

    public bool IsActivity => Has(ActivityWords);

    /// <summary>The kind of credit that is spoken of; null where none is.</summary>
    public string? Subject => Has(OverdraftWords) ? Overdraft : Has(CardWords) ? Card : null;

    /// <summary>The higher the better; 0 where it is no number of transactions, nor their amount.</summary>
    public int ActivityRank =>
        !IsActivity || Level is QuantityLevel.Highest or QuantityLevel.Lowest || (!isCount && !isAmount) ? 0
        : isCount ? 3
        : Has(AmountWords) ? (Level == QuantityLevel.Unsaid ? 2 : 1)
        : 1;

    /// <summary>The higher the better; 0 where it is no number of products.</summary>
    public int ProductsRank => !Has(ProductWords) || IsActivity ? 0 : isCount ? 2 : isAmount && ProductPlurals.Contains(words[^1]) && !Has(AmountWords) ? 1 : 0;

    /// <summary>How well this is the balance under a limit: of the same kind of credit, else of no said kind and hardly more than 'balance'; 0 where it is none.</summary>
    public int BalanceRank(QuantityName limit) =>
        !isAmount || IsLimit || IsActivity || IsIncome || Level is QuantityLevel.Highest or QuantityLevel.Lowest ? 0
        : Subject is { } subject && subject == (limit.Subject ?? Card) && (Has(BalanceWords) || Level == QuantityLevel.Average) ? 2
        : Subject is null && limit.Subject != Overdraft && words.Any(word => word is "balance" or "bal") && words.All(PlainBalanceWords.Contains) ? 1
        : 0;

    private bool Has(HashSet<string> some) => words.Any(some.Contains);

    /// <summary>MTHCASA is mth, casa: the words of a level are often stuck to what they speak of.</summary>
    private static IEnumerable<string> Unglued(string word)
    {
        foreach (var level in new[] { "max", "min", "avg", "ave", "mth" })
        {
            if (word.Length >= level.Length + 2 && word.StartsWith(level, StringComparison.Ordinal) && !AverageWords.Contains(word) && !HighestWords.Contains(word) && !LowestWords.Contains(word))
            {
                return [level, word[level.Length..]];
            }
        }

        return [word];
    }
}

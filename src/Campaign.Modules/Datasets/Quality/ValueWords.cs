namespace Campaign.Modules.Datasets.Quality;

/// <summary>What a column's name says about the values that it can have. Names are compared word by word, as in <see cref="ColumnWords"/>.</summary>
internal static class ValueWords
{
    private static readonly HashSet<string> AgeWords = ["age", "umur", "usia"];
    private static readonly HashSet<string> BirthWords = ["dob", "birth", "birthdate", "birthday", "birthdt", "bday", "lahir", "tarikhlahir", "tkhlahir", "yob"];
    private static readonly HashSet<string> EducationWords = ["edu", "educ", "education", "pendidikan", "qualification"];
    private static readonly HashSet<string> CodeWords = ["group", "grp", "band", "bin", "bracket", "bucket", "range", "class", "cat", "category", "code", "cd", "typ", "type", "flag", "score", "segment"];

    private static readonly HashSet<string> CountedWords =
    [
        "age", "umur", "usia", "limit", "lmt", "income", "incm", "gaji", "pendapatan", "salary", "sal", "price", "harga", "count", "cnt", "qty", "quantity", "tenure", "tenor", "num", "number", "n", "months", "days",
        "years", "dependants", "dependents", "tanggungan",
    ];

    // Of these a negative may be right whatever else the name says.
    private static readonly HashSet<string> SignedWords =
    [
        "net", "change", "chg", "diff", "difference", "delta", "growth", "var", "variance", "gap", "score", "index", "adj", "adjustment", "profit", "loss", "pnl", "return", "std", "scaled", "norm", "log", "id", "key", "left", "since", "to",
    ];

    private static readonly HashSet<string> AheadWords =
    [
        "maturity", "mature", "matures", "matur", "mat", "expiry", "exp", "expire", "expires", "expiration", "due", "next", "until", "till", "to", "end", "renewal", "renew", "valid", "closing", "planned", "plan", "scheduled",
        "target", "final", "last", "payoff", "tamat", "matang", "luput", "akhir",
    ];

    private static readonly HashSet<string> PercentWords = ["pct", "percent", "percentage", "perc", "peratus"];

    /// <summary>An age in years, not a code for a range of ages and not an account's age.</summary>
    public static bool IsAge(string column) => Says(column, AgeWords) && ColumnWords.IsSensitive(column) && !Says(column, CodeWords) && !Says(column, ["months", "month", "days"]);

    /// <summary>The day, or the year, that a person was born.</summary>
    public static bool IsBirth(string column) => Says(column, BirthWords) && !Says(column, ["place", "country", "city", "state", "order"]);

    /// <summary>Of a customer there is one: rows with the same id can't differ in it.</summary>
    public static bool SaysOneThing(string column) => IsAge(column) || IsBirth(column) || Says(column, EducationWords);

    public static bool IsNeverNegative(string column) => Says(column, CountedWords) && !Says(column, SignedWords);

    /// <summary>A date that may well lie in the future.</summary>
    public static bool MayLieAhead(string column) => Says(column, AheadWords);

    public static bool IsPercent(string column) => Says(column, PercentWords) && !Says(column, SignedWords);

    private static bool Says(string column, HashSet<string> meant) => ColumnWords.Readings(ColumnWords.Words(column)).Any(meant.Contains);
}

using System.Text.RegularExpressions;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets;

/// <summary>What a column's name and a class's name say to a reader of bank files. Names are compared word by word: <c>C_seg</c> is c, seg.</summary>
internal static partial class ColumnWords
{
    private static readonly HashSet<string> CustomerWords = ["customer", "cust", "client", "cif", "member", "c"];
    private static readonly HashSet<string> NumberWords = ["id", "ids", "no", "nr", "nbr", "num", "number", "key", "code", "ref"];
    private static readonly HashSet<string> IdWords = ["id", "cid", "cif", "customerid", "custid", "clientid", "memberid", "customerno", "custno", "customernumber", "cifno", "rowid", "uid", "guid"];
    private static readonly HashSet<string> LabelWords = ["segment", "seg", "segmentation", "class", "label", "target", "affluent", "affluence", "tier", "outcome", "y", "hnw", "priority"];
    private static readonly HashSet<string> SensitiveWords =
    [
        "age", "dob", "birth", "birthdate", "birthday", "yob", "gender", "sex", "race", "ethnic", "ethnicity", "religion", "religious", "faith", "marital", "marriage", "nationality",
        "citizenship", "citizen", "disability", "disabled", "pregnant", "caste", "orientation", "politics", "political",
        "umur", "usia", "lahir", "tarikhlahir", "tkhlahir", "birthdt", "dtofbirth", "bday", "gndr", "gendr", "jantina", "kelamin", "ethn", "ethnc", "etnik", "bangsa", "kaum", "bumi", "bumiputera",
        "bumiputra", "relig", "rlgn", "relign", "agama", "mrtl", "marst", "marsts", "marstat", "marstatus", "maritalsts", "mstat", "mstatus", "civilstatus", "kahwin", "perkahwinan",
        "natl", "natlty", "ntnlty", "nation", "ctzn", "ctznship", "warganegara", "kewarganegaraan", "oku",
    ];

    private static readonly HashSet<string> ThingWords = ["account", "acct", "acc", "loan", "card", "vehicle", "car", "property", "policy", "product", "relationship", "tenure", "avg", "average", "company", "branch"];
    private static readonly HashSet<string> PersonWords = ["customer", "cust", "client", "first", "last", "full", "middle", "given", "family", "sur", "person", "holder", "contact", "your", "my", "legal", "maiden", "nick", "preferred", "c", "pelanggan", "penuh", "kad", "rumah"];
    private static readonly HashSet<string> PersonalWords =
    [
        "surname", "firstname", "lastname", "fullname", "givenname", "familyname", "customername", "clientname", "custname", "email", "mail", "phone", "telephone", "tel", "mobile", "handphone", "cellphone", "fax",
        "whatsapp", "nric", "mykad", "passport", "ssn", "ic", "icno", "aadhaar", "pan", "address", "addr", "street", "iban", "login", "username",
        "fname", "lname", "custnm", "custnme", "nama", "emel", "eml", "telefon", "telno", "phn", "phno", "mobno", "hpno", "nohp", "alamat", "kp", "nokp", "kpno", "pengenalan", "pasport", "paspot", "sin", "tin",
    ];

    private static readonly HashSet<string> PlaceWords = ["home", "work", "office", "primary", "secondary", "line", "postal", "mailing", "residential", "contact"];

    private static readonly HashSet<string> DateWords =
    [
        "date", "dates", "dt", "dte", "day", "dob", "birth", "birthdate", "birthday", "opened", "open", "opening", "closed", "closing", "since", "joined", "join", "joining", "started", "start", "ended", "end", "expiry", "expires", "maturity",
        "created", "updated", "opendate", "joindate", "startdate", "enddate", "expirydate", "maturitydate", "tarikh",
    ];

    private static readonly HashSet<string> MeasureWords =
    [
        "amount", "amt", "balance", "bal", "value", "val", "count", "cnt", "number", "num", "no", "nbr", "days", "months", "years", "month", "year", "yr", "age", "sum", "total", "avg", "average", "mean", "max", "min", "rate", "fee", "limit", "id", "code",
    ];

    private static readonly HashSet<string> AffluentValues =
    [
        "affluent", "mass affluent", "emerging affluent", "hidden affluent", "priority", "premier", "private", "private banking", "wealth", "wealthy", "rich", "vip", "hnw", "hnwi", "uhnw", "high net worth",
        "yes", "y", "true", "t", "1", "positive", "pos", "high", "gold", "platinum",
    ];

    /// <summary>3: surely the customer's id; 1: some id; 0: none.</summary>
    public static int IdRank(string column)
    {
        var words = Words(column);
        var joined = string.Concat(words);
        var namesCustomer = words.Length is 2 or 3 && words.Any(CustomerWords.Contains) && words.Any(NumberWords.Contains)
            && words.All(word => CustomerWords.Contains(word) || NumberWords.Contains(word));
        if (namesCustomer || (words.Length == 1 && IdWords.Contains(joined)))
        {
            return 3;
        }

        return words.Length > 0 && words[^1] is "id" or "ids" && words.Length <= 3 ? 1 : 0;
    }

    /// <summary>2: the name is hardly anything but the recorded class; 1: a word of it is; 0: none.</summary>
    public static int LabelRank(string column)
    {
        var words = Words(column);
        return words.Any(LabelWords.Contains) ? (words.Length <= 2 ? 2 : 1) : 0;
    }

    public static bool IsSensitive(string column)
    {
        var words = Words(column);
        return (Readings(words).Any(SensitiveWords.Contains) && !words.Any(ThingWords.Contains) && !IsPersonal(column))
            || string.Concat(words) is "nativecountry" or "countryofbirth" or "birthcountry" or "maritalstatus";
    }

    public static bool IsPersonal(string column)
    {
        var words = Words(column);
        var joined = string.Concat(words);
        return joined is "name" or "nationalid" or "natlid" or "idnumber" or "idno" or "identitycard"
            || PersonalWords.Contains(joined)
            || (words.Any(PersonalWords.Contains) && words.All(word => PersonalWords.Contains(word) || PersonWords.Contains(word) || NumberWords.Contains(word) || PlaceWords.Contains(word)))
            || (words.Contains("name") && words.Any(PersonWords.Contains))
            || (words.Contains("id") && words.Any(word => word is "national" or "natl" or "ntnl"))
            || (words.Contains("identity") && words.Any(NumberWords.Contains));
    }

    /// <summary>Whether a column's numbers may be days as a spreadsheet counts them, or digits of a date: its name says date and nothing that is counted or paid.</summary>
    public static bool NamesDate(string column)
    {
        var words = Words(column);
        return words.Any(DateWords.Contains) && !words.Any(MeasureWords.Contains);
    }

    /// <summary>Whether a class's name, in the form of <see cref="LabelText.Key"/>, reads like affluent.</summary>
    public static bool ReadsAffluent(string labelKey) => AffluentValues.Contains(labelKey);

    /// <summary>The words of a column's name in lower case; digits and signs only part them.</summary>
    public static string[] Words(string column) =>
        [.. Word().Matches(column).Select(match => match.Value.ToLowerInvariant())];

    /// <summary>Each word, and each pair of neighbours as one: <c>MAR_STAT</c> is mar, stat, marstat.</summary>
    public static IEnumerable<string> Readings(string[] words) => words.Concat(words.Zip(words.Skip(1), string.Concat));

    /// <summary>Runs of letters, cut where small letters turn to capitals (CustomerNo) and where capitals end before a word (CIFNumber).</summary>
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

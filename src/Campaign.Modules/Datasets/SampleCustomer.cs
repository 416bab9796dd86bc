using System.Globalization;
using Campaign.Learning;

namespace Campaign.Modules.Datasets;

/// <summary>
/// One invented customer of the sample bank, drawn from the published profile of such a file: a wealth that nobody sees whole moves products,
/// balances, education, house and occupation. Null and NaN are missing, which means that the customer does not own the product.
/// </summary>
internal sealed class SampleCustomer
{
    public const string Header =
        "C_ID,C_AGE,C_EDU,C_HSE,PC,INCM_TYP,gn_occ,NUM_PRD,CASATD_CNT,MTHCASA,MAXCASA,MINCASA,DRvCR,MTHTD,MAXTD,Asset value,HL_tag,AL_tag,"
        + "pur_price_avg,UT_AVE,MAXUT,N_FUNDS,CC_AVE,MAX_MTH_TRN_AMT,MIN_MTH_TRN_AMT,AVG_TRN_AMT,ANN_TRN_AMT,ANN_N_TRX,CC_LMT,C_seg";

    /// <summary>Ids are drawn from so many, so that in a file of the usual size about a quarter of the rows repeats one.</summary>
    private const int IdCount = 97_000;

    private static readonly WeightedChoice Education = new(
        ("Degree", 0.41, 0.03), ("Diploma", 0.23, -0.15), ("O-Levels", 0.14, 0.02), ("Masters", 0.10, 0.08), ("A-Levels", 0.04, 0.10),
        ("Others", 0.035, 0.05), ("Below O-Levels", 0.015, 0), ("Professional Qualifications", 0.014, -0.3), ("PHD/Doctorate", 0.013, -0.2),
        ("Technical/Vocational Qualifications", 0.007, -0.3));

    private static readonly WeightedChoice House = new(
        ("HDB 4-5 ROOM", 0.69, -0.08), ("PRIVATE CONDOMINIUM", 0.15, 0.18), ("SEMI-DETACHED", 0.11, 0.15), ("TERRACE", 0.022, 0.25),
        ("SHOPHOUSE", 0.006, -0.3), ("EXECUTIVE CONDOMINIUM", 0.0045, 0.3), ("PRIVATE APARTMENT", 0.0045, 0.15), ("HDB 1-3 ROOM", 0.004, 0.2),
        ("HDB EXECUTIVE APARTMENT/ MANSIONETTE", 0.004, -0.1), ("BUNGALOW", 0.003, 0.2));

    private static readonly WeightedChoice IncomeLevel = new(
        ("2", 0.25, -0.12), ("6", 0.18, 0.05), ("5", 0.16, 0.05), ("4", 0.16, 0), ("3", 0.15, 0), ("1", 0.07, 0.15), ("7", 0.03, -0.1), ("8", 0.01, 0.05));

    private static readonly WeightedChoice Occupation = new(
        ("PMEB", 0.54, 0), ("BLUE COLLAR", 0.12, -0.12), ("HOUSEWIFE", 0.09, 0.35), ("OTHERS", 0.09, -0.06), ("WHITE COLLAR", 0.08, 0.08),
        ("RETIREE", 0.07, 0.4), ("STUDENT", 0.02, -0.5));

    /// <summary>House types that the real file has once each.</summary>
    private static readonly string[] RareHouses = ["HOUSEBOAT", "HOTEL", "WALK-UP APARTMENT", "STAFF QUARTERS"];

    public int Id { get; private set; }

    /// <summary>What decides who is truly affluent: the visible part and chance.</summary>
    public double Affluence { get; private set; }

    /// <summary>The part of the affluence that the columns show.</summary>
    public double VisibleAffluence { get; private set; }

    private int _age;
    private string? _education;
    private string? _house;
    private double _postalCode = double.NaN;
    private string? _incomeLevel;
    private string? _occupation;
    private int _products;
    private double _accounts = double.NaN;
    private double _currentMean = double.NaN;
    private double _currentMax = double.NaN;
    private double _currentMin = double.NaN;
    private double _debitToCredit = double.NaN;
    private double _depositMean = double.NaN;
    private double _depositMax = double.NaN;
    private double _assets;
    private bool _homeLoan;
    private bool _autoLoan;
    private double _purchasePrice = double.NaN;
    private double _trustMean = double.NaN;
    private double _trustMax = double.NaN;
    private double _funds = double.NaN;
    private double _cardBalance = double.NaN;
    private double _spendMax = double.NaN;
    private double _spendMin = double.NaN;
    private double _spendMean = double.NaN;
    private double _spendCount = double.NaN;
    private double _cardLimit = double.NaN;

    /// <summary>The customer of one row: the same for the same seed and row count, whatever was drawn before.</summary>
    public static SampleCustomer Draw(int seed, int row, int rowCount)
    {
        var random = new SampleRandom(SeededRandom.For(seed, row));
        var customer = new SampleCustomer();
        var wealth = random.Normal();
        customer.DrawPerson(ref random, wealth);
        customer.DrawProducts(ref random, wealth);
        customer.DrawQuirks(ref random, row, rowCount);
        return customer;
    }

    /// <summary>The columns up to the recorded class.</summary>
    public void WriteTo(TextWriter writer)
    {
        var culture = CultureInfo.InvariantCulture;
        writer.Write(string.Create(culture, $"{Id},{_age},{_education},{_house},"));
        // A column with missing cells went through a program that keeps whole numbers with a decimal, as in the real file.
        Write(writer, _postalCode, "0.0", ',');
        writer.Write(_incomeLevel is null ? "," : _incomeLevel + ".0,");
        writer.Write(string.Create(culture, $"{_occupation},{_products},"));
        Write(writer, _accounts, "0.0", ',');
        ReadOnlySpan<double> balances = [_currentMean, _currentMax, _currentMin, _debitToCredit, _depositMean, _depositMax, _assets];
        foreach (var amount in balances)
        {
            Write(writer, amount, "0.0#", ',');
        }

        writer.Write(_homeLoan ? "1.0," : ",");
        writer.Write(_autoLoan ? "1.0," : ",");
        Write(writer, _purchasePrice, "0.0#", ',');
        Write(writer, _trustMean, "0.0#", ',');
        Write(writer, _trustMax, "0.0#", ',');
        Write(writer, _funds, "0.0", ',');
        ReadOnlySpan<double> card = [_cardBalance, _spendMax, _spendMin, _spendMean, _spendMean * 12];
        foreach (var amount in card)
        {
            Write(writer, amount, "0.0#", ',');
        }

        Write(writer, _spendCount, "0.0", ',');
        if (!double.IsNaN(_cardLimit))
        {
            writer.Write(_cardLimit.ToString("0.0", culture));
        }
    }

    private static void Write(TextWriter writer, double value, string format, char after)
    {
        if (!double.IsNaN(value))
        {
            writer.Write(value.ToString(format, CultureInfo.InvariantCulture));
        }

        writer.Write(after);
    }

    private void DrawPerson(ref SampleRandom random, double wealth)
    {
        _age = (int)Math.Clamp(Math.Round(52 + (14.3 * ((0.25 * wealth) + (0.97 * random.Normal())))), 18, 99);
        var education = Education.Draw(ref random, wealth);
        _education = random.Chance(0.58) ? null : education;
        var house = House.Draw(ref random, wealth);
        _house = random.Chance(0.66) ? null : house;
        _postalCode = random.Chance(0.007) ? double.NaN : random.Below(99_999);
        var incomeLevel = IncomeLevel.Draw(ref random, wealth);
        _incomeLevel = random.Chance(0.45) ? null : incomeLevel;
        var occupation = Occupation.Draw(ref random, wealth + (0.02 * (_age - 52)));
        _occupation = random.Chance(0.013) ? null : occupation;
    }

    private void DrawProducts(ref SampleRandom random, double wealth)
    {
        var trust = random.Chance(Sigmoid(-4.1 + (1.35 * wealth)));
        var deposit = random.Chance(Sigmoid(-1.6 + (0.95 * wealth) + (0.015 * (_age - 52))));
        var current = random.Chance(Sigmoid(0.41 + (0.75 * wealth)));
        var card = random.Chance(Sigmoid(-1.05 + (0.1 * wealth)));
        _homeLoan = random.Chance(0.038);
        _autoLoan = random.Chance(Sigmoid(-2.5 - (0.35 * wealth)));
        _accounts = current || deposit ? 1 + random.Poisson(Math.Exp(-0.75 + (0.45 * Math.Clamp(wealth, -3, 3)))) : double.NaN;
        if (current)
        {
            _currentMean = Math.Exp(7.9 + wealth + (1.55 * random.Normal()));
            _currentMax = _currentMean * Math.Exp(-0.1 + (0.25 * random.Normal()));
            _currentMin = _currentMean * Math.Exp(-0.9 + (0.9 * random.Normal()));
            if (random.Chance(0.76))
            {
                _debitToCredit = Math.Exp(0.5 + (0.3 * wealth) + (3.5 * Math.Abs(random.Normal())));
            }
        }

        if (deposit)
        {
            _depositMean = Math.Exp(10.6 + (0.55 * wealth) + (0.95 * random.Normal()));
            _depositMax = _depositMean * Math.Exp(-0.35 * Math.Abs(random.Normal()));
        }

        if (trust)
        {
            _trustMean = Math.Exp(9.9 + (0.4 * wealth) + random.Normal());
            _trustMax = _trustMean * Math.Exp(0.12 * Math.Abs(random.Normal()));
            _funds = 1 + random.Poisson(0.45 * Math.Exp(0.2 * wealth));
        }

        _assets = Math.Round(ZeroIfMissing(_currentMean) + ZeroIfMissing(_depositMean) + ZeroIfMissing(_trustMean), 2);
        DrawCard(ref random, wealth, card);
        if (_homeLoan || (_autoLoan && random.Chance(0.6)))
        {
            _purchasePrice = Math.Exp(11.6 + (0.25 * wealth) + (0.55 * random.Normal()));
        }

        var others = (random.Chance(Sigmoid(-0.1 + (0.9 * wealth))) ? 1 : 0) + (random.Chance(Sigmoid(-0.9 + (0.9 * wealth))) ? 1 : 0);
        bool[] held = [current, deposit, trust, card, _homeLoan, _autoLoan];
        _products = Math.Clamp(held.Count(has => has) + others, 1, 9);
        VisibleAffluence = (1.1 * wealth) + (0.55 * Math.Log(1 + _assets) / 4) + (0.35 * Math.Clamp(ZeroIfMissing(_accounts) - 1.2, -1, 3))
            + (trust ? 0.7 : 0) + (deposit ? 0.5 : 0) + (0.010 * (_age - 52));
        Affluence = VisibleAffluence + (1.35 * random.Normal());
    }

    private void DrawCard(ref SampleRandom random, double wealth, bool card)
    {
        if (card)
        {
            _cardBalance = Math.Exp(5.2 + (0.15 * wealth) + (1.9 * random.Normal()));
            if (random.Chance(0.69))
            {
                _spendMean = Math.Exp(5.6 + (0.25 * wealth) + (1.4 * random.Normal()));
                _spendMax = _spendMean * Math.Exp(0.9 + (0.5 * Math.Abs(random.Normal())));
                _spendMin = _spendMean * Math.Exp(-1.2 - Math.Abs(random.Normal()));
                _spendCount = Math.Max(1, Math.Round(Math.Exp(3.3 + (0.1 * wealth) + (1.4 * random.Normal()))));
            }
        }

        if (random.Chance(0.72))
        {
            _cardLimit = random.Chance(0.62) ? 0 : Math.Round(Math.Exp(8.7 + (0.2 * wealth) + (0.8 * random.Normal())) / 100) * 100;
        }
    }

    /// <summary>What is odd in the real file: repeated ids, impossible ages, postal codes of 0, house types that stand once.</summary>
    private void DrawQuirks(ref SampleRandom random, int row, int rowCount)
    {
        Id = random.Below(IdCount);
        var ageOddity = random.Below(66_083);
        if (ageOddity < 58)
        {
            _age = 122;
        }
        else if (ageOddity < 58 + 11)
        {
            _age = 2 + random.Below(15);
        }

        if (random.Chance(0.0315) && !double.IsNaN(_postalCode))
        {
            _postalCode = 0;
        }

        var spacing = rowCount / (RareHouses.Length + 1);
        if (rowCount >= 1000 && row % spacing == spacing / 2 && row / spacing < RareHouses.Length)
        {
            _house = RareHouses[row / spacing];
        }
    }

    private static double ZeroIfMissing(double value) => double.IsNaN(value) ? 0 : value;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

using System.Globalization;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Values: families 38 to 50.</summary>
internal static class ValueFamilies
{
    public static IReadOnlyList<BadFile> Files =>
    [
        BadFile.Text(38, "decimal commas and thousands dots", Balances(row => row == 1 ? "1.234.567,25" : $"{row},75", ';'), Expected.Accepted, "", taken => Assert.Equal((1_234_567.25f, 2.75f), (Number(taken, 0), Number(taken, 1)))),
        BadFile.Text(39, "currency marks, thousands and brackets", Balances(row => row % 3 == 0 ? "\"RM 1,234.50\"" : row % 3 == 1 ? "\"(1,234)\"" : "1.2M"), Expected.Accepted, "", taken => Assert.Equal((-1234f, 1.2e6f, 1234.5f), (Number(taken, 0), Number(taken, 1), Number(taken, 2)))),
        BadFile.Text(39, "percent signs", Balances(row => $"{row} %"), Expected.Accepted, "percent", taken => Assert.Equal(0.01f, Number(taken, 0))),
        BadFile.Text(40, "numbers as a spreadsheet rounds them", Balances(row => row == 1 ? "1E+15" : "2"), Expected.Accepted, "", taken => Assert.Equal(1e15f, Number(taken, 0))),
        BadFile.Text(41, "ids with leading zeros and twenty digits", Ids(row => row == 1 ? "00042" : $"123456789012345678{row:00}"), Expected.Accepted, "", taken => Assert.Equal(("00042", "12345678901234567802"), (taken.Cell("customer_id", 0), taken.Cell("customer_id", 1)))),
        BadFile.Text(41, "ids as a spreadsheet rounds them", Ids(row => $"1.2{row:00}E+15"), Expected.Accepted, "rounded"),
        BadFile.Text(42, "NaN, infinity, minus zero and 1e400", Balances(row => row switch { 1 => "NaN", 2 => "Infinity", 3 => "-0", 4 => "1e400", _ => "5" }), Expected.Accepted, "infinite or too large", taken => Assert.Equal((null, null, "0", null), (taken.Cell("balance", 0), taken.Cell("balance", 1), taken.Cell("balance", 2), taken.Cell("balance", 3)))),
        BadFile.Text(43, "dates that could be day or month first", Opened(row => $"{1 + (row % 9):00}/{1 + (row % 12):00}/2024"), Expected.Asked, "day or month first"),
        BadFile.Text(43, "dates that are day first", Opened(row => Day(row).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)), Expected.Accepted, "", OpenedIs(Day(1))),
        BadFile.Text(43, "dates that are month first", Opened(row => Day(row).ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)), Expected.Accepted, "", OpenedIs(Day(1))),
        BadFile.Text(43, "dates of both orders in one column", Opened(row => Day(row).ToString(row % 2 == 0 ? "MM/dd/yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture)), Expected.Accepted, "opened", taken => Assert.NotEqual(ColumnKind.Date, taken.Column("opened").Kind)),
        BadFile.Text(44, "dates as a spreadsheet counts them", Opened(row => (45_000 + row).ToString(CultureInfo.InvariantCulture)), Expected.Accepted, "", OpenedIs(new DateOnly(2023, 3, 16))),
        BadFile.Text(44, "the spreadsheet's 29 February 1900", Opened(row => row == 2 ? "60" : (45_000 + row).ToString(CultureInfo.InvariantCulture)), Expected.Accepted, "", taken => Assert.Null(taken.Cell("opened", 1))),
        BadFile.Text(44, "the thirtieth of February", Opened(row => row == 7 ? "2024-02-30" : Day(row).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Expected.Asked, "Line 8, column 'opened'"),
        BadFile.Text(45, "ages of 0 and 150", IntakeFixture.Customers((row, line) => row is 4 or 5 ? line.Replace($",{20 + (row * 7 % 50)},", row == 4 ? ",0," : ",150,", StringComparison.Ordinal) : line), Expected.Accepted, "age"),
        BadFile.Text(45, "dates of birth in the future", Opened(row => (row == 3 ? new DateOnly(2199, 1, 1) : Day(row)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Replace("opened", "date_of_birth", StringComparison.Ordinal), Expected.Accepted, "date_of_birth"),
        BadFile.Text(46, "marks that stand for nothing", Balances(row => row switch { 1 => "N/A", 2 => "-", 3 => "NULL", 4 => "#REF!", 5 => " ", 6 => "", _ => "5" }), Expected.Accepted, "", taken => Assert.Equal((ColumnKind.Number, 6), (taken.Column("balance").Kind, taken.Column("balance").MissingCount))),
        BadFile.Text(47, "a column without a value", Balances(_ => ""), Expected.Accepted, "balance", taken => Assert.DoesNotContain("balance", taken.Dataset.ReadRoles().Features)),
        BadFile.Text(48, "a column of one value", Balances(_ => "5"), Expected.Accepted, "balance", taken => Assert.DoesNotContain("balance", taken.Dataset.ReadRoles().Features)),
        BadFile.Text(49, "a negative credit limit", Balances(row => row == 4 ? "-5" : "5000.5").Replace("balance", "credit_limit", StringComparison.Ordinal), Expected.Accepted, "credit_limit"),
        BadFile.Text(50, "amounts in two currencies", Balances(row => row % 2 == 0 ? $"USD {row % 9}" : $"RM {row % 9}"), Expected.Accepted, "balance", taken => Assert.Equal(ColumnKind.Category, taken.Column("balance").Kind)),
    ];

    private static float Number(TakenFile taken, int row) => taken.Table.Numbers(taken.Table.IndexOf("balance"))[row];

    private static DateOnly Day(int row) => new DateOnly(2024, 1, 1).AddDays(row * 17);

    private static Action<TakenFile> OpenedIs(DateOnly day) => taken =>
        Assert.Equal((ColumnKind.Date, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), (taken.Column("opened").Kind, taken.Cell("opened", 0)));

    private static string Balances(Func<int, string> balance, char delimiter = ',') => IntakeFixture.Customers(
        (row, line) => line.Replace($"{delimiter}{row * 13 % 97}.5{delimiter}", $"{delimiter}{balance(row)}{delimiter}", StringComparison.Ordinal), delimiter: delimiter);

    private static string Ids(Func<int, string> id) => IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", id(row), StringComparison.Ordinal));

    private static string Opened(Func<int, string> date) => string.Join('\n', IntakeFixture.Customers((row, line) => $"{line},{date(row)}").Split('\n').Select((line, i) => i == 0 ? line + ",opened" : line));
}

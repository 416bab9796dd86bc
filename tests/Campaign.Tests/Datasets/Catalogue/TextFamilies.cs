using System.Text;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Encodings, shape and delimiters: families 1 to 37.</summary>
internal static class TextFamilies
{
    private static readonly string Customers = IntakeFixture.Customers();

    static TextFamilies() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<BadFile> Files =>
    [
        new(1, "UTF-8 with a byte-order mark", () => [0xEF, 0xBB, 0xBF, .. Utf8(WithProduct("café"))], Expected.Accepted, Check: ProductIs("café")),
        new(2, "UTF-16 LE with a mark", () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(WithProduct("café"))], Expected.Accepted, Check: ProductIs("café")),
        new(3, "UTF-16 BE without a mark", () => Encoding.BigEndianUnicode.GetBytes(WithProduct("café")), Expected.Accepted, Check: ProductIs("café")),
        new(4, "Windows-1252", () => Encoding.GetEncoding(1252).GetBytes(WithProduct("café – 5 €")), Expected.Accepted, Check: ProductIs("café – 5 €")),
        new(5, "GBK", () => Encoding.GetEncoding(936).GetBytes(WithProducts("北京信用卡中心", "上海住房贷款")), Expected.Accepted, Check: ProductIs("北京信用卡中心")),
        new(5, "Big5", () => Encoding.GetEncoding(950).GetBytes(WithProducts("台北信用卡中心", "高雄房屋貸款")), Expected.Accepted, Check: ProductIs("台北信用卡中心")),
        new(6, "UTF-8 and Windows-1252 glued together", () => [.. Utf8(WithProduct("café mañana")), .. Encoding.GetEncoding(1252).GetBytes(IntakeFixture.Customers((_, line) => line.Replace("card", "crème", StringComparison.Ordinal)).Split('\n', 2)[1])], Expected.Refused, "encoding"),
        new(7, "an invalid byte in the middle of UTF-8", () => [.. Utf8(WithProduct("café")), 0xFF, .. Utf8(",1,1,x,normal\n")], Expected.Refused, "Line 62"),
        new(8, "NUL bytes", () => Utf8(Customers.Replace("card", "ca\0d", StringComparison.Ordinal)), Expected.Refused, "NUL bytes"),
        BadFile.Text(9, "zero-width and direction marks in the header", Customers.Replace("age", "\u200Ba\u202Ege\u200D", StringComparison.Ordinal), Expected.Accepted, "can't be seen", taken => Assert.Equal(ColumnKind.Number, taken.Column("age").Kind)),
        BadFile.Text(10, "no-break spaces around numbers", Customers.Replace(".5,", ".5\u00A0,", StringComparison.Ordinal), Expected.Accepted, "", taken => Assert.Equal("13.5", taken.Cell("balance", 0))),
        BadFile.Text(10, "full-width digits", IntakeFixture.Customers((row, line) => line.Replace($",{20 + (row * 7 % 50)},", $",{FullWidth(20 + (row * 7 % 50))},", StringComparison.Ordinal)), Expected.Accepted, "", taken => Assert.Equal("27", taken.Cell("age", 0))),
        BadFile.Text(11, "nothing", "", Expected.Refused, "empty"),
        BadFile.Text(11, "blank lines only", "\r\n  \r\n", Expected.Refused, "empty"),
        BadFile.Text(12, "a header only", Customers.Split('\n')[0] + "\n", Expected.Refused, "no rows below"),
        BadFile.Text(13, "no header", Customers.Split('\n', 2)[1], Expected.Refused, "no header"),
        BadFile.Text(14, "doubled column names", Customers.Replace("age,balance", "sum,sum", StringComparison.Ordinal), Expected.Accepted, "numbered", taken => Assert.Equal("13.5", taken.Cell("sum (2)", 0))),
        BadFile.Text(15, "a nameless column", Customers.Replace("balance", "", StringComparison.Ordinal), Expected.Accepted, "without a name", taken => Assert.Equal("13.5", taken.Cell("column 3", 0))),
        BadFile.Text(16, "names that differ in case, space and accent", Customers.Replace("customer_id,age", "Cüstomer ID , AGE ", StringComparison.Ordinal), Expected.Accepted, "", taken => Assert.Equal("27", taken.Cell("AGE", 0))),
        BadFile.Text(17, "columns in another order", Reversed(), Expected.Accepted, "", taken => Assert.Equal(("C0001", "27"), (taken.Cell("customer_id", 0), taken.Cell("age", 0)))),
        BadFile.Text(18, "no column for the id", Without(0), Expected.Accepted, "", taken => Assert.Null(taken.Dataset.ReadRoles().Id)),
        BadFile.Text(18, "no column for the recorded class: a person says", Without(4), Expected.Accepted, "", taken => Assert.Equal("", taken.Dataset.ReadRoles().Label)),
        BadFile.Text(19, "a further column", string.Join('\n', Customers.TrimEnd('\n').Split('\n').Select((line, i) => line + (i == 0 ? ",note" : $",n{i * i % 7}"))), Expected.Accepted, "", taken => Assert.Contains("note", taken.Dataset.ReadRoles().Features)),
        BadFile.Row(20, "a short row", "C0007,50,1.5", Expected.Asked, "Line 8: the row has 3 values"),
        BadFile.Row(20, "a long row", "C0007,50,1.5,card,normal,x", Expected.Asked, "Line 8: the row has 6 values"),
        BadFile.Text(21, "blank rows and trailing commas", IntakeFixture.Customers((row, line) => row == 5 ? line + ",,\n\n,,,,\n" : line + ",,"), Expected.Accepted, "Blank rows", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(22, "title lines above the header", "Customers of the bank\nDrawn on 1 March 2025\n\n" + Customers, Expected.Accepted, "above the header", taken => Assert.Equal((60, 4), (taken.Dataset.RowCount, taken.Dataset.ReadDialect().HeaderLine))),
        BadFile.Text(23, "a total below the rows", Customers + "Total,,2930.0,,\n", Expected.Accepted, "at the file's end", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(23, "a footer below the rows", Customers + "End of report,,,,\n", Expected.Accepted, "at the file's end", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Row(23, "a total between the rows", "TOTAL,50,1.5,card,normal", Expected.Asked, "the row is a total"),
        BadFile.Row(24, "the header again between the rows", "customer_id,age,balance,product,segment", Expected.Asked, "the header stands there again"),
        BadFile.Text(25, "20,001 columns", $"{string.Join(',', Enumerable.Range(0, 20_001).Select(i => $"h{i}"))}\n{string.Join(',', Enumerable.Repeat("1", 20_001))}\n", Expected.Refused, "20,001 columns"),
        new(26, "a cell of 100 MB", () => Utf8(IntakeFixture.Customers((row, line) => row == 7 ? line.Replace("loan", new string('x', 100_000_000), StringComparison.Ordinal) : line)), Expected.Refused, "longer than 8 MB"),
        BadFile.Row(26, "a cell of 100 kB", $"C0007,50,1.5,{new string('x', 100_000)},normal", Expected.Asked, "more than 32767 bytes"),
        BadFile.Text(27, "no line end after the last row", Customers.TrimEnd('\n'), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(27, "cut off within the last row", Customers[..^19], Expected.Asked, "Line 61: the row has 2 values"),
        BadFile.Text(28, "semicolons", IntakeFixture.Customers(delimiter: ';'), Expected.Accepted, "", taken => Assert.Equal("27", taken.Cell("age", 0))),
        BadFile.Text(29, "tabs", IntakeFixture.Customers(delimiter: '\t'), Expected.Accepted, "", taken => Assert.Equal("27", taken.Cell("age", 0))),
        BadFile.Text(29, "vertical bars", IntakeFixture.Customers(delimiter: '|'), Expected.Accepted, "", taken => Assert.Equal("27", taken.Cell("age", 0))),
        BadFile.Text(30, "a line that states the separator", "sep=;\n" + IntakeFixture.Customers(delimiter: ';'), Expected.Accepted, "", taken => Assert.Equal(2, taken.Dataset.ReadDialect().HeaderLine)),
        BadFile.Text(31, "carriage returns only", Customers.Replace('\n', '\r'), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(32, "line ends of three kinds", Mixed(), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(33, "a line end within quotes", Customers.Replace("card", "\"gold\ncard\"", StringComparison.Ordinal), Expected.Accepted, "", ProductIs("gold\ncard")),
        BadFile.Row(34, "a quote that never closes", "C0007,50,1.5,\"card,normal", Expected.Refused, "Line 8: a quote opens"),
        BadFile.Row(35, "a quote inside a value", "C0007,50,1.5,ca\"rd,normal", Expected.Asked, "a quote stands inside a value"),
        BadFile.Row(36, "backslashes before quotes", "C0007,50,1.5,\"a\\\"b\",normal", Expected.Asked, "text follows a closing quote"),
        BadFile.Row(37, "the separator inside a value without quotes", "C0007,50,1,000.5,card,normal", Expected.Asked, "the row has 6 values"),
    ];

    private static Action<TakenFile> ProductIs(string text) => taken => Assert.Contains(text, taken.Column("product").Categories);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string WithProduct(string product) => Customers.Replace("card", product, StringComparison.Ordinal);

    private static string WithProducts(string card, string loan) => WithProduct(card).Replace("loan", loan, StringComparison.Ordinal);

    private static string FullWidth(int number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)(digit - '0' + '０')));

    private static string Reversed() => string.Join('\n', Customers.Split('\n').Select(line => string.Join(',', line.Split(',').Reverse())));

    private static string Without(int column) =>
        string.Join('\n', Customers.TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',').Where((_, i) => i != column))));

    private static string Mixed()
    {
        string[] ends = ["\n", "\r\n", "\r"];
        return string.Concat(Customers.TrimEnd('\n').Split('\n').Select((line, i) => line + ends[i % 3]));
    }
}

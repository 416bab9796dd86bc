using System.Globalization;
using System.Text;

namespace Campaign.EndToEndTests.Support;

/// <summary>Files of 100,000 invented customers, 4 MB each, that differ in the first customer's id only: <c>customer_id,age,balance,product,since,segment</c>.</summary>
public static class CustomerFile
{
    public const int ColumnCount = 6;
    public const string LastId = "C00099999";
    private const int RowCount = 100_000;
    private const string Header = "customer_id,age,balance,product,since,segment\n";

    private static readonly byte[] Template = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, RowCount).Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"C{row:00000000},{20 + (row * 7 % 50)},{row * 13 % 9973}.5,{(row % 2 == 0 ? "card" : "loan")},20{row % 20:00}-{1 + (row % 12):00}-{1 + (row % 28):00},{(row % 3 == 0 ? "affluent" : "normal")}\n"))
        .Prepend(Header)));

    /// <param name="number">Up to 8 digits; files with different numbers have different fingerprints.</param>
    public static byte[] Make(int number)
    {
        var bytes = (byte[])Template.Clone();
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"X{number:00000000}"), bytes.AsSpan(Header.Length));
        return bytes;
    }
}

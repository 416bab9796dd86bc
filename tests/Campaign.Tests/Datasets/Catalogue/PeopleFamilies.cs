using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Recorded classes and identities: families 51 to 66. Those that compare with an earlier file are promised by the checks' own tests.</summary>
internal static class PeopleFamilies
{
    public static IReadOnlyList<BadFile> Files =>
    [
        BadFile.Text(51, "a third recorded class", Classes(row => row == 9 ? "private" : null), Expected.Refused, "Line 10, column 'segment': a third value"),
        BadFile.Text(52, "a class spelled in many ways", Classes(row => row == 3 ? "AFFLUENT " : row == 6 ? " Affluent" : null), Expected.Accepted, "spelled in", taken => Assert.Equal(20, AffluentRows(taken))),
        BadFile.Text(52, "a class misspelled", Classes(row => row == 9 ? "afluent" : null), Expected.Refused, "a third value"),
        BadFile.Text(53, "one class only", Classes(_ => "normal"), Expected.Refused, "every row has the same recorded class"),
        BadFile.Text(54, "20 affluents", IntakeFixture.Customers(), Expected.Accepted, "affluent", taken => Assert.False(taken.Quality.IsBlocked)),
        BadFile.Text(54, "3 affluents", Classes(row => row > 9 ? "normal" : null), Expected.Accepted, "", taken => Assert.True(taken.Quality.IsBlocked)),
        BadFile.Text(55, "nearly all rows of one class", IntakeFixture.Customers((row, line) => row > 18 ? line.Replace("affluent", "normal", StringComparison.Ordinal) : line, 61_000), Expected.Accepted, "", taken => Assert.NotEmpty(taken.Quality.Findings)),
        BadFile.Text(56, "a column that is the class", string.Join('\n', IntakeFixture.Customers().TrimEnd('\n').Split('\n').Select((line, i) => line + (i == 0 ? ",status" : line.EndsWith("affluent", StringComparison.Ordinal) ? ",7" : ",3"))), Expected.Accepted, "status", taken => Assert.DoesNotContain("status", taken.Dataset.ReadRoles().Features)),
        BadFile.Text(57, "the class blank in half of the rows", Classes(row => row % 2 == 0 ? "" : null), Expected.Asked, "Line 3, column 'segment': the recorded class is blank"),
        BadFile.Text(59, "ids that come twice with the same row", IntakeFixture.Customers((row, line) => row > 50 ? Row(row - 20) : line), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(60, "ids that come again with other values", IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", $"C{row % 20:0000}", StringComparison.Ordinal)), Expected.Accepted, "", taken => Assert.Equal("customer_id", taken.Dataset.ReadRoles().Id)),
        BadFile.Row(61, "a blank id", ",50,1.5,card,normal", Expected.Asked, "Line 8, column 'customer_id': the customer id is blank"),
        BadFile.Text(62, "test and staff accounts", IntakeFixture.Customers((row, line) => row < 4 ? line.Replace($"C{row:0000}", $"TEST{row:000}", StringComparison.Ordinal) : line), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(63, "the same file a second time", IntakeFixture.Customers(), Expected.Accepted, "", taken => Assert.Equal(60, taken.Dataset.RowCount)),
        BadFile.Text(66, "no column about consent", IntakeFixture.Customers(rowCount: 62), Expected.Accepted, "", taken => Assert.Equal(62, taken.Dataset.RowCount)),
    ];

    private static string Row(int row) => IntakeFixture.Customers().Split('\n')[row];

    private static string Classes(Func<int, string?> change) =>
        IntakeFixture.Customers((row, line) => change(row) is { } one ? line[..(line.LastIndexOf(',') + 1)] + one : line);

    private static int AffluentRows(TakenFile taken) => Campaign.Modules.Datasets.Contracts.DatasetCatalog.ReadCustomers(taken.Table, taken.Dataset.ReadRoles()).AffluentRowCount;
}

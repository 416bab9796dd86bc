using System.IO.Compression;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>Files that are refused: one sentence with place and remedy, nothing kept, an entry in the audit trail.</summary>
public sealed class BadInputTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [Fact]
    public async Task A_missing_file_is_refused()
    {
        await using var db = intake.Database.Open();
        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => intake.Intake(db).ReceiveAsync("/nowhere/customers.csv", IntakeOptions.Default, IntakeFixture.Actor));

        Assert.Contains("There is no file 'customers.csv'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\r\n", "empty")]
    [InlineData("customer_id,age,segment\n", "no rows below")]
    [InlineData("C1,41,affluent\nC2,33,normal\nC3,25,normal\nC4,51,affluent\n", "no header")]
    [InlineData("1,2,3\n4,5,6\n7,8,9\n", "no header")]
    [InlineData("customer_id^age^segment\n1^2^normal\n2^3^affluent\n", "one column only")]
    [InlineData("<html><table><tr><td>a</td></tr></table></html>", "web page")]
    public async Task A_file_without_a_table_is_refused(string text, string sentence) =>
        Assert.Contains(sentence, await intake.RefusalAsync(text), StringComparison.Ordinal);

    [Fact]
    public async Task One_class_only_is_refused() =>
        Assert.Contains(
            "every row has the same recorded class, 'normal'",
            await intake.RefusalAsync(IntakeFixture.Customers((_, line) => line.Replace("affluent", "normal", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public async Task A_third_recorded_class_is_refused_with_its_line() =>
        Assert.StartsWith(
            "Line 10, column 'segment': a third value besides 'normal' and 'affluent'",
            await intake.RefusalAsync(IntakeFixture.Customers((row, line) => row == 9 ? line.Replace("affluent", "afluent", StringComparison.Ordinal) : line)), StringComparison.Ordinal);

    [Fact]
    public async Task Columns_that_are_not_there_are_refused_by_name()
    {
        var text = IntakeFixture.Customers();

        Assert.StartsWith("There is no column 'cif', which was named for the customer id. The file's columns are: customer_id, age,", await intake.RefusalAsync(text, new RoleRequest(Id: "cif")), StringComparison.Ordinal);
        Assert.Contains("'tier', which was named for the recorded class", await intake.RefusalAsync(text, new RoleRequest(Label: "tier")), StringComparison.Ordinal);
        Assert.Contains("'x', which was named for leaving out", await intake.RefusalAsync(text, new RoleRequest(Exclude: ["x"])), StringComparison.Ordinal);
        Assert.Contains("'race', which was named for sensitive columns", await intake.RefusalAsync(text, new RoleRequest(Sensitive: ["race"])), StringComparison.Ordinal);
        Assert.Contains("no value 'rich', which was named for affluent. Its values are: 'normal', 'affluent'", await intake.RefusalAsync(text, new RoleRequest(Positive: "rich")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_which_nothing_looks_like_the_recorded_class_asks_for_it() =>
        Assert.StartsWith("No column looks like the recorded class.", await intake.RefusalAsync(IntakeFixture.Customers().Replace("segment", "remark", StringComparison.Ordinal).Replace("affluent", "a", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task Two_classes_neither_of_which_reads_affluent_ask_for_the_value() =>
        Assert.Contains("it is not clear which of them means affluent", await intake.RefusalAsync(IntakeFixture.Customers().Replace("affluent", "blue", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x81 })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { (byte)'x', 0xC3, 0xA9, 0x80, 0x81 })]
    public async Task Undecodable_bytes_are_refused_with_their_line(byte[] bytes) =>
        Assert.StartsWith("Line 31: a byte there belongs to no encoding", await intake.RefusalAsync(WithBytes(bytes), "customers.csv"), StringComparison.Ordinal);

    [Fact]
    public async Task Chinese_bytes_in_an_old_encoding_are_refused_rather_than_read_wrong() =>
        Assert.Contains("belongs to no encoding", await intake.RefusalAsync(WithBytes([0xD5, 0xC5, 0xC8, 0xFD, 0xC0, 0xEE, 0xCB, 0xC4]), "customers.csv"), StringComparison.Ordinal);

    [Fact]
    public async Task Nul_bytes_are_refused_with_their_line() =>
        Assert.StartsWith("Line 31: the file holds NUL bytes", await intake.RefusalAsync(WithBytes([0]), "customers.csv"), StringComparison.Ordinal);

    [Theory]
    [InlineData("C0007,50,1.5", "Line 8: the row has 3 values where the header has 5 columns.")]
    [InlineData("C0007,50,1.5,card,normal,extra", "Line 8: the row has 6 values where the header has 5 columns.")]
    [InlineData("C0007,50,1,000.5,card,normal", "Line 8: the row has 6 values")]
    [InlineData(",50,1.5,card,normal", "Line 8, column 'customer_id': the customer id is blank.")]
    [InlineData("NULL,50,1.5,card,normal", "Line 8, column 'customer_id': the customer id is blank.")]
    [InlineData("C0007,50,1.5,card,", "Line 8, column 'segment': the recorded class is blank.")]
    [InlineData("C0007,50,abc,card,normal", "Line 8, column 'balance': a text stands where the other rows hold numbers.")]
    [InlineData("C0007,50,1.5,\"card,normal", "Line 8: a quote opens in the row that begins there and never closes.")]
    [InlineData("C0007,50,1.5,\"ca\"rd,normal", "Line 8: text follows a closing quote.")]
    [InlineData("C0007,50,1.5,ca\"rd,normal", "Line 8: a quote stands inside a value")]
    [InlineData("C0007,50,1.5,\"a\\\"b\",normal", "Line 8: text follows a closing quote.")]
    [InlineData("customer_id,age,balance,product,segment", "Line 8: the header stands there again")]
    [InlineData("TOTAL,50,1.5,card,normal", "Line 8, column 'customer_id': the row is a total")]
    public async Task A_row_that_cannot_be_used_is_refused_with_its_line(string bad, string sentence) =>
        Assert.StartsWith(sentence, await intake.RefusalAsync(IntakeFixture.Customers((row, line) => row == 7 ? bad : line)), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_cut_off_within_a_row_is_refused_with_its_last_line() =>
        Assert.Contains("Line 61: the row has 2 values", await intake.RefusalAsync(IntakeFixture.Customers()[..^19]), StringComparison.Ordinal);

    [Fact]
    public async Task Text_late_in_a_long_column_of_numbers_is_refused_with_its_line() =>
        Assert.StartsWith(
            "Line 60001, column 'balance': a text stands",
            await intake.RefusalAsync(IntakeFixture.Customers((row, line) => row == 60_000 ? line.Replace(".5", "x", StringComparison.Ordinal) : line, 61_000)), StringComparison.Ordinal);

    [Fact]
    public async Task Too_many_columns_are_refused()
    {
        var header = string.Join(',', Enumerable.Range(1, 20_001).Select(i => $"h{i}"));
        var row = string.Join(',', Enumerable.Repeat("1", 20_001));

        Assert.StartsWith("The header has 20,001 columns; at most 20,000 are read.", await intake.RefusalAsync($"{header}\n{row}\n{row}\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000, "Line 8, column 'product': the cell holds more than 32767 bytes.")]
    [InlineData(100_000_000, "Line 8: the row that begins there is longer than 8 MB.")]
    public async Task An_absurdly_long_cell_is_refused_with_its_line(int length, string sentence)
    {
        var cell = new string('x', length);
        Assert.StartsWith(sentence, await intake.RefusalAsync(IntakeFixture.Customers((row, line) => row == 7 ? line.Replace("loan", cell, StringComparison.Ordinal) : line)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_nothing_to_learn_from_is_refused() =>
        Assert.StartsWith("No column is left to learn from", await intake.RefusalAsync("customer_id,segment\nC1,normal\nC2,affluent\nC3,normal\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("customers.xlsx", "customer_id,age\n1,2\n", "ends in .xlsx, but it is not a workbook")]
    [InlineData("customers.xlsx", "<html></html>", "web page")]
    [InlineData("customers.csv", "%PDF-1.7", "PDF")]
    [InlineData("customers.csv", "MZ\u0001\0\u0003", "program")]
    [InlineData("customers.csv", "\u007fELF\u0002", "program")]
    [InlineData("customers.xlsx", "7z\u00BC\u00AF", "packed archive")]
    public async Task A_renamed_file_is_refused_for_what_it_is(string fileName, string content, string sentence) =>
        Assert.Contains(sentence, await intake.RefusalAsync(Encoding.Latin1.GetBytes(content), fileName), StringComparison.Ordinal);

    [Fact]
    public async Task A_gzip_file_is_refused_for_what_it_is()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(IntakeFixture.Customers()));
        }

        Assert.Contains("packed with gzip", await intake.RefusalAsync(packed.ToArray(), "customers.csv"), StringComparison.Ordinal);
    }

    private static byte[] WithBytes(byte[] bytes)
    {
        var text = IntakeFixture.Customers((row, line) => row == 30 ? line.Replace("card", "card@", StringComparison.Ordinal) : line);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(text[..at]), .. bytes, .. Encoding.UTF8.GetBytes(text[(at + 1)..])];
    }
}

using System.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>Odd files that are read right, and what was put right is said.</summary>
public sealed class GoodInputTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    static GoodInputTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("utf-8", false, "UTF-8")]
    [InlineData("utf-16", true, "UTF-16 LE")]
    [InlineData("utf-16", false, "UTF-16 LE")]
    [InlineData("utf-16BE", true, "UTF-16 BE")]
    [InlineData("utf-16BE", false, "UTF-16 BE")]
    [InlineData("windows-1252", false, "Windows-1252")]
    public async Task Encodings_are_found_and_read(string name, bool mark, string readAs)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = IntakeFixture.Customers((_, line) => line.Replace("card", "café €", StringComparison.Ordinal));

        var outcome = await intake.ReceiveAsync([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)], "customers.csv");

        using var table = intake.Columns(outcome);
        Assert.Equal("customer_id", table.Columns[0].Name);
        Assert.Equal(["café €", "loan"], table.Columns[3].Categories);
        Assert.Contains(readAs, Dialect(outcome).Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Delimiters_are_found(char delimiter)
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers(delimiter: delimiter));

        Assert.Equal(delimiter, Dialect(outcome).Delimiter);
        Assert.Equal(["age", "balance", "product"], outcome.Roles.Features);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Line_ends_of_every_kind_are_read(string lineEnd)
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers().TrimEnd('\n').Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.Equal(60, outcome.Dataset.RowCount);
        Assert.Equal(20, intake.Customers(outcome).AffluentRowCount);
    }

    [Fact]
    public async Task A_stated_separator_decimal_commas_and_thousands_dots_are_read()
    {
        var text = "sep=;\n" + IntakeFixture.Customers((row, line) => line.Replace(".5", row == 1 ? ",5" : ",25", StringComparison.Ordinal).Replace(";52,25;", ";1.234.052,25;", StringComparison.Ordinal), delimiter: ';');

        var outcome = await intake.ReceiveAsync(text);

        using var table = intake.Columns(outcome);
        var balances = table.Numbers(table.IndexOf("balance")).ToArray();
        Assert.Equal(13.5f, balances[0]);
        Assert.Contains(1_234_052.25f, balances);
        Assert.True(Dialect(outcome).DecimalComma);
        Assert.Equal(2, Dialect(outcome).HeaderLine);
    }

    [Fact]
    public async Task Written_amounts_are_numbers()
    {
        string[] written = ["\"RM 1,234.50\"", "(12)", "1.2M", "1E+15", "-0", "\"1,000\"", "+7", "RM -3"];
        float[] numbers = [1234.5f, -12f, 1.2e6f, 1e15f, 0f, 1000f, 7f, -3f];

        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => row <= written.Length ? line.Replace($"{row * 13 % 97}.5", written[row - 1], StringComparison.Ordinal) : line));

        using var table = intake.Columns(outcome);
        Assert.Equal(numbers, table.Numbers(table.IndexOf("balance"))[..numbers.Length].ToArray());
    }

    [Fact]
    public async Task Amounts_in_two_currencies_are_no_numbers()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => line.Replace(".5,", ".5,", StringComparison.Ordinal).Replace($",{row * 13 % 97}.5,", row % 2 == 0 ? $",USD {row % 9}," : $",RM {row % 9},", StringComparison.Ordinal)));

        using var table = intake.Columns(outcome);
        Assert.Equal(ColumnKind.Category, table.Columns[table.IndexOf("balance")].Kind);
    }

    [Fact]
    public async Task Marks_for_nothing_are_missing_and_infinities_are_missing_and_told()
    {
        string[] nothing = ["", " ", "NA", "n/a", "NULL", "NaN", "-", "#REF!", "#DIV/0!", "Infinity", "1e400", "-inf"];

        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => row <= nothing.Length ? line.Replace($",{row * 13 % 97}.5,", $",{nothing[row - 1]},", StringComparison.Ordinal) : line));

        using var table = intake.Columns(outcome);
        var balance = table.Columns[table.IndexOf("balance")];
        Assert.Equal((ColumnKind.Number, nothing.Length), (balance.Kind, balance.MissingCount));
        Assert.Contains(outcome.Remarks, remark => remark.StartsWith("Column 'balance': 3 cells are infinite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ids_keep_every_character()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", row == 1 ? "00042" : row == 2 ? "12345678901234567891" : row == 3 ? "12345678901234567892" : $"{row}", StringComparison.Ordinal)));

        Assert.Equal(["00042", "12345678901234567891", "12345678901234567892", "4"], intake.Customers(outcome).CustomerIds.Take(4));
    }

    [Fact]
    public async Task Repeated_ids_are_one_customer_in_the_order_of_their_first_rows()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", $"{(row * 7) % 20}", StringComparison.Ordinal)));

        var customers = intake.Customers(outcome);

        Assert.Equal((60, 20), (customers.RowCount, customers.CustomerCount));
        Assert.Equal("7", customers.CustomerIds[0]);
        Assert.Equal(customers.CustomerOfRow[0], customers.CustomerOfRow[20]);
    }

    [Fact]
    public async Task Without_ids_each_row_is_a_customer_numbered_from_1()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers(), new RoleRequest(Id: RoleRequest.NoId));

        var customers = intake.Customers(outcome);

        Assert.Null(outcome.Roles.Id);
        Assert.DoesNotContain("customer_id", outcome.Roles.Features);
        Assert.Equal(60, customers.CustomerCount);
        Assert.Equal(["1", "2"], customers.CustomerIds.Take(2));
    }

    [Fact]
    public async Task Doubled_and_blank_headers_are_renamed_and_told()
    {
        var text = IntakeFixture.Customers().Replace("age,balance,product", "sum,sum, ", StringComparison.Ordinal);

        var outcome = await intake.ReceiveAsync(text);

        Assert.Equal(["sum", "sum (2)", "column 4"], outcome.Roles.Features);
        Assert.Contains(outcome.Remarks, remark => remark.Contains("'column 4'", StringComparison.Ordinal));
        Assert.Contains(outcome.Remarks, remark => remark.Contains("'sum (2)'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Blank_rows_title_lines_trailing_commas_and_quoted_line_breaks_are_read()
    {
        var text = "Customers of March,,,,\n\n" + IntakeFixture.Customers((row, line) => row switch
        {
            5 => line + "\n\n,,,,\n",
            6 => line.Replace("card", "\"gold\ncard\"", StringComparison.Ordinal),
            _ => line + ",,",
        });

        var outcome = await intake.ReceiveAsync(text);

        Assert.Equal(60, outcome.Dataset.RowCount);
        Assert.Equal(3, Dialect(outcome).HeaderLine);
        Assert.Contains(outcome.Remarks, remark => remark.Contains("Blank rows were left aside: 1.", StringComparison.Ordinal));
        using var table = intake.Columns(outcome);
        Assert.Contains("gold\ncard", table.Columns[table.IndexOf("product")].Categories);
    }

    [Fact]
    public async Task Spellings_of_the_recorded_class_are_one_class_and_told()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => row % 2 == 0 ? line.Replace("affluent", "AFFLUENT ", StringComparison.Ordinal) : line));

        Assert.Equal(20, intake.Customers(outcome).AffluentRowCount);
        Assert.Contains(outcome.Remarks, remark => remark.Contains("spelled in 3 ways", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Codes_that_turn_to_letters_late_are_a_category_with_all_characters()
    {
        var outcome = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => line.Replace($",{row * 13 % 97}.5,", row % 4 == 0 && row > 30 ? ",X," : $",0{row % 5},", StringComparison.Ordinal)));

        using var table = intake.Columns(outcome);
        Assert.Equal(["00", "01", "02", "03", "04", "X"], table.Columns[table.IndexOf("balance")].Categories);
        Assert.Equal("01", table.Text(table.IndexOf("balance"), 0));
    }

    [Fact]
    public async Task Bad_rows_are_left_out_and_told_where_that_is_allowed()
    {
        var text = IntakeFixture.Customers((row, line) => row switch
        {
            3 => "C0003,1",
            9 => line.Replace("C0009", "", StringComparison.Ordinal),
            12 => line.Replace($"{12 * 13 % 97}.5", "abc", StringComparison.Ordinal),
            15 => line.Replace("loan", "lo\"an", StringComparison.Ordinal),
            18 => line.Replace("affluent", "", StringComparison.Ordinal),
            _ => line,
        });

        var outcome = await intake.ReceiveAsync(text, skipBadRows: true);

        var rejected = RejectedRow.Load(intake.Files.DatasetFolder(outcome.Dataset.Id));
        Assert.Equal([(4, ""), (10, "customer_id"), (13, "balance"), (16, ""), (19, "segment")], rejected.Select(row => (row.Line, row.Column)));
        Assert.Equal("abc", rejected[2].Value);
        Assert.Equal((55, 5), (outcome.Dataset.RowCount, outcome.Dataset.RejectedRowCount));
        Assert.Equal(15, intake.Customers(outcome).AffluentRowCount);
        var csv = await File.ReadAllLinesAsync(Path.Combine(intake.Files.DatasetFolder(outcome.Dataset.Id), RejectedRow.FileName));
        Assert.Equal("line,column,value,reason,remedy", csv[0]);
        Assert.Equal(6, csv.Length);
        using var table = intake.Columns(outcome);
        Assert.Equal(ColumnKind.Number, table.Columns[table.IndexOf("balance")].Kind);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\bank\\März 😀.csv", "März 😀.csv")]
    [InlineData("a\nb\u202Ec\u0007.csv", "abc.csv")]
    [InlineData("CON.csv", "CON.csv")]
    [InlineData("", "file")]
    public async Task A_file_name_loses_folders_and_control_characters(string given, string kept)
    {
        var outcome = await intake.ReceiveAsync(Encoding.UTF8.GetBytes(IntakeFixture.Customers()), given);

        Assert.Equal(kept, outcome.Dataset.FileName);
        Assert.True(File.Exists(Path.Combine(intake.Files.DatasetFolder(outcome.Dataset.Id), "source.csv")));
    }

    [Fact]
    public void A_long_file_name_is_cut_and_keeps_its_ending()
    {
        var name = FileBytes.SafeName(new string('a', 500) + ".csv");

        Assert.Equal(300, name.Length);
        Assert.EndsWith(".csv", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_is_read_like_a_csv()
    {
        var text = IntakeFixture.Customers((row, line) => row switch
        {
            4 => line.Replace($",{4 * 13}.5,", ",#REF!,", StringComparison.Ordinal),
            5 => line.Replace("C0005", "00042", StringComparison.Ordinal),
            _ => line,
        });
        var workbook = WorkbookBytes.Of([("Notes", "hidden", WorkbookBytes.Rows("about,this")), ("Customers", "visible", WorkbookBytes.Rows(text))]);

        var outcome = await intake.ReceiveAsync(workbook, "customers.XLSX");

        using var table = intake.Columns(outcome);
        Assert.Equal("Excel workbook, sheet 'Customers', header in row 1", Dialect(outcome).Describe());
        Assert.Equal("00042", table.Text(0, 4));
        Assert.Equal([13.5f, 26.5f, 39.5f, float.NaN], table.Numbers(table.IndexOf("balance"))[..4].ToArray());
        Assert.Equal(20, intake.Customers(outcome).AffluentRowCount);
        Assert.Contains(outcome.Remarks, remark => remark.Contains("'Customers'", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(intake.Files.DatasetFolder(outcome.Dataset.Id), "source.xlsx")));
    }

    [Fact]
    public async Task A_further_file_is_read_with_the_columns_of_the_model_in_any_order()
    {
        var folder = Directory.CreateTempSubdirectory("campaign-score-").FullName;
        var path = Path.Combine(folder, "new.csv");
        await File.WriteAllTextAsync(path, "other,Customer ID,Balance,PRODUCT\nx,007,12.5,card\ny,008,,new\n");

        using (var table = DatasetCatalog.ReadFile(path, "new.csv", Path.Combine(folder, "columns"), new Dictionary<string, ColumnKind>
        {
            ["customer_id"] = ColumnKind.Text,
            ["product"] = ColumnKind.Category,
            ["balance"] = ColumnKind.Number,
        }))
        {
            Assert.Equal(["customer_id", "product", "balance"], table.Columns.Select(column => column.Name));
            Assert.Equal("007", table.Text(0, 0));
            Assert.Equal("008", table.Text(0, 1));
            Assert.Equal([12.5f, float.NaN], table.Numbers(2).ToArray());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static FileDialect Dialect(IntakeOutcome outcome) => outcome.Dataset.ReadDialect();
}

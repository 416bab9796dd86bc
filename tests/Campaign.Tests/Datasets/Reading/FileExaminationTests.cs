using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

public sealed class FileExaminationTests
{
    [Theory]
    [InlineData("opened", DateForm.YearFirst, "2024-02-29", "2023-01-05T00:00:00")]
    [InlineData("x", DateForm.YearFirst, "2024/02/29")]
    [InlineData("opened", DateForm.YearFirst, "20240229")]
    [InlineData("x", DateForm.DayFirst, "25/12/2023", "01/02/2024")]
    [InlineData("x", DateForm.MonthFirst, "12/25/2023", "01/02/2024")]
    [InlineData("x", DateForm.DayFirst, "29-Feb-24")]
    [InlineData("x", DateForm.MonthFirst, "Feb 29, 2024")]
    [InlineData("member since", DateForm.ExcelSerial, "45351", "20", "N/A", "36526")]
    public void A_column_of_dates_is_recognised(string column, DateForm form, params string[] cells)
    {
        using var folder = ReadingFolder.OfColumn(column, cells);

        Assert.Equal(form, folder.Examine().DateForms[column]);
    }

    [Theory]
    [InlineData("balance", "20240229")]
    [InlineData("balance", "45351")]
    [InlineData("days_since_opened", "12000")]
    [InlineData("opened", "12")]
    [InlineData("opened", "2015")]
    [InlineData("version", "1.2.3")]
    [InlineData("x", "2024-02-29", "soon", "later", "never")]
    [InlineData("x", "31/02/2024")]
    public void Other_columns_are_no_dates(string column, params string[] cells)
    {
        using var folder = ReadingFolder.OfColumn(column, cells);

        var file = folder.Examine();

        Assert.Empty(file.DateForms);
        Assert.Empty(file.UndecidedDates);
    }

    [Fact]
    public void Dates_that_fit_both_orders_are_decided_by_nobody_a_person_or_another_column()
    {
        using var open = ReadingFolder.OfColumn("opened", "01/02/2024", "03/04/2024");
        using var beside = ReadingFolder.OfColumn("opened;closed", "01/02/2024;25/12/2023", "03/04/2024;01/01/2024");
        using var named = ReadingFolder.OfColumn("opened;closed", "01/02/2024;5 May 2023");

        var undecided = open.Examine();
        Assert.Equal(["opened"], undecided.UndecidedDates);
        Assert.Empty(undecided.DateForms);
        Assert.Contains("Column 'opened': its dates could be day/month or month/day; say which.", undecided.Dialect.Remarks);
        Assert.Equal(DateForm.MonthFirst, open.Examine(new(Dates: DateForm.MonthFirst)).DateForms["opened"]);
        Assert.Equal(DateForm.DayFirst, beside.Examine().DateForms["opened"]);
        Assert.Equal(["opened"], named.Examine().UndecidedDates);
    }

    [Fact]
    public void A_column_of_contradicting_orders_stays_text_and_is_told()
    {
        using var folder = ReadingFolder.OfColumn("opened", "25/12/2023", "12/25/2023", "12/26/2023", "01/02/2024");

        var file = folder.Examine(new(Dates: DateForm.DayFirst));

        Assert.Empty(file.DateForms);
        Assert.Contains(file.Dialect.Remarks, remark => remark.StartsWith("Column 'opened': some of its dates are day/month, others month/day", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_lines_are_those_of_the_file_title_and_header_among_them()
    {
        using var folder = new ReadingFolder("Customers of March\n\n" + IntakeFixture.Customers());

        var file = folder.Examine();

        Assert.Equal(30, file.FirstLines.Count);
        Assert.Equal((1, "Customers of March"), (file.FirstLines[0].Line, file.FirstLines[0].Cells[0]));
        Assert.Contains(file.FirstLines, line => line.Line == 3 && line.Cells.SequenceEqual(["customer_id", "age", "balance", "product", "segment"]));
    }

    [Fact]
    public void Choices_win_over_what_is_found()
    {
        using var folder = new ReadingFolder("a;b,c;d\n" + string.Concat(Enumerable.Range(0, 9).Select(row => $"x{row};5,2;y{row}\n")));

        Assert.Equal([';', ','], [folder.Examine().Dialect.Delimiter, folder.Examine(new(Delimiter: ',')).Dialect.Delimiter]);
        Assert.Equal(["a;b", "c;d"], folder.Examine(new(Delimiter: ',', HeaderLine: 1)).Columns);
        Assert.Equal(["x0", "5,2", "y0"], folder.Examine(new(HeaderLine: 2)).Columns);
        Assert.True(folder.Examine().Dialect.DecimalComma);
        Assert.False(folder.Examine(new(DecimalComma: false)).Dialect.DecimalComma);
    }

    [Fact]
    public void A_chosen_header_may_look_like_a_customer()
    {
        using var folder = new ReadingFolder("1,2,3\n4,5,6\n7,8,9\n");

        Assert.Equal(["1", "2", "3"], folder.Examine(new(HeaderLine: 1)).Columns);
    }

    [Theory]
    [InlineData(0, "must stand within the first 50 lines")]
    [InlineData(51, "must stand within the first 50 lines")]
    [InlineData(2, "No row with names begins on line 2")]
    public void A_header_line_that_cannot_be_is_refused(int line, string sentence)
    {
        using var folder = new ReadingFolder("a,b,\"c\nd\"\n" + string.Concat(Enumerable.Repeat("1,2,x\n", 60)));

        Assert.Contains(sentence, folder.Refusal(new(HeaderLine: line)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_separator_that_cannot_be_is_refused()
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers());

        Assert.StartsWith("Columns can be separated by", folder.Refusal(new(Delimiter: '^')), StringComparison.Ordinal);
        Assert.StartsWith("The file has one column only.", folder.Refusal(new(Delimiter: ';')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_is_chosen_by_name_even_a_hidden_one()
    {
        var workbook = WorkbookBytes.Of(
        [
            ("First", "visible", WorkbookBytes.Rows("a,b\nx,1\ny,2")),
            ("Second", "hidden", WorkbookBytes.Rows(IntakeFixture.Customers())),
        ]);
        using var folder = new ReadingFolder(workbook, "customers.xlsx");

        var first = folder.Examine();

        Assert.Equal([("First", false, 3), ("Second", true, 61)], first.Sheets.Select(sheet => (sheet.Name, sheet.IsHidden, sheet.RowCount)));
        Assert.Equal("First", first.Dialect.Sheet);
        Assert.True(first.EncodingIsCertain);
        Assert.Equal("customer_id", folder.Examine(new(Sheet: "Second")).Columns[0]);
        Assert.Equal("The workbook has no sheet 'Third'. Its sheets are: 'First', 'Second'.", folder.Refusal(new(Sheet: "Third")));
    }

    [Fact]
    public void A_dialect_kept_before_dates_were_read_still_reads()
    {
        const string Kept = """{"format":"Csv","encoding":"UTF-8","delimiter":",","sheet":null,"headerRecord":0,"headerLine":1,"decimalComma":false,"remarks":[]}""";

        var old = JsonSerializer.Deserialize<FileDialect>(Kept, JsonSerializerOptions.Web)!;
        var dated = old with { Dates = new Dictionary<string, DateForm> { ["opened"] = DateForm.DayFirst } };

        Assert.Empty(old.Dates);
        Assert.Equal(DateForm.DayFirst, JsonSerializer.Deserialize<FileDialect>(JsonSerializer.Serialize(dated, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!.Dates["opened"]);
    }
}

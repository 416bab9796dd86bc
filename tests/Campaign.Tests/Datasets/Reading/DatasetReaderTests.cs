using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

public sealed class DatasetReaderTests
{
    [Fact]
    public void Dates_of_a_column_are_kept_as_days_and_markers_of_nothing_are_counted()
    {
        using var folder = ReadingFolder.OfColumn("opened", "25/12/2023", "1/2/24", "00/00/0000", "n/a", "", "29 Feb 2024");

        var reading = folder.Read();

        Assert.Equal(["2023-12-25", "2024-02-01", null, null, null, "2024-02-29"], folder.Texts("opened", 6));
        Assert.Equal(ColumnKind.Date, folder.Kind("opened"));
        var column = reading.Columns[2];
        Assert.Equal((DateForm.DayFirst, false), (column.Dates, column.DatesFitBothOrders));
        Assert.Equal([("", 1), ("00/00/0000", 1), ("N/A", 1)], Markers(column));
        Assert.Equal(DateForm.DayFirst, reading.Dialect.Dates["opened"]);
        Assert.Contains("Column 'opened': 1 dates have years of two digits, which were taken as 1930 to 2029.", reading.Remarks);
    }

    [Fact]
    public void Serials_are_days_as_a_spreadsheet_counts_them()
    {
        using var folder = ReadingFolder.OfColumn("dob", "45351", "1", "59", "60", "61", "36526.5");

        var reading = folder.Read();

        Assert.Equal(["2024-02-29", "1900-01-01", "1900-02-28", null, "1900-03-01", "2000-01-01"], folder.Texts("dob", 6));
        Assert.Equal([("60", 1)], Markers(reading.Columns[2]));
    }

    [Fact]
    public void A_date_that_cannot_be_is_a_fault_of_its_row()
    {
        using var folder = ReadingFolder.OfColumn("opened", "25/12/2023", "31/02/2024", "26/12/2023");

        var rejected = Assert.Single(folder.Read().Rejected);

        Assert.Equal((3, "opened", "31/02/2024", "the value is no date"), (rejected.Line, rejected.Column, rejected.Value, rejected.Reason));
        Assert.Contains("day/month/year", rejected.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Undecided_dates_are_texts_until_a_person_says_their_order()
    {
        using var folder = ReadingFolder.OfColumn("opened", "01/02/2024", "03/04/2024");

        var undecided = folder.Read();
        Assert.Equal(ColumnKind.Category, folder.Kind("opened"));
        Assert.Equal((null, true), (undecided.Columns[2].Dates, undecided.Columns[2].DatesFitBothOrders));

        Directory.Delete(folder.Columns, recursive: true);
        var decided = folder.Read(new(Dates: DateForm.MonthFirst));
        Assert.Equal(["2024-01-02", "2024-03-04"], folder.Texts("opened", 2));
        Assert.Equal((DateForm.MonthFirst, true), (decided.Columns[2].Dates, decided.Columns[2].DatesFitBothOrders));

        var refusal = Assert.Throws<RefusedException>(() => folder.Read(kinds: new Dictionary<string, ColumnKind> { ["opened"] = ColumnKind.Date }));
        Assert.StartsWith("Column 'opened': its dates could be day/month or month/day.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_whose_dates_end_early_is_read_as_what_it_is()
    {
        var cells = Enumerable.Range(0, 2000).Select(row => row < 1100 ? "2024-01-0" + ((row % 9) + 1) : "later");
        using var folder = ReadingFolder.OfColumn("opened", [.. cells]);

        var reading = folder.Read();

        Assert.Empty(reading.Rejected);
        Assert.Equal((ColumnKind.Category, 2020), (folder.Kind("opened"), reading.RowCount));
        Assert.Empty(reading.Dialect.Dates);
        Assert.Contains(reading.Remarks, remark => remark.StartsWith("Column 'opened': its first cells are dates", StringComparison.Ordinal));
    }

    [Fact]
    public void Demanded_kinds_win()
    {
        using var folder = new ReadingFolder(
            "id,code,opened,joined,group,amount\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"C{row},0{row % 7},2024-01-02,{(row == 3 ? "soon" : "2024-03-01")},{row % 3},{(row == 5 ? "none" : row)}\n")));

        var reading = folder.Read(kinds: new Dictionary<string, ColumnKind>
        {
            ["code"] = ColumnKind.Text,
            ["opened"] = ColumnKind.Category,
            ["joined"] = ColumnKind.Date,
            ["group"] = ColumnKind.Category,
            ["amount"] = ColumnKind.Number,
        });

        Assert.Equal([ColumnKind.Text, ColumnKind.Category, ColumnKind.Date, ColumnKind.Category, ColumnKind.Number], new[] { "code", "opened", "joined", "group", "amount" }.Select(folder.Kind));
        Assert.Equal("01", folder.Texts("code", 2)[1]);
        Assert.Equal([(5, "joined"), (7, "amount")], reading.Rejected.Select(row => (row.Line, row.Column)));
        Assert.Equal(["joined"], reading.Dialect.Dates.Keys);
    }

    [Fact]
    public void Percents_are_shares_and_told()
    {
        using var folder = ReadingFolder.OfColumn("rate", "12 %", "12.5%", "3", "-1%");

        var reading = folder.Read();

        Assert.Equal(["0.12", "0.125", "3", "-0.01"], folder.Texts("rate", 4));
        Assert.Equal((24, 23), (reading.Columns[2].NumberCount, reading.Columns[2].PercentCount));
        Assert.Contains("Column 'rate': 23 cells are written with a percent sign and were divided by 100; 1 without it stayed as they are.", reading.Remarks);
    }

    [Fact]
    public void Currencies_are_counted_and_a_demanded_number_takes_one_of_them()
    {
        string[] cells = ["RM 5", "USD 7", "3", "usd 2", "RM 1"];
        using var mixed = ReadingFolder.OfColumn("amount", cells);
        using var demanded = ReadingFolder.OfColumn("amount", cells);

        var texts = mixed.Read();
        var numbers = demanded.Read(kinds: new Dictionary<string, ColumnKind> { ["amount"] = ColumnKind.Number });

        Assert.Equal(ColumnKind.Category, mixed.Kind("amount"));
        Assert.Equal([("RM", 22), ("USD", 2)], texts.Columns[2].CurrencyCounts.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        Assert.Equal([(3, "USD 7"), (5, "usd 2")], numbers.Rejected.Select(row => (row.Line, row.Value)));
        Assert.Equal(["5", "3", "1"], demanded.Texts("amount", 3));
    }

    [Theory]
    [InlineData("TOTAL,,,,")]
    [InlineData("Grand total:,,123,,")]
    [InlineData(",,,Jumlah,77")]
    [InlineData("Report generated 2024-03-01")]
    [InlineData("Total customers,60,,,")]
    [InlineData("End of report")]
    [InlineData(",,,12345,")]
    public void Totals_and_notes_at_the_end_are_left_aside_and_told(string line)
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers() + "\n" + line + "\n");

        var reading = folder.Read(id: "customer_id", label: "segment");

        Assert.Equal((60, 0), (reading.RowCount, reading.Rejected.Count));
        Assert.Equal((63, line.Replace(',', ' ').Trim().Replace("  ", " ", StringComparison.Ordinal)), (reading.SetAside.Single().Line, reading.SetAside.Single().Words));
        Assert.Contains("Rows at the file's end that are totals or notes, no customers, were left aside: 1, from line 63.", reading.Remarks);
    }

    [Theory]
    [InlineData("C0061,40")]
    [InlineData("C0061")]
    [InlineData("C0061,,,,")]
    [InlineData(",,5,card,normal")]
    public void A_last_row_that_is_cut_off_is_a_fault_and_no_note(string line)
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers() + line + "\n");

        var reading = folder.Read(id: "customer_id", label: "segment");

        Assert.Equal(62, Assert.Single(reading.Rejected).Line);
        Assert.Empty(reading.SetAside);
    }

    [Fact]
    public void Totals_that_a_customer_follows_are_faults_and_the_last_ten_only_are_left_aside()
    {
        using var folder = new ReadingFolder(
            IntakeFixture.Customers((row, line) => row is 20 or 40 ? $"TOTAL,,{row},,\n{line}" : line) + string.Concat(Enumerable.Repeat("TOTAL,,1,,\n", 12)));

        var reading = folder.Read(id: "customer_id", label: "segment");

        Assert.Equal([21, 42, 64, 65], reading.Rejected.Select(row => row.Line));
        Assert.Equal((60, 10, 66), (reading.RowCount, reading.SetAside.Count, reading.SetAside[0].Line));
    }

    [Fact]
    public void Rows_that_only_looked_like_an_end_keep_their_place()
    {
        using var folder = new ReadingFolder("name,a,b,c\nx,1,2,3\ntotal,4,5,6\nReport this,,,\ny,7,8,9\nz,1,1,1\n");

        var reading = folder.Read(id: null);

        Assert.Equal(["x", "total", "Report this", "y", "z"], folder.Texts("name", 5));
        Assert.Equal(["1", "4", null, "7", "1"], folder.Texts("a", 5));
        Assert.Empty(reading.SetAside);
    }

    [Fact]
    public void Titles_above_the_header_are_told_and_the_separators_line_is_none()
    {
        using var folder = new ReadingFolder("sep=;\nBranch report;March;;;\n" + IntakeFixture.Customers(delimiter: ';'));

        Assert.Equal([new SetAside(2, "Branch report March")], folder.Read(id: "customer_id").SetAside);
    }

    [Fact]
    public void Spellings_of_the_recorded_class_are_counted()
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers((row, line) => row <= 6 ? line.Replace("affluent", "AFFLUENT ", StringComparison.Ordinal) : line));

        var reading = folder.Read(id: "customer_id", label: "segment");

        Assert.Equal(["normal", "AFFLUENT"], reading.Classes);
        Assert.Equal([("normal", 0, 40), ("AFFLUENT", 1, 2), ("affluent", 1, 18)], reading.Spellings.Select(one => (one.Text, one.Class, one.RowCount)));
    }

    [Fact]
    public void Stray_text_found_late_makes_rows_at_fault_and_is_not_thrown()
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers((row, line) => row is 4000 or 9000 ? line.Replace(".5,", "x,", StringComparison.Ordinal) : line, 9500));

        var reading = folder.Read(id: "customer_id", label: "segment");

        Assert.Equal([(4001, "balance", "8x"), (9001, "balance", "18x")], reading.Rejected.Select(row => (row.Line, row.Column, row.Value)));
        Assert.Equal((9498, ColumnKind.Number), (reading.RowCount, folder.Kind("balance")));
    }

    [Fact]
    public void A_file_of_faults_only_or_of_too_many_is_refused()
    {
        using var all = new ReadingFolder("id,a,b\n,1,2\n,3,4\n");
        using var many = new ReadingFolder("id,a,b\n" + string.Concat(Enumerable.Range(0, 20_050).Select(row => row % 2 == 0 ? $"C{row},1,2\n" : "1,2\n")));

        Assert.StartsWith("The file has no row that can be used. Line 2, column 'id': the customer id is blank.", Assert.Throws<RefusedException>(() => all.Read()).Message, StringComparison.Ordinal);
        Assert.StartsWith("More than 10,000 rows can't be used, the last on line 20003", Assert.Throws<RefusedException>(() => many.Read()).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(many.Columns));
    }

    [Fact]
    public void One_thread_and_several_give_the_same()
    {
        var text = new StringBuilder("id,opened,amount,group,note,late,segment\n");
        for (var row = 0; row < 30_000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"C{row:00000},{(row % 28) + 1:00}/{(row % 12) + 1:00}/2023,{(row % 11 == 0 ? "N/A" : $"{row * 7919 % 100003 / 100.0}")},g{row * 31 % 50},{(row % 5 == 0 ? "" : $"note {row}")},{(row < 25_000 ? "1" : "x")},{(row % 6 == 0 ? "affluent" : "normal")}\n");
            text.Append(row % 9_000 == 8_999 ? "too,short\n" : "");
        }

        text.Append("TOTAL,,1,,,,\n");
        using var one = new ReadingFolder(text.ToString());
        using var several = new ReadingFolder(text.ToString());

        var (alone, together) = (one.Read(label: "segment", threadCount: 1), several.Read(label: "segment", threadCount: 7));

        Assert.Equal(alone.Remarks, together.Remarks);
        Assert.Equal(alone.Rejected, together.Rejected);
        Assert.Equal(alone.SetAside, together.SetAside);
        Assert.Equal(alone.Columns.Select(column => (column.NumberCount, column.TextCount, column.Dates)), together.Columns.Select(column => (column.NumberCount, column.TextCount, column.Dates)));
        Assert.Equal(alone.Columns.Select(Markers), together.Columns.Select(Markers));
        Assert.Equal(3, alone.Rejected.Count);
        Assert.Equal(
            [ColumnKind.Text, ColumnKind.Date, ColumnKind.Number, ColumnKind.Category, ColumnKind.Text, ColumnKind.Category, ColumnKind.Category],
            File.ReadAllLines(one.Source)[0].Split(',').Select(one.Kind));
        foreach (var name in Directory.GetFiles(one.Columns).Select(Path.GetFileName))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(one.Columns, name!)), File.ReadAllBytes(Path.Combine(several.Columns, name!)));
        }

        Assert.Equal(["C00000", "C00001"], one.Texts("id", 2));
        Assert.Equal("29999", one.Texts("id", alone.RowCount)[alone.RowCount - 1]![1..]);
    }

    [Fact]
    public void Columns_written_again_leave_out_the_same_rows()
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers((row, line) => row == 7 ? "C0007,1" : line) + "TOTAL,,1,,\n");
        var reading = folder.Read(id: "customer_id", label: "segment");
        var file = folder.Examine();

        DatasetReader.Replace(
            folder.Source, reading.Dialect, file.Columns, folder.Columns, new Dictionary<int, ColumnKind?> { [0] = null, [1] = ColumnKind.Category },
            reading.Rejected.Select(row => row.Line).ToHashSet(), CancellationToken.None);

        Assert.Equal(["C0006", "C0008"], folder.Texts("customer_id", 7).Skip(5));
        Assert.Equal((ColumnKind.Category, ColumnKind.Category), (folder.Kind("customer_id"), folder.Kind("age")));
        Assert.Equal("27", folder.Texts("age", 1)[0]);
    }

    [Fact]
    public void Texts_of_a_column_that_is_written_again_as_numbers_are_missing_and_counted()
    {
        using var folder = new ReadingFolder(IntakeFixture.Customers((row, line) => row is 2 or 4 ? line.Replace("card", "7", StringComparison.Ordinal) : line));
        var reading = folder.Read(id: "customer_id", label: "segment");

        var readings = DatasetReader.Replace(
            folder.Source, reading.Dialect, folder.Examine().Columns, folder.Columns, new Dictionary<int, ColumnKind?> { [3] = ColumnKind.Number }, new HashSet<int>(), CancellationToken.None);

        Assert.Equal((2, 58), (readings[3].NumberCount, readings[3].TextCount));
        using var table = ColumnTable.Open(folder.Columns);
        Assert.Equal((ColumnKind.Number, 58), (table.Columns[3].Kind, table.Columns[3].MissingCount));
    }

    [Fact]
    public void A_further_files_dates_are_read_in_the_models_order_where_theirs_is_open()
    {
        using var folder = new ReadingFolder("id,opened\nA,01/02/2024\nB,03/04/2024\n");
        var kinds = new Dictionary<string, ColumnKind> { ["id"] = ColumnKind.Text, ["opened"] = ColumnKind.Date };

        var refusal = Assert.Throws<RefusedException>(() => DatasetReader.ReadForScoring(folder.Source, "new.csv", folder.Columns, kinds, null, CancellationToken.None));
        DatasetReader.ReadForScoring(
            folder.Source, "new.csv", folder.Columns, kinds, new Dictionary<string, DateForm> { ["opened"] = DateForm.DayFirst }, CancellationToken.None);

        Assert.Contains("could be day/month or month/day", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["2024-02-01", "2024-04-03"], folder.Texts("opened", 2));
    }

    private static (string, int)[] Markers(ColumnReading column) => [.. column.MissingMarkers.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value))];
}

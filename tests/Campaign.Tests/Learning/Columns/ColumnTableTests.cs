using System.Text;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Learning.Columns;

public sealed class ColumnTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-columns-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cells_read_back_as_they_were_written()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("id", ColumnKind.Text), new("balance"), new("segment")]))
        {
            Row(writer, "00012345678901234567", 12.5f, "NORMAL");
            Row(writer, "7", null, "AFFLUENT");
            Row(writer, "é€😀", -0.1f, null);
            writer.Complete();
        }

        using var table = ColumnTable.Open(_folder);

        Assert.Equal(3, table.RowCount);
        Assert.Equal([ColumnKind.Text, ColumnKind.Number, ColumnKind.Category], table.Columns.Select(column => column.Kind));
        Assert.Equal([0, 1, 1], table.Columns.Select(column => column.MissingCount));
        Assert.Equal(["AFFLUENT", "NORMAL"], table.Columns[2].Categories);
        Assert.Equal([12.5f, float.NaN, -0.1f], table.Numbers(1).ToArray());
        Assert.Equal([1, 0, -1], table.Codes(2).ToArray());
        Assert.Equal(["00012345678901234567", "7", "é€😀"], Enumerable.Range(0, 3).Select(row => table.Text(0, row)));
        Assert.Equal(["12.5", null, "-0.1"], Enumerable.Range(0, 3).Select(row => table.Text(1, row)));
        Assert.Equal(["NORMAL", "AFFLUENT", null], Enumerable.Range(0, 3).Select(row => table.Text(2, row)));
        Assert.Equal(2, table.IndexOf("segment"));
        Assert.Equal(-1, table.IndexOf("SEGMENT"));
    }

    [Fact]
    public void Categories_stand_in_ordinal_order_whatever_the_order_of_the_rows()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("c")]))
        {
            foreach (var text in new[] { "b", "a", "B", "é", "10", "9", "a" })
            {
                Cell(writer, 0, text);
                writer.EndRow();
            }

            writer.Complete();
        }

        using var table = ColumnTable.Open(_folder);

        Assert.Equal(["10", "9", "B", "a", "b", "é"], table.Columns[0].Categories);
        Assert.Equal([4, 3, 2, 5, 0, 1, 3], table.Codes(0).ToArray());
    }

    [Fact]
    public void A_category_with_too_many_texts_is_kept_as_text_from_its_first_row()
    {
        var rowCount = 20_000;
        using (var writer = new ColumnTableWriter(_folder, [new("name"), new("group")]))
        {
            for (var row = 0; row < rowCount; row++)
            {
                if (row == 3)
                {
                    writer.AddMissing(0);
                }
                else
                {
                    Cell(writer, 0, $"person {row}");
                }

                Cell(writer, 1, $"g{row % ColumnTableWriter.CategoryLimit}");
                writer.EndRow();
            }

            writer.Complete();
        }

        using var table = ColumnTable.Open(_folder);

        Assert.Equal(ColumnKind.Text, table.Columns[0].Kind);
        Assert.Empty(table.Columns[0].Categories);
        Assert.Equal(ColumnKind.Category, table.Columns[1].Kind);
        Assert.Equal(ColumnTableWriter.CategoryLimit, table.Columns[1].Categories.Count);
        for (var row = 0; row < rowCount; row++)
        {
            Assert.Equal(row == 3 ? null : $"person {row}", table.Text(0, row));
            Assert.Equal($"g{row % ColumnTableWriter.CategoryLimit}", table.Text(1, row));
        }
    }

    [Fact]
    public void A_column_of_missing_cells_is_a_number_column_and_late_texts_make_a_category()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("empty"), new("late")]))
        {
            for (var row = 0; row < 5000; row++)
            {
                writer.AddMissing(0);
                writer.AddMissing(1);
                writer.EndRow();
            }

            writer.AddMissing(0);
            Cell(writer, 1, "x");
            writer.EndRow();
            writer.Complete();
        }

        using var table = ColumnTable.Open(_folder);

        Assert.Equal(ColumnKind.Number, table.Columns[0].Kind);
        Assert.Equal(5001, table.Columns[0].MissingCount);
        Assert.Equal(5000, table.Columns[1].MissingCount);
        Assert.Equal(-1, table.Codes(1)[4999]);
        Assert.Equal(0, table.Codes(1)[5000]);
    }

    [Fact]
    public void A_number_column_that_meets_a_text_late_is_named_and_can_be_written_again()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("code"), new("other")]))
        {
            for (var row = 0; row < 70_000; row++)
            {
                if (row == 60_000)
                {
                    Cell(writer, 0, "A1");
                }
                else
                {
                    writer.AddNumber(0, row % 7);
                }

                writer.AddNumber(1, row);
                writer.EndRow();
            }

            writer.Complete();
            Assert.Equal([0], writer.TurnedToText);
        }

        using var before = ColumnTable.Open(_folder);
        using (var writer = ColumnTableWriter.Replacing(_folder, new Dictionary<int, ColumnKind?> { [0] = ColumnKind.Category }))
        {
            for (var row = 0; row < 70_000; row++)
            {
                Cell(writer, 0, row == 60_000 ? "A1" : $"0{row % 7}");
                writer.EndRow();
            }

            writer.Complete();
        }

        using var after = ColumnTable.Open(_folder);

        Assert.Equal(70_000, before.Columns[0].MissingCount);
        Assert.Equal(ColumnKind.Category, after.Columns[0].Kind);
        Assert.Equal("A1", after.Text(0, 60_000));
        Assert.Equal("03", after.Text(0, 3));
        Assert.Equal(69_999, after.Numbers(1)[69_999]);
    }

    [Fact]
    public void Thousands_of_columns_need_few_open_files()
    {
        var plans = Enumerable.Range(0, 3000).Select(i => new ColumnPlan($"c{i}")).ToArray();
        using (var writer = new ColumnTableWriter(_folder, plans))
        {
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < plans.Length; column++)
                {
                    writer.AddNumber(column, (row * 10_000) + column);
                }

                writer.EndRow();
            }

            writer.Complete();
        }

        using var table = ColumnTable.Open(_folder);

        Assert.Equal(22_999, table.Numbers(2999)[2]);
        Assert.Equal(["data-0.bin", "table.json"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_data_file_that_is_cut_off_is_not_opened()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("a")]))
        {
            writer.AddNumber(0, 1);
            writer.EndRow();
            writer.Complete();
        }

        using (var data = File.OpenWrite(Path.Combine(_folder, "data-0.bin")))
        {
            data.SetLength(2);
        }

        Assert.Throws<InvalidDataException>(() => ColumnTable.Open(_folder));
    }

    [Fact]
    public void A_writer_that_is_given_up_leaves_no_column_files()
    {
        using (var writer = new ColumnTableWriter(_folder, [new("a")]))
        {
            for (var row = 0; row < 100_000; row++)
            {
                writer.AddNumber(0, row);
                writer.EndRow();
            }
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(123456789f, "123456790")]
    [InlineData(0.1f, "0.1")]
    [InlineData(1e20f, "1E+20")]
    [InlineData(-1e9f, "-1000000000")]
    [InlineData(0.00002f, "0.00002")]
    public void Numbers_are_shown_in_the_shortest_form_that_reads_back(float number, string text)
    {
        Assert.Equal(text, ColumnTable.NumberText(number));
        Assert.Equal(number, float.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Row(ColumnTableWriter writer, string id, float? balance, string? segment)
    {
        Cell(writer, 0, id);
        if (balance is { } number)
        {
            writer.AddNumber(1, number);
        }
        else
        {
            writer.AddMissing(1);
        }

        if (segment is null)
        {
            writer.AddMissing(2);
        }
        else
        {
            Cell(writer, 2, segment);
        }

        writer.EndRow();
    }

    private static void Cell(ColumnTableWriter writer, int column, string text) => writer.AddText(column, Encoding.UTF8.GetBytes(text));
}

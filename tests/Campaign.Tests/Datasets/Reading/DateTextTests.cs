using System.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2024-02-29", DateForm.YearFirst, "2024-02-29")]
    [InlineData("2024/2/9", DateForm.YearFirst, "2024-02-09")]
    [InlineData("2024.02.29", DateForm.YearFirst, "2024-02-29")]
    [InlineData("20240229", DateForm.YearFirst, "2024-02-29")]
    [InlineData("2024-Feb-29", DateForm.YearFirst, "2024-02-29")]
    [InlineData("2024-02-29T23:59:59.123+08:00", DateForm.YearFirst, "2024-02-29")]
    [InlineData("2024-02-29 00:00:00Z", DateForm.YearFirst, "2024-02-29")]
    [InlineData("2024-02-29 7:05 PM", DateForm.YearFirst, "2024-02-29")]
    [InlineData("29/02/2024", DateForm.DayFirst, "2024-02-29")]
    [InlineData("29.2.24", DateForm.DayFirst, "2024-02-29")]
    [InlineData("29-Feb-24", DateForm.DayFirst, "2024-02-29")]
    [InlineData("29 February 2024", DateForm.DayFirst, "2024-02-29")]
    [InlineData("29feb2024", DateForm.DayFirst, "2024-02-29")]
    [InlineData("1 Sept 2024", DateForm.DayFirst, "2024-09-01")]
    [InlineData("31/12/1999 23:59", DateForm.DayFirst, "1999-12-31")]
    [InlineData("02/29/2024", DateForm.MonthFirst, "2024-02-29")]
    [InlineData("Feb 29, 2024", DateForm.MonthFirst, "2024-02-29")]
    [InlineData("MAY 3 2024", DateForm.MonthFirst, "2024-05-03")]
    [InlineData("1/2/29", DateForm.DayFirst, "2029-02-01")]
    [InlineData("1/2/30", DateForm.DayFirst, "1930-02-01")]
    [InlineData("1", DateForm.ExcelSerial, "1900-01-01")]
    [InlineData("59", DateForm.ExcelSerial, "1900-02-28")]
    [InlineData("61", DateForm.ExcelSerial, "1900-03-01")]
    [InlineData("45351", DateForm.ExcelSerial, "2024-02-29")]
    [InlineData("45351.75", DateForm.ExcelSerial, "2024-02-29")]
    [InlineData("73050", DateForm.ExcelSerial, "2099-12-31")]
    public void A_date_is_read_in_its_form(string text, DateForm form, string day)
    {
        Assert.True(DateText.TryRead(Encoding.UTF8.GetBytes(text), form, out var number, out _));
        Assert.Equal(day, ColumnTable.DateText(number));
    }

    [Theory]
    [InlineData("31/02/2024", DateForm.DayFirst)]
    [InlineData("29/02/2023", DateForm.DayFirst)]
    [InlineData("25/12/2023", DateForm.MonthFirst)]
    [InlineData("12/25/2023", DateForm.DayFirst)]
    [InlineData("2024-02-29", DateForm.DayFirst)]
    [InlineData("29/02/2024", DateForm.YearFirst)]
    [InlineData("2024-02/29", DateForm.YearFirst)]
    [InlineData("0000-00-00", DateForm.YearFirst)]
    [InlineData("2024-02-29 25:00", DateForm.YearFirst)]
    [InlineData("2024-02-29 and on", DateForm.YearFirst)]
    [InlineData("29 Feb", DateForm.DayFirst)]
    [InlineData("29-Fed-2024", DateForm.DayFirst)]
    [InlineData("1/2/345", DateForm.DayFirst)]
    [InlineData("10.12.0.1", DateForm.DayFirst)]
    [InlineData("03-1234-5678", DateForm.DayFirst)]
    [InlineData("0", DateForm.ExcelSerial)]
    [InlineData("73051", DateForm.ExcelSerial)]
    [InlineData("-5", DateForm.ExcelSerial)]
    [InlineData("", DateForm.YearFirst)]
    public void What_is_no_date_of_the_form_is_not_read(string text, DateForm form) =>
        Assert.False(DateText.TryRead(Encoding.UTF8.GetBytes(text), form, out _, out _));

    [Theory]
    [InlineData("0000-00-00", DateForm.YearFirst, true)]
    [InlineData("00/00/0000", DateForm.DayFirst, true)]
    [InlineData("0000-00-00 00:00:00", DateForm.YearFirst, true)]
    [InlineData("00000000", DateForm.YearFirst, true)]
    [InlineData("60", DateForm.ExcelSerial, true)]
    [InlineData("61", DateForm.ExcelSerial, false)]
    [InlineData("0", DateForm.DayFirst, false)]
    [InlineData("2000-01-01", DateForm.YearFirst, false)]
    public void Some_dates_stand_for_nothing(string text, DateForm form, bool nothing) =>
        Assert.Equal(nothing, DateText.StandsForNothing(Encoding.UTF8.GetBytes(text), form));

    [Theory]
    [InlineData("01/02/2024", DateFits.DayFirst | DateFits.MonthFirst)]
    [InlineData("25/12/2023", DateFits.DayFirst)]
    [InlineData("12/25/2023", DateFits.MonthFirst)]
    [InlineData("3 May 2024", DateFits.DayFirst | DateFits.NamedMonth)]
    [InlineData("May 3, 2024", DateFits.MonthFirst | DateFits.NamedMonth)]
    [InlineData("20240229", DateFits.YearFirst | DateFits.Compact)]
    [InlineData("45351", DateFits.None)]
    internal void A_cell_tells_all_forms_that_it_fits(string text, DateFits fits) => Assert.Equal(fits, DateText.FitsOf(Encoding.UTF8.GetBytes(text)));
}

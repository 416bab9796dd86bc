using System.Text;
using Campaign.Modules.Datasets.Reading;
using Xunit;

namespace Campaign.Tests.Datasets.Reading;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("12", false, 12)]
    [InlineData("-0.5", false, -0.5)]
    [InlineData(".5", false, 0.5)]
    [InlineData("7.", false, 7)]
    [InlineData("1E+15", false, 1e15)]
    [InlineData("123456789012345678901", false, 123456789012345678901.0)]
    [InlineData("0.1234567890123456789", false, 0.1234567890123456789)]
    [InlineData("1,234.50", false, 1234.5)]
    [InlineData("1.234,50", true, 1234.5)]
    [InlineData("12 %", false, 0.12)]
    [InlineData("12.5%", false, 0.125)]
    [InlineData("12,5 %", true, 0.125)]
    [InlineData("-3%", false, -0.03)]
    [InlineData("(3 %)", false, -0.03)]
    [InlineData("１２．５", false, 12.5)]
    [InlineData("RM 1.2M", false, 1.2e6)]
    public void A_number_is_read_as_it_is_written(string text, bool decimalComma, double number)
    {
        Assert.True(NumberText.TryRead(Encoding.UTF8.GetBytes(text), decimalComma, out var value, out _));
        Assert.Equal(number, value);
    }

    [Theory]
    [InlineData("1,23")]
    [InlineData("12%%")]
    [InlineData("%")]
    [InlineData("1.2.3")]
    [InlineData("e5")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("ABC 5")]
    [InlineData("12 34")]
    public void What_is_no_number_is_not_read(string text) =>
        Assert.False(NumberText.TryRead(Encoding.UTF8.GetBytes(text), false, out _, out _));

    [Fact]
    public void A_number_tells_its_marks()
    {
        Assert.True(NumberText.TryRead("rm 5"u8, false, out _, out var currency));
        Assert.True(NumberText.TryRead("5 %"u8, false, out _, out var percent));
        Assert.True(NumberText.TryRead("５"u8, false, out _, out var wide));

        Assert.Equal(new NumberMarks("RM", false, false), currency);
        Assert.Equal(new NumberMarks(null, true, false), percent);
        Assert.Equal(new NumberMarks(null, false, true), wide);
    }
}

using Campaign.Modules.Platform;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class InWordsTests
{
    [Theory]
    [InlineData(0.7213, "72.1 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(0.99996, "99.9 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(double.NaN, "–")]
    public void Nothing_short_of_all_is_a_hundred_per_cent(double share, string words) => Assert.Equal(words, InWords.Percent(share));

    [Theory]
    [InlineData(1, "1 row")]
    [InlineData(66083, "66,083 rows")]
    public void A_count_agrees_with_its_noun(long count, string words) => Assert.Equal(words, InWords.Count(count, "row"));

    [Theory]
    [InlineData(4.26, "4.3 s")]
    [InlineData(42, "42 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(119.7, "2 min 0 s")]
    public void A_duration_never_says_sixty_seconds(double seconds, string words) => Assert.Equal(words, InWords.Duration(seconds));

    [Theory]
    [InlineData(1, "1 kB")]
    [InlineData(6_793_208, "6.8 MB")]
    [InlineData(2_147_483_648, "2.1 GB")]
    public void A_size_has_a_unit_that_fits(long bytes, string words) => Assert.Equal(words, InWords.Size(bytes));
}

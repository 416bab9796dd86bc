using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Quality;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

public sealed class PersonalValuesTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [Theory]
    [InlineData("aina@example.com")]
    [InlineData("S1234567D")]
    [InlineData("880229-14-5566")]
    [InlineData("880229145566")]
    [InlineData("123-45-6789")]
    [InlineData("+60 12-345 6789")]
    [InlineData("0123456789")]
    [InlineData("012-345 6789")]
    [InlineData("(03) 1234 5678")]
    [InlineData("555-123-4567")]
    public void Values_that_tell_a_person_are_known_by_their_shape(string value) => Assert.True(PersonalValues.LooksPersonal([value, value, null, value]));

    [Theory]
    [InlineData("00012345")]
    [InlineData("0000000123")]
    [InlineData("2024-01-31")]
    [InlineData("31-01-2024")]
    [InlineData("883929145566")]
    [InlineData("K1234567")]
    [InlineData("1,234.50")]
    [InlineData("degree")]
    [InlineData("a@b")]
    [InlineData("50450-12")]
    [InlineData("0-10")]
    public void Codes_dates_amounts_and_words_are_no_persons(string value) => Assert.False(PersonalValues.LooksPersonal(Enumerable.Repeat(value, 10)));

    [Fact]
    public void Half_of_the_values_and_three_at_least_decide()
    {
        Assert.True(PersonalValues.LooksPersonal(["a@b.com", "c@d.com", "e@f.com", "x", "y", "z", " ", null]));
        Assert.False(PersonalValues.LooksPersonal(["a@b.com", "c@d.com", "e@f.com", "x", "y", "z", "w"]));
        Assert.False(PersonalValues.LooksPersonal(["a@b.com", "c@d.com"]));
    }

    [Fact]
    public void A_very_long_value_is_no_person() =>
        Assert.False(PersonalValues.LooksPersonal(Enumerable.Repeat(new string('0', 1_000_000), 1000)));

    [Fact]
    public async Task A_column_of_such_values_is_left_out_as_personal_whatever_its_name()
    {
        var text = IntakeFixture.Customers((row, line) => $"{line},k{row}@example.com,{(row % 2 == 0 ? "+60 12-345 6789" : $"+60 12-345 678{row % 5}")},b{row % 5}").Replace("segment\n", "segment,c1,c2,c3\n", StringComparison.Ordinal);

        var roles = (await intake.ReceiveAsync(text)).Roles;

        Assert.Equal([new("c1", LeftOutReason.PersonalData), new LeftOutColumn("c2", LeftOutReason.PersonalData)], roles.LeftOut);
        Assert.Contains("c3", roles.Features);
    }

    [Theory]
    [InlineData("umur", true)]
    [InlineData("MAR_STAT", true)]
    [InlineData("mstatus", true)]
    [InlineData("status_kahwin", true)]
    [InlineData("GNDR_CD", true)]
    [InlineData("jantina", true)]
    [InlineData("BANGSA", true)]
    [InlineData("ethn_grp", true)]
    [InlineData("agama", true)]
    [InlineData("RELIG_CD", true)]
    [InlineData("NATL", true)]
    [InlineData("warganegara", true)]
    [InlineData("natl_id", false)]
    [InlineData("MAR_BAL", false)]
    [InlineData("gn_occ", false)]
    [InlineData("trace_no", false)]
    public void Abbreviations_and_malay_names_of_sensitive_columns_are_known(string name, bool isSensitive) => Assert.Equal(isSensitive, ColumnWords.IsSensitive(name));

    [Theory]
    [InlineData("nama_pelanggan", true)]
    [InlineData("NO_TEL", true)]
    [InlineData("no_kp", true)]
    [InlineData("kad pengenalan", true)]
    [InlineData("alamat", true)]
    [InlineData("emel", true)]
    [InlineData("natl_id", true)]
    [InlineData("CUST_NM", true)]
    [InlineData("nama_produk", false)]
    [InlineData("MOB", false)]
    [InlineData("HP_BAL", false)]
    public void Abbreviations_and_malay_names_of_personal_columns_are_known(string name, bool isPersonal) => Assert.Equal(isPersonal, ColumnWords.IsPersonal(name));
}

using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Xunit;

namespace Campaign.Tests.Datasets;

public sealed class ColumnRoleGuessTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [Theory]
    [InlineData("C_ID")]
    [InlineData("Customer No")]
    [InlineData("CIFNumber")]
    [InlineData("cust_no")]
    [InlineData("id")]
    [InlineData("ID")]
    [InlineData("clientId")]
    public async Task The_id_is_found_by_its_name_even_where_ids_repeat(string name)
    {
        var text = IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", $"{row % 40}", StringComparison.Ordinal)).Replace("customer_id", name, StringComparison.Ordinal);

        Assert.Equal(name, (await intake.ReceiveAsync(text)).Roles.Id);
    }

    [Fact]
    public async Task The_id_is_found_by_codes_that_hardly_repeat() =>
        Assert.Equal("reference", (await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => line.Replace($"C{row:0000}", $"A{row:000000}", StringComparison.Ordinal)).Replace("customer_id", "reference", StringComparison.Ordinal))).Roles.Id);

    [Theory]
    [InlineData("C_seg", "affluent", "normal", "affluent")]
    [InlineData("Segment", "Priority", "Mass", "Priority")]
    [InlineData("target", "1", "0", "1")]
    [InlineData("is_affluent", "Yes", "No", "Yes")]
    [InlineData("status", "AFFLUENT", "NORMAL", "AFFLUENT")]
    public async Task The_class_is_found_by_name_or_by_values(string name, string affluent, string normal, string value)
    {
        var text = IntakeFixture.Customers().Replace("segment", name, StringComparison.Ordinal).Replace("affluent\n", affluent + "\n", StringComparison.Ordinal).Replace("normal\n", normal + "\n", StringComparison.Ordinal).Replace($"is_{affluent}\n", "is_affluent\n", StringComparison.Ordinal);

        var roles = (await intake.ReceiveAsync(text)).Roles;

        Assert.Equal((name, value), (roles.Label, roles.AffluentValue));
    }

    [Fact]
    public async Task Guessed_sensitive_columns_stay_features_and_named_ones_do_not()
    {
        var text = IntakeFixture.Customers().Replace("balance", "Marital Status", StringComparison.Ordinal);

        var guessed = (await intake.ReceiveAsync(text)).Roles;
        var named = (await intake.ReceiveAsync(text, new RoleRequest(Sensitive: ["product"]))).Roles;

        Assert.Equal(["age", "Marital Status"], guessed.Sensitive);
        Assert.Equal(["age", "Marital Status", "product"], guessed.Features);
        Assert.Equal(["age", "Marital Status", "product"], named.Sensitive);
        Assert.Equal(["age", "Marital Status"], named.Features);
        Assert.Equal([new LeftOutColumn("product", LeftOutReason.ByUser)], named.LeftOut);
    }

    [Theory]
    [InlineData("C_AGE", true)]
    [InlineData("Gender", true)]
    [InlineData("native_country", true)]
    [InlineData("date of birth", true)]
    [InlineData("account_age", false)]
    [InlineData("AVG_TRN_AMT", false)]
    [InlineData("percentage", false)]
    [InlineData("essex_branch", false)]
    public void Sensitive_names_are_told_by_whole_words(string name, bool isSensitive) => Assert.Equal(isSensitive, ColumnWords.IsSensitive(name));

    [Theory]
    [InlineData("name", true)]
    [InlineData("Customer Name", true)]
    [InlineData("e-mail", true)]
    [InlineData("NRIC", true)]
    [InlineData("home_phone", true)]
    [InlineData("product_name", false)]
    [InlineData("mobile_app_logins", false)]
    [InlineData("PC", false)]
    public void Personal_names_are_told_by_whole_words(string name, bool isPersonal) => Assert.Equal(isPersonal, ColumnWords.IsPersonal(name));

    [Fact]
    public async Task Columns_that_cannot_be_learned_from_are_left_out_with_their_reasons()
    {
        var text = IntakeFixture.Customers((row, line) => $"{line},,5,Person {row},text {row},{(row % 10 == 0 ? "1" : "")}")
            .Replace("segment\n", "segment,empty,constant,full name,remark,HL_tag\n", StringComparison.Ordinal);

        var roles = (await intake.ReceiveAsync(text)).Roles;

        Assert.Equal(
            [new("empty", LeftOutReason.Constant), new("constant", LeftOutReason.Constant), new("full name", LeftOutReason.PersonalData), new LeftOutColumn("remark", LeftOutReason.TooManyValues)],
            roles.LeftOut);
        Assert.Equal(["age", "balance", "product", "HL_tag"], roles.Features);
    }

    [Fact]
    public async Task A_column_that_nearly_gives_the_class_away_is_flagged_and_one_that_does_is_left_out()
    {
        // 'score' puts one of 200 affluent customers among the normal ones: AUC a little under 0.999.
        var text = IntakeFixture.Customers(
            (row, line) => $"{line},{(row % 3 == 0 ? "P" : "Q")},{(row == 300 ? 3 : row % 3 == 0 ? 9 : row % 5)}", rowCount: 600).Replace("segment\n", "segment,tier_name,score\n", StringComparison.Ordinal);

        var roles = (await intake.ReceiveAsync(text, new RoleRequest(Label: "segment"))).Roles;

        Assert.Equal([new LeftOutColumn("tier_name", LeftOutReason.GivesClassAway)], roles.LeftOut);
        Assert.Equal(["tier_name", "score"], roles.Leaking.Select(column => column.Name));
        Assert.Contains("score", roles.Features);
        Assert.InRange(roles.Leaking[1].Auc, 0.98, 0.9989);
    }
}

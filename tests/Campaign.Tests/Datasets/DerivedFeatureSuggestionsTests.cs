using System.Text.Json;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Tests.Learning;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Datasets;

public sealed class DerivedFeatureSuggestionsTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    private static readonly ColumnRoles NoRoles = new(null, "segment", "affluent", [], [], [], []);

    [Theory]
    [InlineData("CC_AVE,CC_LMT", "CC_AVE / CC_LMT")]
    [InlineData("Credit_Limit,Total_Revolving_Bal,Avg_Utilization_Ratio", "Total_Revolving_Bal / Credit_Limit")]
    [InlineData("balance,credit limit", "balance / credit limit")]
    [InlineData("overdraftLimit,overdraftBalance,card balance", "overdraftBalance / overdraftLimit")]
    [InlineData("savings_balance,credit_limit", "")]
    [InlineData("loan_amt_outstanding,total_debt_outstanding,income", "total_debt_outstanding / income|loan_amt_outstanding / income")]
    [InlineData("loan amount,INCM_TYP", "")]
    [InlineData("loan_term_months,annual income", "")]
    [InlineData("total debt,Income Level", "")]
    [InlineData("ANN_N_TRX,ANN_TRN_AMT,AVG_TRN_AMT,NUM_PRD", "ANN_N_TRX / NUM_PRD")]
    [InlineData("transaction_amount,products_number", "transaction_amount / products_number")]
    [InlineData("Total_Trans_Ct,Total_Trans_Amt,Total_Relationship_Count", "Total_Trans_Ct / Total_Relationship_Count")]
    [InlineData("purchases,product price", "")]
    [InlineData("balance,estimated_salary", "balance / estimated_salary")]
    [InlineData("credit_lines_outstanding,total_debt_outstanding", "total_debt_outstanding / credit_lines_outstanding")]
    [InlineData("MTHCASA,MAXCASA,MINCASA", "MTHCASA / MAXCASA")]
    [InlineData("UT_AVE,MAXUT,MAXTD", "UT_AVE / MAXUT")]
    [InlineData("capital_gain,capital_loss,hours_per_week,education_num,age,fnlwgt", "")]
    public void Ratios_are_suggested_by_the_names_of_their_parts(string columns, string expected) => Assert.Equal(expected, Names(Numbers(columns)));

    [Fact]
    public void Every_suggestion_says_why()
    {
        using var table = Table(Numbers("CC_AVE,CC_LMT"));

        Assert.Equal("How much of the card limit is used.", Assert.Single(DerivedFeatureSuggestions.For(table.Table, NoRoles)).Why);
    }

    [Fact]
    public void Dates_give_the_days_since_and_birth_dates_an_age_where_another_date_tells_the_day()
    {
        Assert.Equal("days since last transaction|days since opened|years since dob", Names(Dates("dob,last transaction,opened,card_expiry,next review")));
        Assert.Equal("", Names(Dates("date of birth,maturity date")));
        Assert.Equal("", Names(Numbers("opened,last transaction")));
    }

    [Fact]
    public void At_most_eight_are_suggested_the_most_telling_first()
    {
        using var table = Table([.. Dates("a,b,d,e,f,g,h,i,j"), .. Numbers("CC_AVE,CC_LMT")]);
        var suggested = DerivedFeatureSuggestions.For(table.Table, NoRoles);

        Assert.Equal((8, "CC_AVE / CC_LMT"), (suggested.Count, suggested[0].Feature.Name));
    }

    [Theory]
    [InlineData(95, "")]
    [InlineData(94, "CC_AVE / CC_LMT")]
    public void A_feature_that_is_hardly_ever_defined_is_not_suggested(int limitlessCount, string expected)
    {
        // Of 100 rows: one without a balance, and so many with a limit of 0.
        var balances = Enumerable.Range(0, 100).Select(row => row == 99 ? float.NaN : 5f).ToArray();
        var limits = Enumerable.Range(0, 100).Select(row => row < limitlessCount ? 0f : 10f).ToArray();

        Assert.Equal(expected, Names([("CC_AVE", ColumnKind.Number, balances), ("CC_LMT", ColumnKind.Number, limits)]));
    }

    [Theory]
    [InlineData(LeftOutReason.ByUser)]
    [InlineData(LeftOutReason.GivesClassAway)]
    [InlineData(LeftOutReason.PersonalData)]
    public void A_column_that_must_not_be_learned_from_is_never_used(LeftOutReason reason)
    {
        Assert.Equal("", Names(Numbers("CC_AVE,CC_LMT"), NoRoles with { LeftOut = [new("CC_LMT", reason)] }));
        Assert.Equal("", Names(Numbers("CC_AVE,CC_LMT"), NoRoles with { Leaking = [new("CC_AVE", 0.99)] }));
        Assert.Equal("", Names(Numbers("CC_AVE,CC_LMT"), NoRoles with { Id = "CC_AVE" }));
        Assert.Equal("", Names(Numbers("CC_AVE,CC_LMT"), NoRoles with { Label = "CC_LMT" }));
    }

    [Fact]
    public async Task They_are_off_unless_asked_for_and_stay_on_when_other_columns_change()
    {
        var text = IntakeFixture.Customers((row, line) => $"{line},{row * 11 % 83}").Replace("balance", "card_balance", StringComparison.Ordinal).Replace("segment\n", "segment,card_limit\n", StringComparison.Ordinal);
        await using var arriving = await ArrivingFiles.StartAsync();
        var id = await arriving.ArriveAsync(text);
        await arriving.CheckAsync(id);
        async Task<string[]> DerivedAsync(RoleRequest request)
        {
            await arriving.ConfirmAsync(id, request);
            return [.. ((await arriving.DatasetAsync(id))!.ReadRoles().Derived ?? []).Select(feature => feature.Name)];
        }

        Assert.Empty(await DerivedAsync(RoleRequest.Guess));
        Assert.Equal(["card_balance / card_limit"], await DerivedAsync(new RoleRequest(Derived: [RoleRequest.AllSuggested])));
        Assert.Equal(["card_balance / card_limit"], await DerivedAsync(new RoleRequest(Exclude: ["age"])));
        Assert.Empty(await DerivedAsync(new RoleRequest(Derived: [])));
        Assert.Equal(["card_balance / card_limit"], await DerivedAsync(new RoleRequest(Derived: ["card_balance / card_limit", "no such feature"])));
        Assert.Empty(await DerivedAsync(new RoleRequest(Exclude: ["card_limit"])));
    }

    [Fact]
    public void Roles_written_before_there_were_derived_features_are_still_read()
    {
        var read = JsonSerializer.Deserialize<ColumnRoles>(
            """{"id":null,"label":"segment","affluentValue":"1","features":["age"],"sensitive":[],"leftOut":[],"leaking":[]}""", JsonSerializerOptions.Web);

        Assert.Null(read!.Derived);
        Assert.DoesNotContain("derived", JsonSerializer.Serialize(read, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [SharedDataTheory]
    [InlineData("etb_sample.csv", "CC_AVE / CC_LMT|ANN_N_TRX / NUM_PRD|MTHCASA / MAXCASA|MTHTD / MAXTD|AVG_TRN_AMT / MAX_MTH_TRN_AMT")]
    [InlineData("loan_income.csv", "total_debt_outstanding / credit_lines_outstanding")]
    [InlineData("adult.csv", "")]
    public async Task Known_files_get_the_suggestions_that_a_banker_would_make(string name, string expected)
    {
        await using var db = intake.Database.Open();
        var outcome = await intake.Intake(db).ReceiveAsync(
            SharedData.PathOf($"data/{name}"), new IntakeOptions(new RoleRequest(Derived: [RoleRequest.AllSuggested]), Confirm: true), IntakeFixture.Actor);

        Assert.Equal(expected, string.Join('|', outcome.Roles.Derived!.Select(feature => feature.Name)));
    }

    private static (string, ColumnKind, Array)[] Numbers(string columns) => [.. columns.Split(',').Select(name => (name, ColumnKind.Number, (Array)new[] { 1f, 2f }))];

    private static (string, ColumnKind, Array)[] Dates(string columns) => [.. columns.Split(',').Select(name => (name, ColumnKind.Date, (Array)new[] { 1f, 2f }))];

    private static InventedTable Table((string, ColumnKind, Array)[] columns) => new(columns);

    private static string Names((string, ColumnKind, Array)[] columns, ColumnRoles? roles = null)
    {
        using var table = Table(columns);
        return string.Join('|', DerivedFeatureSuggestions.For(table.Table, roles ?? NoRoles).Select(one => one.Feature.Name));
    }
}

using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Segments;
using Campaign.Modules.Segments;
using Xunit;

namespace Campaign.Tests.Segments;

public sealed class ConditionFormTests
{
    [Fact]
    public void Every_condition_comes_back_from_its_form_as_it_was()
    {
        SegmentRule rule = new(
        [
            new NumberCondition("age", 45, FromCounts: true, 60.25f, ToCounts: false),
            new NumberCondition("savings", 20_000, FromCounts: false, null, ToCounts: true),
            new DateCondition("opened", null, new DateOnly(2020, 2, 29)),
            new CategoryCondition("job", ["clerk", "pilot"], Excluded: true),
            new PresenceCondition("income", IsMissing: true),
        ]);

        Assert.Equal(rule.ToJson(), new SegmentRule([.. rule.Conditions.Select(condition => ConditionForm.Of(condition).ToCondition())]).ToJson());
    }

    [Fact]
    public void Numbers_may_be_typed_with_their_groups_of_three()
    {
        var condition = new ConditionForm { Column = "savings", Kind = ColumnKind.Number, From = " 20,000.5 " }.ToCondition();

        Assert.Equal("savings at least 20,000.5", condition.Words);
    }

    [Theory]
    [InlineData(ColumnKind.Number, ConditionTest.Between, "", "", "Give 'x' a lower or an upper bound.")]
    [InlineData(ColumnKind.Number, ConditionTest.Between, "many", "", "'x' takes a number, for example 1234.5, or nothing.")]
    [InlineData(ColumnKind.Number, ConditionTest.Between, "NaN", "", "'x' takes a number, for example 1234.5, or nothing.")]
    [InlineData(ColumnKind.Number, ConditionTest.Between, "1e38", "", "'x' takes a number, for example 1234.5, or nothing.")]
    [InlineData(ColumnKind.Date, ConditionTest.Between, "", "31/12/2020", "'x' takes a day, for example 2024-02-29, or nothing.")]
    [InlineData(ColumnKind.Category, ConditionTest.NoneOf, "", "", "Choose at least one value of 'x'.")]
    public void What_cannot_be_read_is_refused_in_a_sentence(ColumnKind kind, ConditionTest test, string from, string to, string sentence)
    {
        var form = new ConditionForm { Column = "x", Kind = kind, Test = test, From = from, To = to };

        Assert.Equal(sentence, Assert.Throws<RefusedException>(() => form.ToCondition()).Message);
    }

    [Theory]
    [InlineData("unit_trust_amt", "Investment review with a relationship manager")]
    [InlineData("SavingsBalance", "Fixed deposit or money market placement")]
    [InlineData("age", "Retirement planning talk")]
    [InlineData("mileage", "Priority banking")]
    public void A_product_is_suggested_by_the_words_of_the_columns_names(string column, string product) =>
        Assert.Equal(product, SegmentSuggestion.For([column]).Product);
}

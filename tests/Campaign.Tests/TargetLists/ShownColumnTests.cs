using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.TargetLists;
using Campaign.Tests.Learning;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class ShownColumnTests
{
    [Fact]
    public void Ids_are_text_and_counts_and_days_are_numbers_and_days()
    {
        using var invented = new InventedTable(
            ("branch", ColumnKind.Number, new[] { 12f, float.NaN }), ("rm", ColumnKind.Category, new[] { "0012", null }), ("hh", ColumnKind.Text, new[] { "12345678901234567890", null }),
            ("last", ColumnKind.Date, new[] { 20_000f, float.NaN }), ("tenure", ColumnKind.Number, new[] { 0.1f, float.NaN }));

        var shown = ShownColumn.Of(invented.Table, new Dictionary<ListField, string>
        {
            [ListField.Tenure] = "tenure",
            [ListField.LastContacted] = "last",
            [ListField.Branch] = "branch",
            [ListField.RelationshipManager] = "rm",
            [ListField.Household] = "hh",
        });

        Assert.Equal([ListField.Household, ListField.RelationshipManager, ListField.Branch, ListField.LastContacted, ListField.Tenure], shown.Select(column => column.Field));
        Assert.Equal(["12345678901234567890", "0012", "12"], shown.Take(3).Select(column => column.CellOfRow(0).Text));
        Assert.Equal(XlsxValue.OfDate(new DateTime(2024, 10, 4)), shown[3].CellOfRow(0));
        Assert.Equal(XlsxValue.OfNumber(0.1, CellStyle.Number), shown[4].CellOfRow(0));
        Assert.All(shown, column => Assert.Equal("", column.CellOfRow(1).Text));
    }

    [Fact]
    public void Long_ids_that_were_read_as_numbers_are_refused_rather_than_shown_wrong()
    {
        using var invented = new InventedTable(("household", ColumnKind.Number, new[] { 16_777_217f, 1f }));

        var refused = Assert.Throws<RefusedException>(() => ShownColumn.Of(invented.Table, new Dictionary<ListField, string> { [ListField.Household] = "household" }));

        Assert.Contains("'household'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(ListFieldGuess.Of(invented.Table));
        Assert.Throws<RefusedException>(() => ShownColumn.Of(invented.Table, new Dictionary<ListField, string> { [ListField.Branch] = "gone" }));
    }

    [Fact]
    public void Money_of_the_customers_adds_up_to_the_campaigns()
    {
        var guess = new RunMoney("RM", 10_000, 40, 0.1, "Marketing", default);
        var hidden = new HiddenEstimate(50, 100, 150, 100, new Rate(1, 1), 0.5);
        double[] recorded = [0.05, 0.2, 0.4, 0.9];

        var money = ListMoney.Of(guess, recorded, hidden)!;

        // Half of all affluents are recorded: the odds of being one, if recorded normal, are g / (1 - g), at most certain.
        double[] probabilities = [0.05 / 0.95, 0.25, 0.4 / 0.6, 1];
        Assert.Equal(probabilities, money.AffluentProbabilities.Select(one => Math.Round(one, 12)).ToArray(), (left, right) => Math.Abs(left - right) < 1e-9);
        Assert.Equal(guess.Economics.Profit(4, probabilities.Sum()), Enumerable.Range(0, 4).Sum(money.Profit), 6);
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(money.Value(row) - money.Cost, money.Profit(row), 9));
        Assert.Null(ListMoney.Of(null, recorded, hidden));
        Assert.Null(ListMoney.Of(guess, null, hidden));
        Assert.Null(ListMoney.Of(guess, recorded, null));
    }
}

using Campaign.Learning;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class CustomerIndexTests
{
    [Fact]
    public void Ids_are_the_same_only_character_for_character()
    {
        using var invented = new InventedTable(("id", ColumnKind.Text, new[] { "007", "7", "007", "7 " }));
        var customers = CustomerIndex.Of(invented.Table, "id");

        Assert.Equal([0, 1, 0, 2], customers.Customers.ToArray());
        Assert.Equal(3, customers.Count);
    }

    [Fact]
    public void Without_an_id_column_each_row_is_a_customer()
    {
        using var invented = new InventedTable(("id", ColumnKind.Text, new[] { "a", "a" }));
        Assert.Equal(2, CustomerIndex.Of(invented.Table, null).Count);
    }

    [Fact]
    public void A_blank_id_is_refused_with_its_row()
    {
        using var invented = new InventedTable(("id", ColumnKind.Text, new[] { "a", null, "b" }));
        var refused = Assert.Throws<RefusedException>(() => CustomerIndex.Of(invented.Table, "id"));
        Assert.StartsWith("Data row 2 has no customer id in column 'id'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_affluent_row_marks_the_customer() =>
        Assert.Equal([true, false], CustomerIndex.Of([0, 1, 0]).WithAffluentRow([false, false, true]));
}

using Campaign.Learning;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class CustomerFoldsTests
{
    private const int RowCount = 1000;
    private static readonly CustomerIndex Customers = CustomerIndex.Of([.. Enumerable.Range(0, RowCount).Select(row => row * 7919 % 600)]);
    private static readonly bool[] Affluent = [.. Enumerable.Range(0, RowCount).Select(row => row % 6 == 0)];

    [Fact]
    public void A_repeated_id_stays_in_one_fold()
    {
        var folds = CustomerFolds.Deal(Customers, Affluent, 5, 3, seed: 1);
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var ofCustomer = new Dictionary<int, byte>();
            for (var row = 0; row < RowCount; row++)
            {
                Assert.Equal(folds.OfRepeat(repeat)[row], ofCustomer.GetValueOrDefault(Customers.Customers[row], folds.OfRepeat(repeat)[row]));
                ofCustomer[Customers.Customers[row]] = folds.OfRepeat(repeat)[row];
            }

            Assert.Equal(600, ofCustomer.Count);
        }
    }

    [Fact]
    public void Affluent_rows_and_rows_are_spread_evenly()
    {
        var folds = CustomerFolds.Deal(Customers, Affluent, 5, 1, seed: 2).OfRepeat(0).ToArray();
        for (var fold = 0; fold < 5; fold++)
        {
            Assert.InRange(folds.Count(rowFold => rowFold == fold), 199, 201);
            Assert.InRange(Enumerable.Range(0, RowCount).Count(row => folds[row] == fold && Affluent[row]), 33, 34);
        }
    }

    [Fact]
    public void The_seed_alone_decides_and_each_repeat_deals_anew()
    {
        var first = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 3);
        var again = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 3);
        var other = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 4);

        Assert.Equal(first.OfRepeat(0).ToArray(), again.OfRepeat(0).ToArray());
        Assert.Equal(first.OfRepeat(1).ToArray(), again.OfRepeat(1).ToArray());
        Assert.NotEqual(first.OfRepeat(0).ToArray(), first.OfRepeat(1).ToArray());
        Assert.NotEqual(first.OfRepeat(0).ToArray(), other.OfRepeat(0).ToArray());
    }

    [Fact]
    public void The_rows_of_the_folds_are_all_rows_once_each_in_the_files_order()
    {
        var folds = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 5);
        var rows = Enumerable.Range(0, 5).Select(fold => folds.Rows(1, fold)).ToArray();

        Assert.All(rows[3], row => Assert.Equal(3, folds.OfRepeat(1)[row]));
        Assert.Equal(Enumerable.Range(0, RowCount), rows.SelectMany(fold => fold).Order());
        Assert.Equal(rows[3].Order(), rows[3]);
        Assert.Empty(folds.HeldOutRows());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Customers_held_out_are_a_share_of_both_classes_whole_and_the_same_in_every_repeat(double share)
    {
        var folds = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 6, share);
        var heldOut = folds.HeldOutRows();

        Assert.InRange((double)heldOut.Count(row => Affluent[row]) / Affluent.Count(affluent => affluent), share - 0.05, share + 0.05);
        Assert.InRange((double)heldOut.Length / RowCount, share - 0.05, share + 0.05);
        Assert.Equal(heldOut, Enumerable.Range(0, RowCount).Where(row => folds.OfRepeat(1)[row] == CustomerFolds.HeldOut));
        var customers = heldOut.Select(row => Customers.Customers[row]).ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, RowCount).Except(heldOut), row => customers.Contains(Customers.Customers[row]));
        Assert.Equal(heldOut, CustomerFolds.Of([folds.OfRepeat(0).ToArray()]).HeldOutRows());
        Assert.Equal(5, CustomerFolds.Of([folds.OfRepeat(0).ToArray()]).FoldCount);
        Assert.Equal(RowCount - heldOut.Length, Enumerable.Range(0, 5).Sum(fold => folds.Rows(0, fold).Length));
    }

    [Fact]
    public void Too_few_affluent_customers_are_refused_in_words()
    {
        // Twelve affluent rows, but of three customers only.
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, 100).Select(row => row < 12 ? row % 3 : row)]);
        bool[] affluent = [.. Enumerable.Range(0, 100).Select(row => row < 12)];

        var refused = Assert.Throws<RefusedException>(() => CustomerFolds.Deal(customers, affluent, 5, 1, seed: 1));
        Assert.StartsWith("Only 3 customers are recorded affluent, too few to learn from: at least 5 are needed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public void A_file_of_affluents_only_is_refused_in_words()
    {
        var refused = Assert.Throws<RefusedException>(() => CustomerFolds.Deal(CustomerIndex.Of([0, 1, 2, 3]), [true, true, true, true], 2, 1, seed: 1));
        Assert.StartsWith("Only 0 customers are recorded normal", refused.Message, StringComparison.Ordinal);
    }
}

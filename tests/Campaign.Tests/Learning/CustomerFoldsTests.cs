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
    public void Rows_of_a_fold_and_the_others_are_all_rows()
    {
        var folds = CustomerFolds.Deal(Customers, Affluent, 5, 2, seed: 5);
        var held = folds.Rows(1, 3, inFold: true);
        var others = folds.Rows(1, 3, inFold: false);

        Assert.All(held, row => Assert.Equal(3, folds.OfRepeat(1)[row]));
        Assert.Equal(Enumerable.Range(0, RowCount), held.Concat(others).Order());
        Assert.Equal(held.Order(), held);
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

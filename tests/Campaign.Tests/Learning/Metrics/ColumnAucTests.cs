using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public class ColumnAucTests
{
    private static readonly bool[] HalfAffluent = [.. Enumerable.Range(0, 400).Select(row => row % 2 == 1)];

    [Fact]
    public void A_number_that_is_the_class_tells_all_in_either_direction()
    {
        float[] up = [.. HalfAffluent.Select(affluent => affluent ? 2f : 1f)];
        float[] down = [.. up.Select(value => -value)];

        Assert.Equal(1, ColumnAuc.OfNumbers(up, HalfAffluent));
        Assert.Equal(1, ColumnAuc.OfNumbers(down, HalfAffluent));
    }

    [Fact]
    public void A_constant_number_tells_nothing() =>
        Assert.Equal(0.5, ColumnAuc.OfNumbers(new float[400], HalfAffluent));

    [Fact]
    public void Missing_is_a_level_that_may_stand_for_the_affluents()
    {
        // Affluents are missing or 9, normals 1 to 5: only with missing placed highest is the order perfect.
        float[] values = [float.NaN, 9, 1, 5, 3];
        bool[] affluent = [true, true, false, false, false];

        Assert.Equal(1, ColumnAuc.OfNumbers(values, affluent));
    }

    [Fact]
    public void Ties_count_half()
    {
        // Pairs (affluent, normal): 3 > 1 wins, 3 = 3 is half, 2 > 1 wins, 2 < 3 loses: 2.5 of 4.
        Assert.Equal(2.5 / 4, ColumnAuc.OfNumbers([3, 2, 1, 3], [true, true, false, false]));
    }

    [Fact]
    public void A_category_that_is_the_class_tells_all()
    {
        int[] codes = [.. HalfAffluent.Select(affluent => affluent ? 0 : 1)];

        Assert.Equal(1, ColumnAuc.OfCategories(codes, 2, HalfAffluent));
    }

    [Fact]
    public void Missing_is_a_category_of_its_own()
    {
        int[] codes = [.. HalfAffluent.Select(affluent => affluent ? -1 : 0)];

        Assert.Equal(1, ColumnAuc.OfCategories(codes, 1, HalfAffluent));
    }

    [Fact]
    public void A_value_of_its_own_for_each_row_tells_nothing()
    {
        int[] codes = [.. Enumerable.Range(0, 400)];

        Assert.Equal(0.5, ColumnAuc.OfCategories(codes, 400, HalfAffluent));
    }

    [Fact]
    public void A_category_drawn_at_random_tells_next_to_nothing()
    {
        var random = new Random(3);
        int[] codes = [.. Enumerable.Range(0, 400).Select(_ => random.Next(8))];

        Assert.InRange(ColumnAuc.OfCategories(codes, 8, HalfAffluent), 0.5, 0.6);
    }

    [Fact]
    public void With_one_class_only_it_is_undefined()
    {
        Assert.Equal(double.NaN, ColumnAuc.OfNumbers([1, 2], [true, true]));
        Assert.Equal(double.NaN, ColumnAuc.OfCategories([0, 1], 2, [false, false]));
    }
}

using Campaign.Learning;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_stream_is_that_of_the_published_generator()
    {
        var random = new SeededRandom(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431],
            new[] { random.Next(), random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Every_seed_and_part_has_a_stream_of_its_own()
    {
        var firsts = new HashSet<ulong>();
        for (var seed = -2; seed < 20; seed++)
        {
            for (var part = 0; part < 20; part++)
            {
                firsts.Add(SeededRandom.For(seed, part).Next());
            }
        }

        Assert.Equal(22 * 20, firsts.Count);
    }

    [Fact]
    public void A_shuffle_keeps_all_items_and_limits_are_kept()
    {
        var random = SeededRandom.For(1, 0);
        int[] items = [.. Enumerable.Range(0, 100)];
        random.Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.Next(3), 0, 2));
    }
}

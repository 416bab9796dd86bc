using Campaign.Learning;
using Campaign.Learning.Candidates;
using Xunit;

namespace Campaign.Tests.Learning.Candidates;

public sealed class TuningSearchTests : IDisposable
{
    private static readonly TrainingRecipe Start = OracleSample.Recipe with { MaxTreeCount = 30 };

    private readonly OracleSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_first_trial_is_the_recipe_itself_and_fewer_trials_are_the_first_of_more()
    {
        var (four, two) = (Search(4), Search(2));

        Assert.Equal(Start with { RepeatCount = 1 }, four[0].Recipe);
        Assert.Equal(Settings(four).Take(2), Settings(two));
        Assert.Equal(4, Settings(four).Distinct().Count());
        Assert.Equal([1, 2, 3, 4], four.Select(trial => trial.Number));
        Assert.NotEqual(Settings(two)[1], Settings(Search(2, Start with { Seed = 99 }))[1]);
    }

    [Fact]
    public void A_time_limit_cuts_the_search_between_trials_and_its_count_makes_the_same_again()
    {
        var cut = Search(50, timeLimit: TimeSpan.FromTicks(1));

        Assert.Single(cut);
        Assert.Equal(Settings(cut), Settings(Search(cut.Count)));
    }

    [Fact]
    public void The_best_has_the_shortest_list_then_the_highest_average_precision()
    {
        TuningTrial Trial(int number, int? listSize, double precision) => new(number, Start, 10, listSize, precision, 0.8, 2, 1);

        Assert.Equal(3, TuningSearch.Best([Trial(1, 120, 0.9), Trial(2, null, 0.95), Trial(3, 100, 0.5), Trial(4, 100, 0.4)]).Number);
        Assert.Equal(2, TuningSearch.Best([Trial(1, null, 0.6), Trial(2, null, 0.7), Trial(3, null, 0.7)]).Number);
    }

    [Fact]
    public void Every_setting_that_is_drawn_is_of_the_documented_space()
    {
        foreach (var recipe in Search(6).Skip(1).Select(trial => trial.Recipe))
        {
            var parameters = recipe.Parameters(0);
            foreach (var (name, values) in TuningSearch.Space)
            {
                var value = name == "affluent weight" ? $"{recipe.AffluentWeight}" : parameters[name];
                Assert.Contains(value, values.Split(", "));
            }
        }
    }

    private IReadOnlyList<TuningTrial> Search(int count, TrainingRecipe? start = null, TimeSpan? timeLimit = null) =>
        TuningSearch.Run(_sample.Data, _sample.Customers, start ?? Start, count, timeLimit, 0.8, 0.9, 2);

    private static List<TuningTrial> Settings(IEnumerable<TuningTrial> trials) => [.. trials.Select(trial => trial with { Seconds = 0 })];
}

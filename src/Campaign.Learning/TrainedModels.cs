namespace Campaign.Learning;

/// <summary>The models of a run: one for each fold of each repeat, which never saw the customers of its fold, and the final one.</summary>
/// <param name="FoldModels">By repeat, then by fold.</param>
/// <param name="Final">For customers that are not in the training file, and those held out of training altogether.</param>
/// <param name="Recipes">How the members were trained, in their order.</param>
public sealed record TrainedModels(
    IReadOnlyList<IReadOnlyList<ScoringModel>> FoldModels, ScoringModel Final, IReadOnlyList<TrainingRecipe> Recipes) : IDisposable
{
    /// <summary>Of each model, all members together; 0 for an elastic net.</summary>
    public int TreeCount => Final.Members.Zip(Recipes, TreesOf).Sum();

    /// <summary>The model that did not see the customers of a fold.</summary>
    /// <param name="fold">Its number, or <see cref="CustomerFolds.HeldOut"/>: those the final model did not see either.</param>
    internal ScoringModel Of(int repeat, byte fold) => fold == CustomerFolds.HeldOut ? Final : FoldModels[repeat][fold];

    /// <summary>Models whose members are those of others, which the result owns from now on.</summary>
    /// <param name="parts">Trained on the same folds.</param>
    /// <param name="weights">One for each part, above 0.</param>
    public static TrainedModels Combine(IReadOnlyList<TrainedModels> parts, IReadOnlyList<double> weights)
    {
        return new TrainedModels(
            [.. parts[0].FoldModels.Select((folds, repeat) => folds.Select((_, fold) => Of(part => part.FoldModels[repeat][fold])).ToArray())],
            Of(part => part.Final),
            [.. parts.SelectMany(part => part.Recipes)]);

        ScoringModel Of(Func<TrainedModels, ScoringModel> model) => new(
            [.. parts.Zip(weights, (part, weight) => model(part).Members.Select(member => member with { Weight = weight * member.Weight })).SelectMany(members => members)]);
    }

    public void Dispose()
    {
        foreach (var model in FoldModels.SelectMany(repeat => repeat))
        {
            model.Dispose();
        }

        Final.Dispose();
    }

    private static int TreesOf(ModelMember member, TrainingRecipe recipe) =>
        member.Family == ModelFamily.ElasticNet ? 0 : member.Booster.BoostedRounds * recipe.TreesOf(recipe.RepeatCount);
}

using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>The boosters of a run: one for each fold of each repeat, which never saw the customers of its fold, and the final one on all rows.</summary>
/// <param name="FoldModels">By repeat, then by fold.</param>
/// <param name="Final">For customers that are not in the training file.</param>
public sealed record TrainedModels(IReadOnlyList<IReadOnlyList<Booster>> FoldModels, Booster Final) : IDisposable
{
    public int TreeCount => Final.BoostedRounds;

    public void Dispose()
    {
        foreach (var model in FoldModels.SelectMany(repeat => repeat))
        {
            model.Dispose();
        }

        Final.Dispose();
    }
}

namespace Campaign.Learning;

/// <summary>What the models of a run are trained on. Each form of the rows is made at its first use, once, and disposed with this.</summary>
/// <param name="features">The dataset's features; must outlive this.</param>
/// <param name="affluent">The recorded class, one a row.</param>
/// <param name="folds">Of the same rows.</param>
public sealed class TrainingData(FeatureSource features, bool[] affluent, CustomerFolds folds) : IDisposable
{
    private BinnedRows? _binned;
    private LinearDesign? _design;
    private LinearRows? _linear;

    public FeatureSource Features { get; } = features;

    public bool[] Affluent { get; } = affluent;

    public CustomerFolds Folds { get; } = folds;

    /// <summary>The design of this data's linear models; null for trees.</summary>
    internal LinearDesign? DesignOf(ModelFamily family) => family == ModelFamily.ElasticNet ? _design ??= LinearDesign.Of(Features) : null;

    /// <param name="family">Of the models to be trained.</param>
    /// <param name="threadCount">Threads that make them; the result does not depend on it.</param>
    internal TrainingRows RowsOf(ModelFamily family, int threadCount) => DesignOf(family) is { } design
        ? _linear ??= new LinearRows(Features, design)
        : _binned ??= new BinnedRows(Features, TrainingRecipe.MaxBin, threadCount);

    public void Dispose()
    {
        _binned?.Dispose();
        _linear?.Dispose();
    }
}

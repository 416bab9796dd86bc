using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>All rows of a dataset in the design of a linear model.</summary>
internal sealed class LinearRows : TrainingRows
{
    private const int BatchRowCount = 4096;

    internal LinearRows(FeatureSource features, LinearDesign design)
    {
        var values = new float[(long)features.RowCount * design.Columns.Count];
        for (var first = 0; first < features.RowCount; first += BatchRowCount)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(BatchRowCount, features.RowCount - first))];
            design.Fill(features, rows, values.AsSpan(first * design.Columns.Count, rows.Length * design.Columns.Count));
        }

        Matrix = DMatrix.FromDense(values, design.Columns.Count);
        ReadByColumn();
    }

    internal override DMatrix Matrix { get; }

    internal override Booster Restore(Booster trained) => Booster.Load(trained.Save(ModelFormat.Ubj));

    /// <summary>XGBoost turns the matrix round at its first use and keeps it so: that must not be done by two trainings at once.</summary>
    private void ReadByColumn()
    {
        using var booster = Booster.Create(
            new Dictionary<string, string> { ["booster"] = "gblinear", ["updater"] = "coord_descent", ["nthread"] = "1" }, Matrix);
        var none = new float[Matrix.RowCount];
        booster.Boost(Matrix, none, none);
    }
}

using Campaign.Learning.Explanations;
using Campaign.XGBoost;

namespace Campaign.Learning;

/// <summary>One part of a model.</summary>
/// <param name="Family">What XGBoost trained it as.</param>
/// <param name="Booster">Owned.</param>
/// <param name="Weight">What its log-odds are multiplied with.</param>
/// <param name="Design">What turns features into its inputs; null where it takes the features themselves.</param>
public sealed record ModelMember(ModelFamily Family, Booster Booster, double Weight, LinearDesign? Design);

/// <summary>
/// A model that scores customers: its log-odds are the weighted sum of its members', so that the members' contributions, weighted likewise, add
/// up to them. May be used from several threads at once.
/// </summary>
/// <param name="members">At least one, in the order of summing.</param>
public sealed class ScoringModel(IReadOnlyList<ModelMember> members) : IDisposable
{
    private const int BatchRowCount = 4096;

    public IReadOnlyList<ModelMember> Members { get; } = members;

    /// <summary>Writes the log-odds of each of <paramref name="rows"/> to its place in <paramref name="logOdds"/>.</summary>
    /// <param name="features">With the features that the model was trained on.</param>
    /// <param name="rows">Row numbers of the dataset.</param>
    /// <param name="logOdds">One for each row of the dataset.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public void PredictLogOdds(FeatureSource features, int[] rows, float[] logOdds, int threadCount = 1, CancellationToken cancellation = default)
    {
        var batchCount = (rows.Length + BatchRowCount - 1) / BatchRowCount;
        Parallel.For(
            0,
            batchCount,
            new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation },
            () => new Buffers(features.Features.Count),
            (batch, _, buffers) =>
            {
                var batchRows = rows.AsSpan(batch * BatchRowCount, Math.Min(BatchRowCount, rows.Length - (batch * BatchRowCount)));
                Span<double> sums = buffers.Sums.AsSpan(0, batchRows.Length);
                sums.Clear();
                foreach (var member in Members)
                {
                    var margins = buffers.Margins.AsSpan(0, batchRows.Length);
                    PredictMargins(member, features, batchRows, buffers.Values, margins);
                    AddWeighted(margins, member.Weight, sums);
                }

                for (var i = 0; i < batchRows.Length; i++)
                {
                    logOdds[batchRows[i]] = (float)sums[i];
                }

                return buffers;
            },
            _ => { });
    }

    /// <summary>Exact SHAP contributions to the log-odds of rows: (feature count + 1) a row, row-major, the bias last; see <see cref="Explainer"/>.</summary>
    /// <param name="features">With the features that the model was trained on.</param>
    /// <param name="rows">Row numbers of the dataset.</param>
    /// <param name="contributions">To be filled; a row's add up to its log-odds.</param>
    public void PredictContributions(FeatureSource features, ReadOnlySpan<int> rows, Span<double> contributions)
    {
        var width = features.Features.Count;
        contributions.Clear();
        foreach (var member in Members)
        {
            if (member.Design is { } design)
            {
                AddLinear(member, design, features, rows, contributions);
                continue;
            }

            var values = new float[rows.Length * width];
            var ofMember = new float[rows.Length * (width + 1)];
            features.Fill(rows, values);
            using var matrix = DMatrix.FromDense(values, width, types: features.Types);
            member.Booster.PredictContributions(matrix, ofMember);
            AddWeighted(ofMember, member.Weight, contributions);
        }
    }

    public void Dispose()
    {
        foreach (var member in Members)
        {
            member.Booster.Dispose();
        }
    }

    /// <summary>The one way in which members' log-odds become a model's.</summary>
    internal static void AddWeighted(ReadOnlySpan<float> ofMember, double weight, Span<double> sums)
    {
        for (var i = 0; i < ofMember.Length; i++)
        {
            sums[i] += weight * ofMember[i];
        }
    }

    private static void PredictMargins(ModelMember member, FeatureSource features, ReadOnlySpan<int> rows, float[] buffer, Span<float> margins)
    {
        if (member.Design is { } design)
        {
            using var matrix = Matrix(design, features, rows);
            member.Booster.PredictMargins(matrix, margins);
            return;
        }

        var values = buffer.AsSpan(0, rows.Length * features.Features.Count);
        features.Fill(rows, values);
        member.Booster.PredictMargins(values, margins);
    }

    /// <summary>Coefficient times value for each column of the design, summed by feature.</summary>
    private static void AddLinear(ModelMember member, LinearDesign design, FeatureSource features, ReadOnlySpan<int> rows, Span<double> contributions)
    {
        var (width, designWidth) = (features.Features.Count, design.Columns.Count);
        var ofMember = new float[rows.Length * (designWidth + 1)];
        using var matrix = Matrix(design, features, rows);
        member.Booster.PredictContributions(matrix, ofMember);
        for (var row = 0; row < rows.Length; row++)
        {
            var from = ofMember.AsSpan(row * (designWidth + 1), designWidth + 1);
            var to = contributions.Slice(row * (width + 1), width + 1);
            for (var column = 0; column < designWidth; column++)
            {
                to[design.Columns[column].Feature] += member.Weight * from[column];
            }

            to[width] += member.Weight * from[designWidth];
        }
    }

    private static DMatrix Matrix(LinearDesign design, FeatureSource features, ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length * design.Columns.Count];
        design.Fill(features, rows, values);
        return DMatrix.FromDense(values, design.Columns.Count);
    }

    private sealed class Buffers(int featureCount)
    {
        internal float[] Values { get; } = new float[BatchRowCount * featureCount];

        internal float[] Margins { get; } = new float[BatchRowCount];

        internal double[] Sums { get; } = new double[BatchRowCount];
    }
}

using System.Text.Json.Serialization;

namespace Campaign.Learning.Thresholds;

/// <summary>Exact counts at one threshold. Rows unless it says customers.</summary>
/// <param name="Score">An actual score of the run; the threshold 'at or above' it.</param>
/// <param name="SelectedAffluent">Recorded affluent rows selected.</param>
/// <param name="SelectedNormal">Recorded normal rows selected: hidden-affluent candidates.</param>
/// <param name="Customers">Customers that the candidates come to: an id once, none that is recorded affluent in another row.</param>
/// <param name="InSampleNormal">What scoring the training rows with the final model would have listed at the same threshold (rows).</param>
public readonly record struct ThresholdPoint(double Score, int SelectedAffluent, int SelectedNormal, int Customers, int InSampleNormal);

/// <summary>At most 2,000 thresholds of a run with their exact counts, from the highest score down: all that the threshold page needs.</summary>
/// <param name="AffluentRows">Recorded affluent rows in all.</param>
/// <param name="NormalRows">Recorded normal rows in all.</param>
public sealed record ThresholdCurve(int AffluentRows, int NormalRows, IReadOnlyList<ThresholdPoint> Points)
{
    public const int MaximumPoints = 2000;

    private const int PointsNearTheChosen = 200;

    /// <summary>The lowest point at which no more rows are selected than are recorded affluent, or the highest: to look from where none is chosen.</summary>
    [JsonIgnore]
    public ThresholdPoint AsManyAsKnown => Points.LastOrDefault(point => point.SelectedAffluent + point.SelectedNormal <= AffluentRows, Points[0]);

    /// <summary>
    /// All distinct scores where they are at most <see cref="MaximumPoints"/>. Else the highest and the lowest, the 200 around
    /// <paramref name="chosen"/>, and the rest spread so that they lie closer where the list is shorter (squared spacing by rows).
    /// </summary>
    /// <param name="scores">Out-of-fold scores, 0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="inSampleScores">Scores of the same rows by the final model, one a row.</param>
    /// <param name="chosen">The threshold in force: an actual score of the run is a point of the curve.</param>
    public static ThresholdCurve Build(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        ReadOnlySpan<double> inSampleScores,
        OperatingThreshold? chosen = null)
    {
        if (scores.Length != inSampleScores.Length)
        {
            throw new ArgumentException($"{scores.Length} scores but {inSampleScores.Length} in-sample scores.");
        }

        var affluentRows = affluent.Count(true);
        var inSampleNormal = NormalScores(inSampleScores, affluent, scores.Length - affluentRows);
        var steps = new ThresholdSweep(scores, affluent, customers).Steps().ToArray();
        var points = new List<ThresholdPoint>();
        var below = inSampleNormal.Length;
        foreach (var i in Choose(steps, chosen))
        {
            var threshold = new OperatingThreshold(steps[i].Score);
            while (below > 0 && threshold.Selects(inSampleNormal[below - 1]))
            {
                below--;
            }

            points.Add(new ThresholdPoint(
                steps[i].Score, steps[i].SelectedAffluent, steps[i].SelectedNormal, steps[i].Customers, inSampleNormal.Length - below));
        }

        return new ThresholdCurve(affluentRows, scores.Length - affluentRows, points);
    }

    private static double[] NormalScores(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, int normalCount)
    {
        var normal = new double[normalCount];
        for (int row = 0, next = 0; row < scores.Length; row++)
        {
            if (!affluent[row])
            {
                normal[next++] = scores[row];
            }
        }

        Array.Sort(normal);
        return normal;
    }

    /// <summary>Positions in <paramref name="steps"/>, rising.</summary>
    private static IEnumerable<int> Choose(ThresholdSweep.Step[] steps, OperatingThreshold? chosen)
    {
        if (steps.Length <= MaximumPoints)
        {
            return Enumerable.Range(0, steps.Length);
        }

        var positions = new SortedSet<int> { 0, steps.Length - 1 };
        if (chosen is { } threshold)
        {
            // Steps fall in score: the chosen one is the last that the threshold still selects.
            var at = Math.Max(0, Array.FindLastIndex(steps, step => threshold.Selects(step.Score)));
            var first = Math.Clamp(at - (PointsNearTheChosen / 2), 0, steps.Length - PointsNearTheChosen);
            positions.UnionWith(Enumerable.Range(first, PointsNearTheChosen));
        }

        var spread = MaximumPoints - positions.Count;
        for (var i = 1; i <= spread; i++)
        {
            var share = (double)i / (spread + 1);
            positions.Add((int)(share * share * (steps.Length - 1)));
        }

        return positions;
    }
}

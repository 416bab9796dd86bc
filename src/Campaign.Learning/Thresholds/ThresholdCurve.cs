using System.Text.Json.Serialization;
using Campaign.Learning.Metrics;

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

    /// <summary>The threshold that the curve was built around, which a training promised; null where it could not promise any.</summary>
    public ThresholdPoint? Chosen { get; init; }

    /// <summary>The lowest point at which no more rows are selected than are recorded affluent, or the highest: to look from where none is chosen.</summary>
    [JsonIgnore]
    public ThresholdPoint AsManyAsKnown => Points.LastOrDefault(point => point.SelectedAffluent + point.SelectedNormal <= AffluentRows, Points[0]);

    /// <summary>
    /// What another threshold costs: of the recorded affluents, those that the chosen one selects and the other does not. 0 where the other
    /// selects as many or more; null without a chosen one. One threshold's rows hold the other's, so it is one share of one set of rows, with
    /// Wilson's interval.
    /// </summary>
    public Rate? GivenUpWith(ThresholdPoint other) =>
        Chosen is { } chosen ? new Rate(Math.Max(0, chosen.SelectedAffluent - other.SelectedAffluent), AffluentRows) : null;

    /// <summary>As <see cref="Of"/>, of the rows themselves.</summary>
    /// <param name="scores">Out-of-fold scores, 0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="inSampleScores">Scores of the same rows by the final model, one a row.</param>
    /// <param name="chosen">The threshold in force.</param>
    public static ThresholdCurve Build(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        ReadOnlySpan<double> inSampleScores,
        OperatingThreshold? chosen = null)
    {
        var affluentRows = affluent.Count(true);
        return Of(ThresholdSteps.Of(scores, affluent, customers, inSampleScores), affluentRows, scores.Length - affluentRows, chosen);
    }

    /// <summary>
    /// All distinct scores where they are at most <see cref="MaximumPoints"/>. Else the highest and the lowest, the 200 around
    /// <paramref name="chosen"/>, and the rest spread so that they lie closer where the list is shorter (squared spacing by rows).
    /// </summary>
    /// <param name="steps">Of the run.</param>
    /// <param name="affluentRows">Recorded affluent rows in all.</param>
    /// <param name="normalRows">Recorded normal rows in all.</param>
    /// <param name="chosen">The threshold in force: an actual score of the run is a point of the curve.</param>
    public static ThresholdCurve Of(ThresholdSteps steps, int affluentRows, int normalRows, OperatingThreshold? chosen = null) =>
        new(affluentRows, normalRows, [.. Choose(steps, chosen).Select(place => steps[place])])
        {
            Chosen = chosen is { } threshold ? steps.At(threshold) : null,
        };

    /// <summary>Places in <paramref name="steps"/>, rising.</summary>
    private static IEnumerable<int> Choose(ThresholdSteps steps, OperatingThreshold? chosen)
    {
        if (steps.Count <= MaximumPoints)
        {
            return Enumerable.Range(0, steps.Count);
        }

        var places = new SortedSet<int> { 0, steps.Count - 1 };
        if (chosen is { } threshold)
        {
            // Steps fall in score: the chosen one is the last that the threshold still selects.
            var at = Math.Max(0, steps.Last(step => threshold.Selects(step.Score)));
            var first = Math.Clamp(at - (PointsNearTheChosen / 2), 0, steps.Count - PointsNearTheChosen);
            places.UnionWith(Enumerable.Range(first, PointsNearTheChosen));
        }

        var spread = MaximumPoints - places.Count;
        for (var i = 1; i <= spread; i++)
        {
            var share = (double)i / (spread + 1);
            places.Add((int)(share * share * (steps.Count - 1)));
        }

        return places;
    }
}

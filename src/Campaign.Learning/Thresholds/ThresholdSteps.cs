namespace Campaign.Learning.Thresholds;

/// <summary>
/// All thresholds that make a difference, one point for each distinct score, from the highest down, with the exact counts at each: two sorts
/// and one pass, after which every question is a search.
/// </summary>
public sealed class ThresholdSteps
{
    private readonly List<ThresholdPoint> _points;

    private ThresholdSteps(List<ThresholdPoint> points) => _points = points;

    public int Count => _points.Count;

    /// <param name="place">0 is the highest score.</param>
    public ThresholdPoint this[int place] => _points[place];

    /// <param name="scores">Out-of-fold scores, 0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="inSampleScores">Scores of the same rows by the final model, one a row.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ThresholdSteps Of(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers, ReadOnlySpan<double> inSampleScores)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount || scores.Length != inSampleScores.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers, {inSampleScores.Length} in-sample scores.");
        }

        var falling = scores.ToArray();
        int[] rows = [.. Enumerable.Range(0, falling.Length)];
        Array.Sort(falling, rows);
        var inSampleNormal = NormalScores(inSampleScores, affluent);
        var points = new List<ThresholdPoint>(scores.Length);

        // A customer is counted once, and never if any of its rows is recorded affluent.
        var counted = customers.WithAffluentRow(affluent);
        int selectedAffluent = 0, selectedNormal = 0, customerCount = 0, below = inSampleNormal.Length;
        for (var next = rows.Length - 1; next >= 0;)
        {
            var threshold = new OperatingThreshold(falling[next]);
            for (; next >= 0 && threshold.Selects(falling[next]); next--)
            {
                if (affluent[rows[next]])
                {
                    selectedAffluent++;
                    continue;
                }

                selectedNormal++;
                ref var isCounted = ref counted[customers.Customers[rows[next]]];
                customerCount += isCounted ? 0 : 1;
                isCounted = true;
            }

            while (below > 0 && threshold.Selects(inSampleNormal[below - 1]))
            {
                below--;
            }

            points.Add(new ThresholdPoint(threshold.Score, selectedAffluent, selectedNormal, customerCount, inSampleNormal.Length - below));
        }

        return new ThresholdSteps(points);
    }

    /// <summary>The lowest point that a threshold, any number, still selects; null where it selects no row.</summary>
    public ThresholdPoint? At(OperatingThreshold threshold) => Last(point => threshold.Selects(point.Score)) is >= 0 and var place ? _points[place] : null;

    /// <summary>The lowest point whose candidates come to at most so many customers; null where already the highest point's are more.</summary>
    public ThresholdPoint? Within(int customerCount) => Last(point => point.Customers <= customerCount) is >= 0 and var place ? _points[place] : null;

    /// <summary>The last place of those that keep a condition, which all before it keep; -1 where none does.</summary>
    internal int Last(Func<ThresholdPoint, bool> keeps)
    {
        int last = -1, after = _points.Count;
        while (after - last > 1)
        {
            var middle = last + ((after - last) / 2);
            (last, after) = keeps(_points[middle]) ? (middle, after) : (last, middle);
        }

        return last;
    }

    private static double[] NormalScores(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent)
    {
        var normal = new double[affluent.Count(false)];
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
}

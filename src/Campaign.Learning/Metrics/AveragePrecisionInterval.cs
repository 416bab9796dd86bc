namespace Campaign.Learning.Metrics;

/// <summary>
/// Average precision with its interval: the infinitesimal jackknife's variance (Jaeckel 1972; Efron 1982) by customer, as a customer's rows go
/// together; the interval on the logit scale, so that it stays within 0 and 1. The scores stay as they are: what another training would have
/// changed is not in it.
/// </summary>
/// <param name="AveragePrecision">As in <see cref="RankingMetrics"/>; NaN where no row is affluent.</param>
/// <param name="StandardError">NaN where fewer than 2 rows are affluent, or there is one customer.</param>
/// <param name="Interval">Undefined where the standard error is, and where average precision is 1: the variance is 0 there and says nothing.</param>
public readonly record struct AveragePrecisionInterval(double AveragePrecision, double StandardError, Interval Interval)
{
    /// <param name="scores">Of any scale, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static AveragePrecisionInterval Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers, double confidence = 0.95)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount)
        {
            throw new ArgumentException($"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        var keys = scores.ToArray();
        if (Array.Exists(keys, double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.");
        }

        int[] rows = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, rows);
        double affluentCount = affluent.Count(true);
        if (affluentCount == 0)
        {
            return new AveragePrecisionInterval(double.NaN, double.NaN, Interval.Undefined);
        }

        var steps = Steps(keys, rows, affluent);
        var average = steps.Sum(step => step.Affluent * (step.SelectedAffluent / step.Selected)) / affluentCount;
        if (affluentCount < 2 || customers.Count < 2)
        {
            return new AveragePrecisionInterval(average, double.NaN, Interval.Undefined);
        }

        var derivatives = Derivatives(steps, rows, affluent, customers, average, affluentCount);
        var standardError = Math.Sqrt(derivatives.Sum(derivative => derivative * derivative) * customers.Count / (customers.Count - 1));
        return new AveragePrecisionInterval(average, standardError, Interval.OnLogitScale(average, standardError, confidence));
    }

    /// <summary>One for each distinct score, from the lowest.</summary>
    private static List<Step> Steps(double[] keys, int[] rows, ReadOnlySpan<bool> affluent)
    {
        var steps = new List<Step>();
        double selected = 0, selectedAffluent = 0;
        for (var end = keys.Length; end > 0;)
        {
            var (start, tiedAffluent) = (end, 0);
            for (; start > 0 && keys[start - 1] == keys[end - 1]; start--)
            {
                tiedAffluent += affluent[rows[start - 1]] ? 1 : 0;
            }

            selected += end - start;
            selectedAffluent += tiedAffluent;
            steps.Add(new Step(start, end, tiedAffluent, selectedAffluent, selected));
            end = start;
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>
    /// Of average precision by each customer's weight: a row's own precision if it is affluent, and what it does to the precision at each
    /// affluent that scores as high or lower.
    /// </summary>
    private static double[] Derivatives(
        List<Step> steps, int[] rows, ReadOnlySpan<bool> affluent, CustomerIndex customers, double average, double affluentCount)
    {
        var derivatives = new double[customers.Count];
        double gained = 0, lost = 0;
        foreach (var step in steps)
        {
            gained += step.Affluent / step.Selected;
            lost += step.Affluent * step.SelectedAffluent / (step.Selected * step.Selected);
            for (var i = step.Start; i < step.End; i++)
            {
                var own = affluent[rows[i]] ? (step.SelectedAffluent / step.Selected) + gained - average : 0;
                derivatives[customers.Customers[rows[i]]] += (own - lost) / affluentCount;
            }
        }

        return derivatives;
    }

    /// <summary>Rows of one score.</summary>
    /// <param name="Start">Its first place in rising order.</param>
    /// <param name="End">The place after its last.</param>
    /// <param name="Affluent">Recorded affluents among them.</param>
    /// <param name="SelectedAffluent">Recorded affluents at or above the score.</param>
    /// <param name="Selected">Rows at or above it.</param>
    private readonly record struct Step(int Start, int End, double Affluent, double SelectedAffluent, double Selected);
}

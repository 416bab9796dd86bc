namespace Campaign.Learning.Thresholds;

/// <summary>All thresholds that make a difference, from the highest score down, with the counts at each: one sort, then one pass.</summary>
internal sealed class ThresholdSweep
{
    private readonly double[] _scores;
    private readonly int[] _rows;
    private readonly bool[] _affluent;
    private readonly CustomerIndex _customers;

    internal ThresholdSweep(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount)
        {
            throw new ArgumentException($"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers.");
        }

        _scores = scores.ToArray();
        _affluent = affluent.ToArray();
        _customers = customers;
        _rows = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(_scores, _rows);
    }

    /// <summary>One step for each distinct score.</summary>
    internal IEnumerable<Step> Steps()
    {
        // A customer is counted once, and never if any of its rows is recorded affluent.
        var counted = _customers.WithAffluentRow(_affluent);
        int selectedAffluent = 0, selectedNormal = 0, customers = 0;
        for (var next = _rows.Length - 1; next >= 0;)
        {
            var score = _scores[next];
            for (; next >= 0 && _scores[next] == score; next--)
            {
                var row = _rows[next];
                if (_affluent[row])
                {
                    selectedAffluent++;
                    continue;
                }

                selectedNormal++;
                var customer = _customers.Customers[row];
                customers += counted[customer] ? 0 : 1;
                counted[customer] = true;
            }

            yield return new Step(score, selectedAffluent, selectedNormal, customers);
        }
    }

    /// <summary>Counts at or above <paramref name="Score"/>.</summary>
    internal readonly record struct Step(double Score, int SelectedAffluent, int SelectedNormal, int Customers);
}

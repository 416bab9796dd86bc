using Campaign.Learning.Metrics;

namespace Campaign.Learning.Candidates;

/// <summary>The rows that candidates and trials are judged on: all but those held out of training altogether, which only the promise may know.</summary>
internal static class JudgedRows
{
    internal static (double[] LogOdds, bool[] Affluent) Of(ReadOnlySpan<double> logOdds, TrainingData data)
    {
        var folds = data.Folds.OfRepeat(0);
        var count = folds.Length - folds.Count(CustomerFolds.HeldOut);
        var (kept, affluent) = (new double[count], new bool[count]);
        for (int row = 0, next = 0; row < folds.Length; row++)
        {
            if (folds[row] != CustomerFolds.HeldOut)
            {
                (kept[next], affluent[next++]) = (logOdds[row], data.Affluent[row]);
            }
        }

        return (kept, affluent);
    }

    /// <summary>Which of the judged rows belong together.</summary>
    internal static CustomerIndex Customers(CustomerFolds folds, CustomerIndex customers)
    {
        var ofRow = folds.OfRepeat(0).ToArray();
        var numbers = new Dictionary<int, int>();
        var judged = new List<int>();
        for (var row = 0; row < ofRow.Length; row++)
        {
            if (ofRow[row] != CustomerFolds.HeldOut)
            {
                var customer = customers.Customers[row];
                numbers.TryAdd(customer, numbers.Count);
                judged.Add(numbers[customer]);
            }
        }

        return CustomerIndex.Of([.. judged]);
    }

    internal static Interval? Defined(Interval interval) => interval.IsDefined ? interval : null;
}

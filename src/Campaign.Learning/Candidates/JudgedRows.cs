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
}

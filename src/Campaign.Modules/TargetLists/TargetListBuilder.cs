using Campaign.Learning;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// From scores to customers: who is contacted, who is the control group, who is excluded and why. Pure: the same inputs give the same
/// list, whatever the machine. Ids never decide: customers with the same score stand in a random order that the seed fixes, also at the
/// budget's edge.
/// </summary>
public static class TargetListBuilder
{
    /// <exception cref="RefusedException">The budget or the control share is out of range.</exception>
    public static TargetListSelection Build(TargetListInputs inputs)
    {
        Check(inputs);
        var candidates = FindCandidates(inputs, out var selectedRowCount, out var candidateRowCount);

        var eligible = new List<Candidate>(candidates.Count);
        var excluded = new List<ExcludedCustomer>();
        var ids = inputs.Customers.CustomerIds;
        var recordedAffluent = CustomersRecordedAffluent(inputs);
        foreach (var candidate in candidates)
        {
            if (recordedAffluent[candidate.Customer])
            {
                excluded.Add(new ExcludedCustomer(ids[candidate.Customer], candidate.Row + 1, ExclusionCause.RecordedAffluentInAnotherRow));
            }
            else
            {
                eligible.Add(candidate);
            }
        }

        eligible = InListOrder(eligible, inputs);
        var (reachCount, controlCount) = Reach(eligible.Count, inputs.Budget, inputs.ControlShare);
        foreach (var beyond in eligible.Skip(reachCount))
        {
            excluded.Add(new ExcludedCustomer(ids[beyond.Customer], beyond.Row + 1, ExclusionCause.BeyondBudget));
        }

        var reached = eligible.GetRange(0, reachCount);
        var isControl = DrawControl(reached, controlCount, inputs);
        var listed = Describe([.. reached.Where((_, place) => !isControl[place])], inputs);
        var control = Describe([.. reached.Where((_, place) => isControl[place])], inputs);
        excluded.Sort((left, right) => left.Row.CompareTo(right.Row));

        var counts = Waterfall(inputs, selectedRowCount, candidateRowCount, candidates.Count, eligible.Count, listed.Count, control.Count, excluded.Count);
        return new TargetListSelection(listed, control, excluded, counts);
    }

    private static void Check(TargetListInputs inputs)
    {
        var rowCount = inputs.Customers.RowCount;
        if (inputs.Scores.Count != rowCount || inputs.SelectedRepeats.Count != rowCount || inputs.Customers.CustomerOfRow.Length != rowCount)
        {
            throw new ArgumentException("Scores, repeats and recorded customers must have one entry a row.", nameof(inputs));
        }

        if (inputs.Budget < 1)
        {
            throw new RefusedException("The budget must be at least 1 customer: give a higher number, or leave it empty to list every candidate.");
        }

        if (inputs.ControlShare is not (>= 0 and < 1))
        {
            throw new RefusedException("The control share must be at least 0 and below 1: 0.1 keeps one customer in ten back to measure.");
        }
    }

    /// <summary>Customers with a row that is recorded normal and at or above the threshold, each by the highest such row, in the order of these rows.</summary>
    private static List<Candidate> FindCandidates(TargetListInputs inputs, out int selectedRowCount, out int candidateRowCount)
    {
        selectedRowCount = 0;
        candidateRowCount = 0;
        var bestRow = new int[inputs.Customers.CustomerCount];
        Array.Fill(bestRow, -1);
        for (var row = 0; row < inputs.Scores.Count; row++)
        {
            if (!inputs.Threshold.Selects(inputs.Scores[row]))
            {
                continue;
            }

            selectedRowCount++;
            if (inputs.Customers.Affluent[row])
            {
                continue;
            }

            candidateRowCount++;
            var customer = inputs.Customers.CustomerOfRow[row];
            if (bestRow[customer] < 0 || inputs.Scores[row] > inputs.Scores[bestRow[customer]])
            {
                bestRow[customer] = row;
            }
        }

        var candidates = new List<Candidate>();
        for (var customer = 0; customer < bestRow.Length; customer++)
        {
            if (bestRow[customer] >= 0)
            {
                candidates.Add(new Candidate(customer, bestRow[customer], inputs.Scores[bestRow[customer]]));
            }
        }

        return candidates;
    }

    private static bool[] CustomersRecordedAffluent(TargetListInputs inputs)
    {
        var recordedAffluent = new bool[inputs.Customers.CustomerCount];
        for (var row = 0; row < inputs.Customers.RowCount; row++)
        {
            recordedAffluent[inputs.Customers.CustomerOfRow[row]] |= inputs.Customers.Affluent[row];
        }

        return recordedAffluent;
    }

    private static List<Candidate> InListOrder(List<Candidate> eligible, TargetListInputs inputs)
    {
        var ties = new SeededOrder(inputs.Seed, SeededOrder.Draw.Ties);
        return [.. eligible
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => ties.PlaceOf(inputs.Customers.CustomerIds[candidate.Customer]))];
    }

    /// <summary>
    /// The top of the list that the campaign touches, and how many of it are control. With budget N and control share c the reach is
    /// round(N / (1 - c)), so that N are contacted and the control group comes in addition. Fewer eligible than that: all are reached.
    /// </summary>
    private static (int Reach, int Control) Reach(int eligibleCount, int? budget, double controlShare)
    {
        if (budget is not { } contactCount)
        {
            return (eligibleCount, (int)Math.Round(controlShare * eligibleCount));
        }

        var fullReach = Math.Round(contactCount / (1 - controlShare));
        var reach = (int)Math.Min(fullReach, eligibleCount);
        var control = Math.Clamp(Math.Round(controlShare * reach), Math.Max(0, reach - contactCount), fullReach - contactCount);
        return (reach, (int)control);
    }

    /// <summary>One a reached customer, true where control: a simple random sample without replacement that the seed fixes.</summary>
    private static bool[] DrawControl(List<Candidate> reached, int controlCount, TargetListInputs inputs)
    {
        var draw = new SeededOrder(inputs.Seed, SeededOrder.Draw.ControlGroup);
        var isControl = new bool[reached.Count];
        var drawn = Enumerable.Range(0, reached.Count)
            .OrderBy(place => draw.PlaceOf(inputs.Customers.CustomerIds[reached[place].Customer]))
            .Take(controlCount);
        foreach (var place in drawn)
        {
            isControl[place] = true;
        }

        return isControl;
    }

    private static List<ListedCustomer> Describe(List<Candidate> ranked, TargetListInputs inputs)
    {
        var described = new List<ListedCustomer>(ranked.Count);
        foreach (var candidate in ranked)
        {
            var priority = described.Count + 1;
            described.Add(new ListedCustomer(
                inputs.Customers.CustomerIds[candidate.Customer],
                candidate.Row + 1,
                candidate.Score,
                BandOf(priority, ranked.Count),
                ConfidenceOf(inputs.SelectedRepeats[candidate.Row], inputs.RepeatCount),
                priority));
        }

        return described;
    }

    /// <param name="priority">From 1.</param>
    internal static char BandOf(int priority, int listCount)
    {
        // Whole numbers: 0.1 + 0.2 is not 0.3 in floating point, and an edge must not move for that.
        var tenths = 10L * (priority - 1);
        return tenths < listCount ? 'A' : tenths < 3L * listCount ? 'B' : tenths < 6L * listCount ? 'C' : 'D';
    }

    internal static ListConfidence ConfidenceOf(int selectedRepeats, int repeatCount) =>
        selectedRepeats >= repeatCount ? ListConfidence.High
        : 2 * selectedRepeats >= repeatCount ? ListConfidence.Medium
        : ListConfidence.Low;

    private static ListCounts Waterfall(
        TargetListInputs inputs, int selectedRows, int candidateRows, int customers, int eligible, int toContact, int control, int excluded)
    {
        const string rows = "rows";
        const string people = "customers";
        var validRows = inputs.Customers.RowCount;
        return new ListCounts(
            [
                new("uploaded rows", rows, validRows + inputs.RejectedRowCount),
                new("valid rows", rows, validRows),
                new("at or above the threshold", rows, selectedRows),
                new("recorded normal", rows, candidateRows),
                new("customers (ids once)", people, customers),
                new("not recorded affluent in another row", people, eligible),
                new("eligible", people, null),
                new("consented", people, null),
                new("not suppressed", people, null),
                new("not over-contacted", people, null),
                new("one a household", people, null),
                new("in the chosen segments", people, null),
                new("control group taken out", people, eligible - control),
                new("within budget", people, toContact),
                new("to contact", people, toContact),
            ],
            toContact,
            control,
            excluded);
    }

    private readonly record struct Candidate(int Customer, int Row, double Score);
}

using Campaign.Learning;
using Campaign.Modules.Platform;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// From scores to customers: who is contacted, who is the control group, who is excluded and why. Pure: the same inputs give the same
/// list, whatever the machine. Ids never decide: customers with the same score stand in a random order that the seed fixes, also at the
/// budget's edge.
/// </summary>
public static class TargetListBuilder
{
    /// <exception cref="RefusedException">
    /// A choice of the definition is out of range, consent is not answered, or the control group leaves nobody to contact.
    /// </exception>
    public static TargetListSelection Build(TargetListInputs inputs)
    {
        Check(inputs);
        var definition = inputs.Definition;
        var candidates = FindCandidates(inputs, out var selectedRowCount, out var candidateRowCount);
        var waterfall = new Waterfall(inputs, selectedRowCount, candidateRowCount, candidates.Count);

        var gates = new CustomerGates(inputs);
        List<Candidate> reachable = [];
        foreach (var candidate in InListOrder(candidates, inputs))
        {
            if (gates.Stop(candidate.Customer, candidate.Row) is { } cause)
            {
                waterfall.Exclude(inputs.Customers.CustomerIds[candidate.Customer], candidate.Row + 1, cause);
            }
            else
            {
                reachable.Add(candidate);
            }
        }

        var (reachCount, controlCount) = Reach(reachable.Count, definition);
        foreach (var beyond in reachable.Skip(reachCount))
        {
            waterfall.Exclude(inputs.Customers.CustomerIds[beyond.Customer], beyond.Row + 1, ExclusionCause.BeyondBudget);
        }

        var reached = reachable.GetRange(0, reachCount);
        var isControl = DrawControl(reached, controlCount, inputs);
        var listed = Split(Describe([.. reached.Where((_, place) => !isControl[place])], inputs, gates), inputs);
        var control = Describe([.. reached.Where((_, place) => isControl[place])], inputs, gates);
        return new TargetListSelection(listed, control, waterfall.Excluded, waterfall.Counts(listed.Count, control.Count));
    }

    /// <exception cref="RefusedException">A choice is out of range, or consent is not answered.</exception>
    public static void Check(ListDefinition definition)
    {
        if (definition.Budget < 1)
        {
            throw new RefusedException("The budget must be at least 1 customer: give a higher number, or leave it empty to list every candidate.");
        }

        if (definition.ControlShare is not (>= 0 and < 1))
        {
            throw new RefusedException("The control share must be at least 0 and below 100 %: 10 % keeps one customer in ten back to measure.");
        }

        if (definition.ControlCount < 1)
        {
            throw new RefusedException("The control group must have at least 1 customer: give a higher number, or leave it empty and give a share.");
        }

        if (definition.Consent is { Channels.Count: 0, CheckedElsewhere: ContactChannels.None })
        {
            throw new RefusedException("Who agreed to be contacted? Say which column holds the consent of each channel, or that consent is checked before anyone is contacted, and by which channels.");
        }

        if (definition.Consent.Channels.Select(channel => channel.Channel).Distinct().Count() < definition.Consent.Channels.Count)
        {
            throw new RefusedException("Each channel has its consent in one column: remove the second column of the same channel.");
        }

        if (definition.Consent.Channels.FirstOrDefault(channel => channel.Yes.Values.Count == 0) is { } empty)
        {
            throw new RefusedException($"Which values of '{empty.Yes.Column}' are a yes to {ContactChannel.InWords(empty.Channel)}? Name at least one.");
        }

        if (definition.Eligibility is { AgeColumn: not null, FromAge: null, ToAge: null } || definition.Eligibility.FromAge > definition.Eligibility.ToAge)
        {
            throw new RefusedException("The age needs a lowest or a highest year, and the lowest not above the highest: 18 to 65, for example.");
        }

        foreach (var (rule, what) in new[] { (definition.Eligibility.Status, "open accounts"), (definition.Eligibility.Staff, "the bank's own people"), (definition.Eligibility.Deceased, "customers who have died") })
        {
            if (rule is { Values.Count: 0 })
            {
                throw new RefusedException($"Which values of '{rule.Column}' mark {what}? Tick at least one, or choose no column.");
            }
        }

        if (!(definition.BaseResponseShare > 0 && definition.HopedResponseShare > definition.BaseResponseShare && definition.HopedResponseShare <= 1))
        {
            throw new RefusedException("The response that you hope for must be higher than the one without contact, and that above 0.");
        }

        ListSplitting.Check(definition.Waves, "Waves");
        ListSplitting.Check(definition.Cells, "Offers");
    }

    private static void Check(TargetListInputs inputs)
    {
        var rowCount = inputs.Customers.RowCount;
        if (inputs.Scores.Count != rowCount || inputs.SelectedRepeats.Count != rowCount || inputs.Customers.CustomerOfRow.Length != rowCount)
        {
            throw new ArgumentException("Scores, repeats and recorded customers must have one entry a row.", nameof(inputs));
        }

        if (inputs.Gates.Consent is null != (inputs.Definition.Consent.Channels.Count == 0))
        {
            throw new ArgumentException("Where channels have their consent in the file, it must be read, and only there.", nameof(inputs));
        }

        Check(inputs.Definition);
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

    private static List<Candidate> InListOrder(List<Candidate> candidates, TargetListInputs inputs)
    {
        var ties = new SeededOrder(inputs.Definition.Seed, SeededOrder.Draw.Ties);
        return [.. candidates
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => ties.PlaceOf(inputs.Customers.CustomerIds[candidate.Customer]))];
    }

    /// <summary>
    /// The top of the list that the campaign touches, and how many of it are control. With budget N and control share c the reach is
    /// round(N / (1 - c)), with a control count K it is N + K, so that N are contacted and the control group comes in addition. Fewer reachable
    /// than that: all are reached.
    /// </summary>
    /// <exception cref="RefusedException">A control count leaves nobody to contact.</exception>
    private static (int Reach, int Control) Reach(int reachableCount, ListDefinition definition)
    {
        if (definition.ControlCount is { } count)
        {
            return reachableCount > 0 && count >= reachableCount
                ? throw new RefusedException($"A control group of {InWords.Count(count)} leaves nobody to contact: only {InWords.Count(reachableCount, "customer")} can be reached. Make the control group smaller.")
                : ((int)Math.Min((definition.Budget ?? int.MaxValue) + (long)count, reachableCount), Math.Min(count, reachableCount));
        }

        if (definition.Budget is not { } contactCount)
        {
            return (reachableCount, (int)Math.Round(definition.ControlShare * reachableCount));
        }

        var fullReach = Math.Round(contactCount / (1 - definition.ControlShare));
        var reach = (int)Math.Min(fullReach, reachableCount);
        var control = Math.Clamp(Math.Round(definition.ControlShare * reach), Math.Max(0, reach - contactCount), fullReach - contactCount);
        return (reach, (int)control);
    }

    /// <summary>
    /// One a reached customer, true where control: a random sample without replacement that the seed fixes, stratified by score band and segment.
    /// Each stratum gives its share, rounded down; who rounds up is drawn by the largest remainder, remainders that are alike at random.
    /// </summary>
    private static bool[] DrawControl(List<Candidate> reached, int controlCount, TargetListInputs inputs)
    {
        var seed = inputs.Definition.Seed;
        var draw = new SeededOrder(seed, SeededOrder.Draw.ControlGroup);
        var remainders = new SeededOrder(seed, SeededOrder.Draw.ControlRemainders);
        var strata = Enumerable.Range(0, reached.Count)
            .GroupBy(place => (Band: BandOf(place + 1, reached.Count), Segment: inputs.Gates.Segment?.CodeOfRow[reached[place].Row] ?? -1))
            .Select(stratum => (Places: stratum.ToList(), Exact: (double)controlCount * stratum.Count() / reached.Count, Name: $"{stratum.Key.Band} {stratum.Key.Segment}"))
            .ToList();
        var missing = controlCount - strata.Sum(stratum => (int)stratum.Exact);
        var roundedUp = strata
            .OrderByDescending(stratum => stratum.Exact - Math.Floor(stratum.Exact)).ThenBy(stratum => remainders.PlaceOf(stratum.Name))
            .Take(missing).Select(stratum => stratum.Name).ToHashSet();

        var isControl = new bool[reached.Count];
        foreach (var (places, exact, name) in strata)
        {
            var drawn = places.OrderBy(place => draw.PlaceOf(inputs.Customers.CustomerIds[reached[place].Customer])).Take((int)exact + (roundedUp.Contains(name) ? 1 : 0));
            foreach (var place in drawn)
            {
                isControl[place] = true;
            }
        }

        return isControl;
    }

    private static List<ListedCustomer> Describe(List<Candidate> ranked, TargetListInputs inputs, CustomerGates gates)
    {
        var described = new List<ListedCustomer>(ranked.Count);
        foreach (var candidate in ranked)
        {
            var priority = described.Count + 1;
            var allowed = gates.AllowedOf(candidate.Customer);
            described.Add(new ListedCustomer(
                inputs.Customers.CustomerIds[candidate.Customer],
                candidate.Row + 1,
                candidate.Score,
                BandOf(priority, ranked.Count),
                ConfidenceOf(inputs.SelectedRepeats[candidate.Row], inputs.RepeatCount),
                priority)
            {
                Segment = inputs.Gates.Segment is { } segments ? segments.Values[segments.CodeOfRow[candidate.Row]] : null,
                Allowed = allowed,
                BestChannel = gates.BestOf(allowed),
            });
        }

        return described;
    }

    private static List<ListedCustomer> Split(List<ListedCustomer> listed, TargetListInputs inputs)
    {
        var (seed, waves, cells) = (inputs.Definition.Seed, inputs.Definition.Waves, inputs.Definition.Cells);
        var waveOf = waves is null ? null : ListSplitting.Assign(listed, waves, inputs.Gates.Wave, new SeededOrder(seed, SeededOrder.Draw.Waves));
        var cellOf = cells is null ? null : ListSplitting.Assign(listed, cells, inputs.Gates.Cell, new SeededOrder(seed, SeededOrder.Draw.Cells));
        return waveOf is null && cellOf is null
            ? listed
            : [.. listed.Select((customer, place) => customer with { Wave = waveOf?[place], Cell = cellOf?[place] })];
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

    private readonly record struct Candidate(int Customer, int Row, double Score);
}

using System.Globalization;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>What is known of a member of a list.</summary>
/// <param name="Responded">Null where it is not known.</param>
/// <param name="Contacted">Null where the file does not tell.</param>
public sealed record MemberOutcome(ListMember Member, bool? Responded, bool? Contacted, bool OptOut);

/// <summary>What was counted in a file of outcomes.</summary>
/// <param name="RowCount">Rows that are not blank.</param>
/// <param name="TargetKnown">Customers to contact whose outcome is known, of <paramref name="TargetCount"/>.</param>
/// <param name="ControlKnown">Control customers whose outcome is known, of <paramref name="ControlCount"/>.</param>
/// <param name="TargetInFile">Customers to contact with a filled outcome in the file.</param>
/// <param name="ControlInFile">Control customers likewise.</param>
/// <param name="RepeatedCount">Rows that say of a customer again what another row has said.</param>
/// <param name="StrayCount">Rows of customers who are neither on the list nor in its control group; they are left aside.</param>
/// <param name="UnknownCount">Of them, those whose id is not in the customer file either; null where that can't be told.</param>
/// <param name="StrayLines">The first of them, from 1.</param>
/// <param name="ContactedControls">Control customers who were contacted after all.</param>
/// <param name="ContactedTargets">Of the customers to contact with a known outcome, those who were contacted; null where the file does not tell.</param>
/// <param name="OptOutCount">Customers who do not want to be contacted again.</param>
public sealed record OutcomeCounts(
    int RowCount, int TargetCount, int TargetKnown, int TargetResponses, int TargetInFile, int ControlCount, int ControlKnown, int ControlResponses, int ControlInFile,
    int RepeatedCount, int StrayCount, int? UnknownCount, IReadOnlyList<int> StrayLines, int ContactedControls, int? ContactedTargets, int OptOutCount);

/// <summary>Every member of the list with what the file tells, in the members' order, and what was counted.</summary>
public sealed record CheckedOutcomes(IReadOnlyList<MemberOutcome> Outcomes, OutcomeCounts Counts);

/// <summary>Matches the rows of a file with the members of a list. Pure; one sentence for the first thing that is wrong.</summary>
public static class OutcomeCheck
{
    private const int ShownLines = 5;

    private static readonly string[] YesWords = ["y", "yes", "ya", "1", "true"];
    private static readonly string[] NoWords = ["n", "no", "tidak", "0", "false"];

    /// <param name="columns">The file's.</param>
    /// <param name="members">Of the list.</param>
    /// <param name="shortId">The list's.</param>
    /// <param name="readCustomers">The ids of the customer file, asked for where rows are of nobody on the list; gives null where it is gone.</param>
    /// <exception cref="RefusedException">A column is missing, a row is of another list, without an id, says neither yes nor no, or contradicts another one; no row is of this list.</exception>
    public static CheckedOutcomes Run(
        IEnumerable<TableRow> rows, IReadOnlyList<string> columns, OutcomeMapping mapping, IEnumerable<ListMember> members, string shortId, Func<IReadOnlySet<string>?> readCustomers)
    {
        int id = PlaceOf(columns, mapping.Id, "the customer id"), outcome = PlaceOf(columns, mapping.Outcome, "the outcome");
        int list = PlaceOf(columns, mapping.ListId), contacted = PlaceOf(columns, mapping.Contacted), optOut = PlaceOf(columns, mapping.OptOut);
        if (id == outcome)
        {
            throw new RefusedException("The customer id and the outcome are the same column: choose two.");
        }

        if (!mapping.AnyValue && mapping.Successes.Count == 0)
        {
            throw new RefusedException($"Say which values of '{mapping.Outcome}' are a success, or that every value is one.");
        }

        var successes = mapping.Successes.Select(value => value.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        ListMember[] all = [.. members];
        var places = all.Select((member, place) => (member.CustomerId, place)).ToDictionary(pair => pair.CustomerId, pair => pair.place, StringComparer.Ordinal);
        var told = new RowTold?[all.Length];
        int rowCount = 0, repeatedCount = 0, strayCount = 0;
        List<int> strayLines = [];
        List<string> strayIds = [];
        foreach (var row in rows)
        {
            rowCount++;
            if (list >= 0 && row.Cells[list] is { Length: > 0 } other && !other.Equals(shortId, StringComparison.OrdinalIgnoreCase))
            {
                throw Wrong(row.Line, columns[list], $"this outcome is of list {Shown(other)}, and this is list {shortId}. Upload it on the page of its own list");
            }

            var customer = row.Cells[id];
            if (customer.Length == 0)
            {
                throw Wrong(row.Line, columns[id], "the row has no customer id. Fill it in or take the row out");
            }

            var found = new RowTold(row.Line, row.Cells[outcome], YesOrNo(row, columns, contacted), YesOrNo(row, columns, optOut) == true);
            if (!places.TryGetValue(customer, out var place))
            {
                strayCount++;
                strayIds.Add(customer);
                if (strayLines.Count < ShownLines)
                {
                    strayLines.Add(row.Line);
                }
            }
            else if (told[place] is not { } before)
            {
                told[place] = found;
            }
            else if (before.SaysTheSame(found))
            {
                repeatedCount++;
            }
            else
            {
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture, $"Lines {before.Line} and {row.Line}: two different outcomes of the same customer. Keep the one that is right, take the other out and send the file again."));
            }
        }

        if (strayCount == rowCount)
        {
            throw new RefusedException(rowCount == 0
                ? "The file has a header but no rows below it. Fill in the outcomes and send it again."
                : $"None of the file's {InWords.Count(rowCount, "row")} is of a customer on this list or in its control group. Check that the file is of this list and that '{mapping.Id}' holds the customer ids.");
        }

        MemberOutcome[] outcomes = [.. all.Select((member, place) => Of(member, told[place]))];
        var customers = strayCount > 0 ? readCustomers() : null;
        return new CheckedOutcomes(outcomes, Count(outcomes) with
        {
            RowCount = rowCount,
            TargetInFile = InFile(ListGroup.Target),
            ControlInFile = InFile(ListGroup.Control),
            RepeatedCount = repeatedCount,
            StrayCount = strayCount,
            UnknownCount = strayCount == 0 ? 0 : customers is null ? null : strayIds.Count(stray => !customers.Contains(stray)),
            StrayLines = strayLines,
            ContactedTargets = contacted < 0 ? null : outcomes.Count(one => one is { Member.Group: ListGroup.Target, Responded: not null, Contacted: true }),
        });

        MemberOutcome Of(ListMember member, RowTold? row)
        {
            var isComplete = mapping.Coverage == OutcomeCoverage.Everyone || (mapping.Coverage == OutcomeCoverage.Targets && member.Group == ListGroup.Target);
            bool? responded = row is { Outcome.Length: > 0 } ? mapping.AnyValue || successes.Contains(row.Outcome) : isComplete ? false : null;
            return new MemberOutcome(member, responded, row?.Contacted, row?.OptOut == true);
        }

        int InFile(ListGroup group) => all.Where((member, place) => member.Group == group && told[place] is { Outcome.Length: > 0 }).Count();
    }

    private static OutcomeCounts Count(MemberOutcome[] outcomes)
    {
        int targets = 0, targetKnown = 0, targetResponses = 0, controls = 0, controlKnown = 0, controlResponses = 0, contactedControls = 0, optOuts = 0;
        foreach (var one in outcomes)
        {
            var (known, responded) = (one.Responded is null ? 0 : 1, one.Responded == true ? 1 : 0);
            optOuts += one.OptOut ? 1 : 0;
            if (one.Member.Group == ListGroup.Target)
            {
                (targets, targetKnown, targetResponses) = (targets + 1, targetKnown + known, targetResponses + responded);
            }
            else
            {
                (controls, controlKnown, controlResponses) = (controls + 1, controlKnown + known, controlResponses + responded);
                contactedControls += one.Contacted == true ? 1 : 0;
            }
        }

        return new OutcomeCounts(0, targets, targetKnown, targetResponses, 0, controls, controlKnown, controlResponses, 0, 0, 0, null, [], contactedControls, null, optOuts);
    }

    private static int PlaceOf(IReadOnlyList<string> columns, string name, string use) =>
        PlaceOf(columns, name.Length == 0 ? throw new RefusedException($"Say which column holds {use}.") : name);

    private static int PlaceOf(IReadOnlyList<string> columns, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return -1;
        }

        var place = columns.ToList().IndexOf(name);
        return place >= 0 ? place : throw new RefusedException($"The file has no column '{name}'. Choose one of its columns.");
    }

    private static bool? YesOrNo(TableRow row, IReadOnlyList<string> columns, int column)
    {
        if (column < 0 || row.Cells[column].Length == 0)
        {
            return null;
        }

        var word = row.Cells[column].ToLowerInvariant();
        return YesWords.Contains(word) ? true
            : NoWords.Contains(word) ? false
            : throw Wrong(row.Line, columns[column], $"'{Shown(row.Cells[column])}' is neither yes nor no. Write Y or N");
    }

    private static RefusedException Wrong(int line, string column, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line}, column '{column}': {what}."));

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    /// <summary>What one row says of a customer.</summary>
    private sealed record RowTold(int Line, string Outcome, bool? Contacted, bool OptOut)
    {
        public bool SaysTheSame(RowTold other) =>
            Outcome.Equals(other.Outcome, StringComparison.OrdinalIgnoreCase) && Contacted == other.Contacted && OptOut == other.OptOut;
    }
}

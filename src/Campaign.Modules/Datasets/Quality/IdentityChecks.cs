using System.Buffers.Text;
using Campaign.Learning.Columns;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>Whether each customer is in the file once, as itself.</summary>
internal static class IdentityChecks
{
    /// <summary>A spreadsheet keeps so many digits of a number.</summary>
    private const int KeptDigits = 15;

    public static IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("rows-repeated", "Rows that repeat another row", Repeated),
        new("ids-repeated", "Customers with more than one row", RepeatedIds),
        new("ids-contradicting", "Rows of one customer that contradict each other", Contradicting),
        new("ids-rounded", "Ids rounded by a spreadsheet", Rounded),
        new("test-accounts", "Test and staff accounts", TestAccounts),
    ];

    private static IEnumerable<Found> Repeated(CheckedFile file)
    {
        var count = file.Rows.RepeatingRows;
        if (count > 0)
        {
            var hasId = file.Roles.Id is not null;
            yield return new(
                hasId ? Severity.Warning : Severity.Note, null, count, file.RowCount,
                $"{QualityInWords.Share(count, file.RowCount)} repeat an earlier row in every column{(hasId ? ", the id included" : "")}.",
                hasId ? "Take the copies out: they count double in training and in the counts. The export may have joined a table twice." : "Without an id two customers may be alike: send the file with its ids to know.");
        }
    }

    private static IEnumerable<Found> RepeatedIds(CheckedFile file)
    {
        var customers = file.Customers;
        if (customers.RepeatingIds > 0)
        {
            yield return new(
                Severity.Note, file.Roles.Id, customers.RepeatingIds, customers.CustomerCount,
                $"{QualityInWords.Share(customers.RepeatingIds, customers.CustomerCount, "ids")} stand on more than one row, {InWords.Count(customers.RepeatingRows, "row")} together.",
                "Nothing to do where this is meant, as with a row an account: a customer's rows are never parted in training, and come on a list once.");
        }
    }

    private static IEnumerable<Found> Contradicting(CheckedFile file)
    {
        var customers = file.Customers;
        if (customers.ContradictingIds > 0)
        {
            var columns = string.Join(", ", customers.Contradicted.Select(one => $"{one.Column} ({InWords.Count(one.Ids)})"));
            yield return new(
                Severity.Warning, file.Roles.Id, customers.ContradictingIds, customers.CustomerCount,
                $"The rows of {QualityInWords.Share(customers.ContradictingIds, customers.CustomerCount, "ids")} contradict each other, by column: {columns}.",
                "Check whether this column is the customer's id at all, and whether the rows are of one day; keep the latest row of each customer.");
        }
    }

    private static IEnumerable<Found> Rounded(CheckedFile file)
    {
        if (file.Roles.Id is null || file.Table.IndexOf(file.Roles.Id) is not (>= 0 and var id))
        {
            yield break;
        }

        int exponents = 0, longer = 0, zeroed = 0, thousands = 0, longest = 0;
        for (var row = 0; row < file.RowCount; row++)
        {
            var text = file.Table.Utf8(id, row);
            exponents += IsExponent(text) ? 1 : 0;
            if (text.Length < KeptDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                continue;
            }

            longest++;
            thousands += text.EndsWith("000"u8) ? 1 : 0;
            longer += text.Length > KeptDigits ? 1 : 0;
            zeroed += text.Length > KeptDigits && !text[KeptDigits..].ContainsAnyExcept((byte)'0') ? 1 : 0;
        }

        const string Remedy = "Export again with the id as text (in a spreadsheet: format the column as text before the data come in); different customers may have the same id now.";
        if (exponents > 0)
        {
            yield return new(
                Severity.Warning, file.Roles.Id, exponents, file.RowCount, $"{QualityInWords.Share(exponents, file.RowCount, "ids")} are written with an exponent, as a spreadsheet does with long numbers.", Remedy);
        }

        // Of sound ids one in a thousand ends in three zeros, and at most one in ten has nothing but zeros after the digits that are kept.
        if (zeroed * 2L > longer)
        {
            yield return new(
                Severity.Warning, file.Roles.Id, zeroed, longer, $"{QualityInWords.Share(zeroed, longer, "ids")} of more than {KeptDigits} digits have only zeros after the first {KeptDigits}, as a spreadsheet rounds them.", Remedy);
        }
        else if (thousands * 20L > longest && thousands >= 5)
        {
            yield return new(
                Severity.Warning, file.Roles.Id, thousands, longest, $"{QualityInWords.Share(thousands, longest, "ids")} of {KeptDigits} and more digits end in 000, as if they had been rounded.", Remedy);
        }
    }

    private static IEnumerable<Found> TestAccounts(CheckedFile file)
    {
        foreach (var column in file.Columns.Where(column => !column.Info.HoldsNumbers && (column.Name == file.Roles.Id || file.Kept.Contains(column))))
        {
            var count = column.Info.Kind == ColumnKind.Text ? CountTexts(file, column) : CountCodes(file, column);
            if (count > 0)
            {
                yield return new(
                    Severity.Note, column.Name, count, file.RowCount, $"'{column.Name}' reads like a test or staff account in {QualityInWords.Share(count, file.RowCount)}.",
                    "Take these rows out where they are no customers.");
            }
        }
    }

    private static int CountTexts(CheckedFile file, CheckedColumn column)
    {
        file.Cancellation.ThrowIfCancellationRequested();
        var count = 0;
        for (var row = 0; row < file.RowCount; row++)
        {
            count += TestWords.ReadAsTest(file.Table.Utf8(column.Position, row)) ? 1 : 0;
        }

        return count;
    }

    private static int CountCodes(CheckedFile file, CheckedColumn column)
    {
        bool[] isTest = [.. column.Info.Categories.Select(category => TestWords.ReadAsTest(System.Text.Encoding.UTF8.GetBytes(category)))];
        if (!isTest.Contains(true))
        {
            return 0;
        }

        var count = 0;
        foreach (var code in file.Table.Codes(column.Position))
        {
            count += code >= 0 && isTest[code] ? 1 : 0;
        }

        return count;
    }

    /// <summary>1.2E+15: digits with a positive exponent of two digits and nothing else.</summary>
    private static bool IsExponent(ReadOnlySpan<byte> text) =>
        text.Length >= 4 && text.IndexOfAny((byte)'E', (byte)'e') is > 0 and var at && at + 1 < text.Length && text[at + 1] == '+'
        && Utf8Parser.TryParse(text, out double _, out var used, 'E') && used == text.Length;
}

using System.Text.RegularExpressions;
using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Quality;

/// <summary>
/// Columns whose values tell who a person is, whatever their name says: e-mail addresses, phone numbers, and national ids by their shape
/// (Singapore NRIC and FIN, Malaysian MyKad, United States SSN). Numbers are not judged: a column of numbers has lost their leading zeros.
/// </summary>
public static partial class PersonalValues
{
    /// <summary>So many values of a column are looked at.</summary>
    public const int SampleLimit = 1000;

    private const int LeastValues = 3;
    private const int LongestValue = 254;

    /// <summary>At least half of the values that are there, and at least three, have one of the shapes.</summary>
    public static bool LooksPersonal(IEnumerable<string?> values)
    {
        int present = 0, personal = 0;
        foreach (var value in values.Take(SampleLimit))
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                present++;
                personal += IsPersonal(value.Trim()) ? 1 : 0;
            }
        }

        return personal >= LeastValues && personal * 2 >= present;
    }

    /// <summary>As above, for a column of a table; false for numbers and dates.</summary>
    internal static bool LooksPersonal(ColumnTable table, int column) => table.Columns[column].Kind switch
    {
        ColumnKind.Category => LooksPersonal(table.Columns[column].Categories),
        ColumnKind.Text => LooksPersonal(Spread(table, column)),
        _ => false,
    };

    /// <summary>Values from all over the file.</summary>
    private static IEnumerable<string?> Spread(ColumnTable table, int column)
    {
        var count = Math.Min(SampleLimit, table.RowCount);
        return Enumerable.Range(0, count).Select(i => table.Text(column, (int)((long)i * table.RowCount / count)));
    }

    private static bool IsPersonal(string value) =>
        value.Length <= LongestValue && (Mail().IsMatch(value) || NationalId().IsMatch(value) || Phone().IsMatch(value));

    [GeneratedRegex(@"^[^@\s,;<>]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    /// <summary>S1234567D; 880229-14-5566 with or without dashes, beginning with a month and a day of it; 123-45-6789.</summary>
    [GeneratedRegex(@"^([STFGMstfgm][0-9]{7}[A-Za-z]|[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(-[0-9]{2}-|[0-9]{2})[0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex NationalId();

    /// <summary>
    /// +60 12-345 6789, 012-345 6789, (03) 1234 5678, 555-123-4567: a plus, or parts as phone numbers have them. In one run only with the 01 or 07 of
    /// mobile numbers: other runs of digits with a leading zero may well be padded account numbers.
    /// </summary>
    [GeneratedRegex(@"^(\+[0-9]([ .-]?[0-9]){7,14}|0[17][0-9]{8,9}|\(?0[1-9][0-9]{0,2}\)?[ .-]([0-9][ .-]?){5,8}[0-9]|\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}

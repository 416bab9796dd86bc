using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>Makes a header line into column names: each with a text, all different, without characters that can't be seen.</summary>
internal static class HeaderNames
{
    public const int ColumnLimit = 20_000;
    private const int NameLength = 200;

    /// <param name="remarks">Takes one sentence for each kind of change.</param>
    /// <exception cref="RefusedException">More than <see cref="ColumnLimit"/> columns.</exception>
    public static string[] From(IReadOnlyList<string> header, List<string> remarks)
    {
        if (header.Count > ColumnLimit)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The header has {header.Count:N0} columns; at most {ColumnLimit:N0} are read. Export only the columns that describe customers."));
        }

        var names = new string[header.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        List<int> blanks = [];
        List<string> doubles = [];
        var cleanedCount = 0;
        for (var i = 0; i < names.Length; i++)
        {
            var name = Clean(header[i]);
            cleanedCount += name == header[i].Trim() ? 0 : 1;
            if (name.Length == 0)
            {
                blanks.Add(i + 1);
                name = string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            }

            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            }

            if (unique != name)
            {
                doubles.Add($"'{unique}'");
            }

            names[i] = unique;
        }

        if (blanks.Count > 0)
        {
            remarks.Add($"Columns without a name were named by their position: {Few(blanks.Select(position => $"'column {position}'"))}.");
        }

        if (doubles.Count > 0)
        {
            remarks.Add($"Columns with a name that was taken were numbered: {Few(doubles)}.");
        }

        if (cleanedCount > 0)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Characters that can't be seen were taken out of {cleanedCount} column names."));
        }

        return names;
    }

    /// <summary>Letters and digits only, without accents and case: two names that a person would call the same.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(character))
            {
                key.Append(char.ToLowerInvariant(character));
            }
        }

        return key.ToString();
    }

    /// <summary>SHA-256, lower-case hex, of the names' keys in ordinal order: alike for files with the same columns.</summary>
    public static string Signature(IEnumerable<string> names) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names.Select(Key).Order(StringComparer.Ordinal)))));

    /// <summary>The first ten, for a sentence.</summary>
    public static string Few(IEnumerable<string> items)
    {
        var first = items.Take(11).ToArray();
        return first.Length > 10 ? string.Join(", ", first[..10]) + ", …" : string.Join(", ", first);
    }

    private static string Clean(string header)
    {
        var name = new StringBuilder();
        foreach (var rune in header.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    name.Append(' ');
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse:
                    break;
                default:
                    name.Append(rune.Value == 0xA0 ? " " : rune.ToString());
                    break;
            }
        }

        var text = name.ToString().Trim();
        return text.Length > NameLength ? text[..NameLength] : text;
    }
}

using System.Globalization;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>The recorded classes seen while a file is read: every spelling, and the rows of each class.</summary>
internal sealed class LabelSpellings(string column)
{
    private const int SpellingLimit = 200;
    private readonly List<(byte[] Utf8, int Class)> spellings = [];
    private readonly List<(string Key, string Text)> classes = [];
    private readonly List<int> rowCounts = [];

    /// <summary>The classes as first spelled, in the order of their first rows.</summary>
    public IReadOnlyList<string> Classes => [.. classes.Select(one => one.Text)];

    /// <exception cref="RefusedException">A third class, or too many spellings.</exception>
    public void Add(ReadOnlySpan<byte> trimmed, int line)
    {
        foreach (var (utf8, one) in spellings)
        {
            if (trimmed.SequenceEqual(utf8))
            {
                rowCounts[one]++;
                return;
            }
        }

        var text = Encoding.UTF8.GetString(trimmed);
        var key = LabelText.Key(text);
        var index = classes.FindIndex(one => one.Key == key);
        if (index < 0)
        {
            if (classes.Count == 2)
            {
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {line}, column '{column}': a third value besides '{Shown(classes[0].Text)}' and '{Shown(classes[1].Text)}'. The recorded class must have two values, affluent and not: correct the column, or name another one as the recorded class."));
            }

            index = classes.Count;
            classes.Add((key, text));
            rowCounts.Add(0);
        }

        if (spellings.Count == SpellingLimit)
        {
            throw new RefusedException($"Line {line}, column '{column}': the recorded class is spelled in more than {SpellingLimit} ways. Write each class one way.");
        }

        spellings.Add((trimmed.ToArray(), index));
        rowCounts[index]++;
    }

    /// <exception cref="RefusedException">One class only.</exception>
    public void CheckBothClasses()
    {
        if (classes.Count < 2)
        {
            throw new RefusedException(
                $"Column '{column}': every row has the same recorded class, '{Shown(classes[0].Text)}'. A file needs rows of both classes, affluent and not: export customers of both, or name another column as the recorded class.");
        }
    }

    public string? Remark() => spellings.Count > classes.Count
        ? $"The recorded class is spelled in {spellings.Count} ways, which were taken as two: {HeaderNames.Few(spellings.Select(one => $"'{Shown(Encoding.UTF8.GetString(one.Utf8))}'"))}."
        : null;

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}

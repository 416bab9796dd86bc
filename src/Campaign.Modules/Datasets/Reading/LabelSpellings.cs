using System.Globalization;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>One way in which a file spells a recorded class.</summary>
/// <param name="Class">Index into the classes, 0 or 1.</param>
/// <param name="RowCount">Rows with this spelling, those left out not counted.</param>
public sealed record LabelSpelling(string Text, int Class, int RowCount);

/// <summary>The recorded classes seen while a file is read: every spelling, and the rows of each class.</summary>
internal sealed class LabelSpellings(string column)
{
    private const int SpellingLimit = 200;
    private readonly List<(byte[] Utf8, int Class)> spellings = [];
    private readonly List<int> rowCounts = [];
    private readonly List<(string Key, string Text)> classes = [];

    /// <summary>The classes as first spelled, in the order of their first rows.</summary>
    public IReadOnlyList<string> Classes => [.. classes.Select(one => one.Text)];

    /// <summary>Every spelling, in the order of their first rows.</summary>
    public IReadOnlyList<LabelSpelling> Spellings => [.. spellings.Select((one, i) => new LabelSpelling(Encoding.UTF8.GetString(one.Utf8), one.Class, rowCounts[i]))];

    /// <exception cref="RefusedException">A third class, or too many spellings.</exception>
    public void Add(ReadOnlySpan<byte> trimmed, int line)
    {
        for (var i = 0; i < spellings.Count; i++)
        {
            if (trimmed.SequenceEqual(spellings[i].Utf8))
            {
                rowCounts[i]++;
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
        }

        if (spellings.Count == SpellingLimit)
        {
            throw new RefusedException($"Line {line}, column '{column}': the recorded class is spelled in more than {SpellingLimit} ways. Write each class one way.");
        }

        spellings.Add((trimmed.ToArray(), index));
        rowCounts.Add(1);
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

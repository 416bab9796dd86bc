using System.Buffers;
using System.Globalization;
using System.Text;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// <c>scores.csv</c>: one line a row of the file, in the file's order. UTF-8 without a mark, lines end in LF, invariant culture.
/// <para>
/// <c>score</c> is written with as many digits as its double needs, so order and ties survive. <c>rank</c> is by score, 1 the highest;
/// equal scores share a rank and the next one counts on behind them (1, 2, 2, 4).
/// </para>
/// <para>
/// Ids are written character for character, but for one case: an id that a spreadsheet would take for a formula (it starts with
/// = + - @ tab or carriage return, and is no plain number) gets an apostrophe in front. Programs join by <c>row</c>, which is exact always.
/// </para>
/// </summary>
public static class ScoresCsv
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private const string Header = "row,customer_id,recorded,score,selected,hidden_candidate,rank";

    /// <param name="scores">One a row, 0 to 1, no NaN.</param>
    public static void Write(Stream output, IReadOnlyList<double> scores, RecordedCustomers customers, OperatingThreshold threshold)
    {
        if (scores.Count != customers.RowCount)
        {
            throw new ArgumentException("There must be one score a row.", nameof(scores));
        }

        var ranks = Ranks(scores);
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        var culture = CultureInfo.InvariantCulture;
        for (var row = 0; row < scores.Count; row++)
        {
            var affluent = customers.Affluent[row];
            var selected = threshold.Selects(scores[row]);
            writer.Write((row + 1).ToString(culture));
            writer.Write(',');
            writer.Write(SafeCell(customers.CustomerIds[customers.CustomerOfRow[row]]));
            writer.Write(affluent ? ",affluent," : ",normal,");
            writer.Write(scores[row].ToString("R", culture));
            writer.Write(selected ? ",1" : ",0");
            writer.Write(selected && !affluent ? ",1," : ",0,");
            writer.WriteLine(ranks[row].ToString(culture));
        }
    }

    /// <summary>A new file's scores: <c>row,customer_id,score,selected,scored_by</c>, in the file's order; ids and scores as in the other layout.</summary>
    /// <param name="customerIds">One a row.</param>
    /// <param name="scores">One a row, 0 to 1, no NaN.</param>
    /// <param name="byHeldOutModels">One a row: whether the customer was in training and the models that never saw the customer scored the row.</param>
    public static void WriteNew(
        Stream output, IEnumerable<string> customerIds, IReadOnlyList<double> scores, IReadOnlyList<bool> byHeldOutModels, OperatingThreshold threshold)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("row,customer_id,score,selected,scored_by");
        var row = 0;
        foreach (var id in customerIds)
        {
            var selected = threshold.Selects(scores[row]) ? 1 : 0;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row + 1},{SafeCell(id)},{scores[row]:R},{selected},{(byHeldOutModels[row] ? "held-out models" : "final model")}"));
            row++;
        }
    }

    /// <summary>Ranks from 1 for the highest score; equal scores share the lowest rank of their places.</summary>
    internal static int[] Ranks(IReadOnlyList<double> scores)
    {
        var sorted = scores.ToArray();
        var rows = Enumerable.Range(0, scores.Count).ToArray();
        Array.Sort(sorted, rows);
        var ranks = new int[scores.Count];
        for (var place = sorted.Length - 1; place >= 0; place--)
        {
            var tiedWithNext = place < sorted.Length - 1 && sorted[place] == sorted[place + 1];
            ranks[rows[place]] = tiedWithNext ? ranks[rows[place + 1]] : sorted.Length - place;
        }

        return ranks;
    }

    /// <summary>A cell that no spreadsheet evaluates, quoted where CSV asks for it.</summary>
    internal static string SafeCell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsPlainNumber(text))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static bool IsPlainNumber(string text) =>
        text[0] is '+' or '-'
        && text.Length > 1
        && text.AsSpan(1).IndexOfAnyExcept(NumberCharacters) < 0
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Segments;

/// <summary>
/// Who belongs to a segment: the rows that meet every condition. It names columns, not positions, so that it can be asked of any file that
/// has them. Without a condition everybody belongs to it.
/// </summary>
/// <param name="Conditions">In the order in which the sentence tells them; a column may stand in several.</param>
public sealed record SegmentRule(IReadOnlyList<SegmentCondition> Conditions)
{
    /// <summary>Conditions a rule: more would not be a rule that anybody can read.</summary>
    public const int MostConditions = 12;

    /// <summary>The rule in plain words: 'age 45 to 60, savings over 20,000, unit_trust is yes'.</summary>
    [JsonIgnore]
    public string Sentence => Conditions.Count == 0 ? "everybody" : string.Join(", ", Conditions.Select(condition => condition.Words));

    public static SegmentRule FromJson(string json) =>
        JsonSerializer.Deserialize<SegmentRule>(json, JsonSerializerOptions.Web) ?? throw new JsonException("The rule is empty.");

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Whether each row belongs to the segment.</summary>
    /// <exception cref="RefusedException">As of <see cref="Check"/>.</exception>
    public bool[] Matches(ColumnTable table)
    {
        Check(table);
        var met = new bool[table.RowCount];
        Array.Fill(met, true);
        foreach (var condition in Conditions)
        {
            condition.Narrow(table, table.IndexOf(condition.Column), met);
        }

        return met;
    }

    /// <summary>Can the rule be asked of this file?</summary>
    /// <exception cref="RefusedException">A column is missing or holds another kind, or a condition contradicts itself.</exception>
    public void Check(ColumnTable table)
    {
        if (Conditions.Count > MostConditions)
        {
            throw new RefusedException($"A segment has at most {MostConditions} conditions; this one has {Conditions.Count}.");
        }

        foreach (var condition in Conditions)
        {
            var position = table.IndexOf(condition.Column);
            if (position < 0)
            {
                throw new RefusedException(
                    $"The segment asks for column '{condition.Column}', which this file does not have: change the condition, or take a file that has the column.");
            }

            if (condition.Kind is { } kind && table.Columns[position].Kind != kind)
            {
                throw new RefusedException(
                    $"The segment asks for {InWords(kind)} in column '{condition.Column}', and this file has {InWords(table.Columns[position].Kind)} there: "
                    + "change the condition, or say on the file's columns page what the column holds.");
            }

            if (condition.Contradiction is { } why)
            {
                throw new RefusedException(why);
            }
        }
    }

    private static string InWords(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Date => "dates",
        ColumnKind.Category => "categories",
        _ => "free text",
    };
}

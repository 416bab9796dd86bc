using System.Text;
using System.Text.Json;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;

namespace Campaign.Modules.TargetLists;

/// <summary>A line of two waterfalls side by side.</summary>
/// <param name="Before">Null where the gate was not applied, or was not there.</param>
public sealed record ComparedGate(string Gate, string Unit, int? Before, int? Now);

/// <summary>Something that differs between two lists, in words; 'nothing' where one has none.</summary>
public sealed record ListDifference(string What, string Before, string Now);

/// <summary>A list beside the one before it.</summary>
/// <param name="Before">The list before.</param>
/// <param name="Differences">Of model, cut-off and what is asked; empty where only the file is another.</param>
public sealed record ListComparison(TargetList Before, IReadOnlyList<ComparedGate> Gates, IReadOnlyList<ListDifference> Differences);

/// <summary>What changed since the last list of the same definition: what a person who approves asks first.</summary>
public sealed class ListComparisons(CampaignDbContext db, ModelRunCatalog runs)
{
    /// <summary>
    /// Beside the latest built list made before this one that it was copied from, that was copied from the same one, or that asks exactly the
    /// same; null where there is none.
    /// </summary>
    public async Task<ListComparison?> WithLastAsync(TargetList list, CancellationToken cancellation = default)
    {
        var before = await db.Set<TargetList>().AsNoTracking()
            .Where(other => other.Id != list.Id && other.CreatedUtc <= list.CreatedUtc && other.CountsJson != null
                && (other.Id == list.CopiedFromId || (list.CopiedFromId != null && other.CopiedFromId == list.CopiedFromId) || other.DefinitionJson == list.DefinitionJson))
            .OrderByDescending(other => other.CreatedUtc).ThenBy(other => other.Id)
            .FirstOrDefaultAsync(cancellation);
        return before is null || TargetListRegister.ReadCounts(list) is not { } now
            ? null
            : new(before, Compare(TargetListRegister.ReadCounts(before)!, now), await DifferencesAsync(before, list, cancellation));
    }

    private static ComparedGate[] Compare(ListCounts before, ListCounts now) =>
    [
        .. now.Lines.Select(line => new ComparedGate(line.Name, line.Unit, before.Lines.FirstOrDefault(other => other.Name == line.Name)?.Left, line.Left)),
    ];

    private async Task<IReadOnlyList<ListDifference>> DifferencesAsync(TargetList before, TargetList now, CancellationToken cancellation)
    {
        var ofRuns = await runs.FindAllAsync([before.ModelRunId, now.ModelRunId], cancellation);
        List<ListDifference> all =
        [
            new("model run", RunName(before), RunName(now)),
            new("model", Hash(before), Hash(now)),
            new("cut-off", InWords.Score(before.Threshold), InWords.Score(now.Threshold)),
            new("purpose", before.Purpose, now.Purpose),
        ];
        var (leavesBefore, leavesNow) = (Leaves(before), Leaves(now));
        all.AddRange(leavesBefore.Keys.Union(leavesNow.Keys).Select(name => new ListDifference(name, leavesBefore.GetValueOrDefault(name, "nothing"), leavesNow.GetValueOrDefault(name, "nothing"))));
        return [.. all.Where(difference => difference.Before != difference.Now)];

        string RunName(TargetList list) => ofRuns.FirstOrDefault(run => run.Id == list.ModelRunId)?.Name ?? "gone";
        string Hash(TargetList list) => InWords.ShortHash(ofRuns.FirstOrDefault(run => run.Id == list.ModelRunId)?.Results?.ModelHash ?? "gone");
    }

    /// <summary>
    /// Everything that a list asks, by what it is about: 'eligibility, from age' is '30'. Segments by their names and rules as the list was made by
    /// them, so that one that was edited in between shows.
    /// </summary>
    private static Dictionary<string, string> Leaves(TargetList list)
    {
        var leaves = new Dictionary<string, string>();
        using var definition = JsonDocument.Parse(list.DefinitionJson);
        Collect(definition.RootElement, "");
        leaves.Remove("segment ids");
        if (TargetListRegister.ReadCounts(list) is { Segments: { Count: > 0 } segments })
        {
            leaves["segments"] = string.Join("; ", segments.Select(segment => $"{segment.Name}: {segment.Rule}"));
        }

        return leaves;

        void Collect(JsonElement value, string name)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                    {
                        Collect(member.Value, name.Length == 0 ? Spaced(member.Name) : $"{name}, {Spaced(member.Name)}");
                    }

                    break;
                case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object):
                    foreach (var (item, number) in value.EnumerateArray().Select((item, index) => (item, index + 1)))
                    {
                        Collect(item, $"{name} {InWords.Count(number)}");
                    }

                    break;
                case JsonValueKind.Array:
                    if (value.GetArrayLength() > 0)
                    {
                        leaves[name] = string.Join(", ", value.EnumerateArray());
                    }

                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    leaves[name] = value.ToString() is { Length: > 0 } text ? text : "nothing";
                    break;
            }
        }
    }

    /// <summary>'fromAge' is 'from age'.</summary>
    private static string Spaced(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

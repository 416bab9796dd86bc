using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning.Metrics;
using Campaign.Learning.Uplift;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>Responses of one part of a list.</summary>
/// <param name="Name">The part's; 'none' for customers without one.</param>
/// <param name="Target">Of its customers to contact whose outcome is known.</param>
/// <param name="Control">Of its control customers likewise; out of 0 where control customers have no such part.</param>
public sealed record PartResponse(string Name, Rate Target, Rate Control)
{
    /// <summary>With fewer customers a rate tells nothing.</summary>
    public const int FewestCustomers = 30;
}

/// <summary>A list's parts of one kind.</summary>
/// <param name="Kind">'Segment', 'Score band', 'Wave' or 'Cell'.</param>
public sealed record PartResponses(string Kind, IReadOnlyList<PartResponse> Parts);

/// <summary>
/// What a campaign brought, by recorded outcomes. Kept as <c>results.json</c> beside them: the numbers only change with the outcomes.
/// </summary>
public sealed record OutcomeResults(UpliftEstimate Uplift, UpliftCurve Curve, IReadOnlyList<PartResponses> Parts)
{
    private const string FileName = "results.json";

    /// <summary>Of drawing customers again for the Qini interval.</summary>
    private const int Seed = 1;

    private static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static OutcomeResults Load(string folder) => JsonSerializer.Deserialize<OutcomeResults>(File.ReadAllBytes(Path.Combine(folder, FileName)), Json)!;

    public void Save(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>Strata are the ones that the control group is drawn in: segment and score band.</summary>
    public static OutcomeResults Of(IReadOnlyList<MemberOutcome> outcomes)
    {
        MemberOutcome[] known = [.. outcomes.Where(one => one.Responded is not null)];
        UpliftStratum[] strata =
        [
            .. known.GroupBy(one => (one.Member.Segment, one.Member.Band)).OrderBy(stratum => stratum.Key.Segment, StringComparer.Ordinal).ThenBy(stratum => stratum.Key.Band)
                .Select(stratum => new UpliftStratum(RateOf(stratum, ListGroup.Target), RateOf(stratum, ListGroup.Control))),
        ];
        var curve = UpliftCurve.Of(
            [.. known.Select(one => one.Member.Score)], [.. known.Select(one => one.Member.Group == ListGroup.Control)], [.. known.Select(one => one.Responded == true)], Seed);
        PartResponses?[] parts =
        [
            PartsOf("Segment", known, member => member.Segment),
            PartsOf("Score band", known, member => member.Band.ToString()),
            PartsOf("Wave", known, member => member.Wave),
            PartsOf("Cell", known, member => member.Cell),
        ];
        return new OutcomeResults(UpliftEstimate.Of(strata), curve, [.. parts.OfType<PartResponses>()]);
    }

    /// <returns>Null where the list has no such parts.</returns>
    private static PartResponses? PartsOf(string kind, MemberOutcome[] known, Func<ListMember, string?> partOf) =>
        known.All(one => partOf(one.Member) is null)
            ? null
            : new PartResponses(
                kind,
                [
                    .. known.GroupBy(one => partOf(one.Member))
                        .Where(part => part.Key is not null || part.Any(one => one.Member.Group == ListGroup.Target))
                        .OrderBy(part => part.Key ?? "\uffff", StringComparer.Ordinal)
                        .Select(part => new PartResponse(part.Key ?? "none", RateOf(part, ListGroup.Target), RateOf(part, ListGroup.Control))),
                ]);

    private static Rate RateOf(IEnumerable<MemberOutcome> outcomes, ListGroup group)
    {
        long responses = 0, count = 0;
        foreach (var one in outcomes.Where(one => one.Member.Group == group))
        {
            count++;
            responses += one.Responded == true ? 1 : 0;
        }

        return new Rate(responses, count);
    }
}

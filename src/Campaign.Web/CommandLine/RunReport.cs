using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Learning.Candidates;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Web.CommandLine;

/// <summary>The content of <c>run.json</c>; names as in the file. Everything is by row unless it says customers.</summary>
/// <param name="Fingerprint">SHA-256 of the file, lower-case hex.</param>
/// <param name="Threshold">0 to 1; at or above selects.</param>
/// <param name="Promise">Null where the threshold was set by hand.</param>
/// <param name="Selected">Rows at or above the threshold.</param>
/// <param name="HiddenCandidates">Of these, recorded normal.</param>
/// <param name="InSampleSelectedAtHalf">Recorded normals that scoring the training rows at cut-off 0.5 would have listed: the common practice, for comparison.</param>
/// <param name="Leaderboard">Every candidate, judged on the same folds.</param>
/// <param name="Trials">Of the search for settings: <c>--trials</c> with their count makes them again.</param>
/// <param name="HeldOutCustomers">Held out of training altogether, for an exact promise.</param>
/// <param name="Documents">'written', or why the PDFs are missing.</param>
/// <param name="Notes">What was found or decided on the way, in sentences: columns guessed, left out or flagged.</param>
public sealed record RunReport(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("fingerprint")] string Fingerprint,
    [property: JsonPropertyName("rows")] int Rows,
    [property: JsonPropertyName("customers")] int Customers,
    [property: JsonPropertyName("recorded_affluent")] int RecordedAffluent,
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("folds")] int Folds,
    [property: JsonPropertyName("threshold")] double Threshold,
    [property: JsonPropertyName("promise")] PromiseReport? Promise,
    [property: JsonPropertyName("recall")] double Recall,
    [property: JsonPropertyName("precision")] double? Precision,
    [property: JsonPropertyName("auc")] double Auc,
    [property: JsonPropertyName("average_precision")] double AveragePrecision,
    [property: JsonPropertyName("lift_top_decile")] double LiftTopDecile,
    [property: JsonPropertyName("selected")] int Selected,
    [property: JsonPropertyName("hidden_candidates")] int HiddenCandidates,
    [property: JsonPropertyName("in_sample_selected_at_half")] int InSampleSelectedAtHalf,
    [property: JsonPropertyName("recommended")] CandidateKind Recommended,
    [property: JsonPropertyName("recommended_because")] string RecommendedBecause,
    [property: JsonPropertyName("leaderboard")] IReadOnlyList<CandidateResult> Leaderboard,
    [property: JsonPropertyName("trials")] IReadOnlyList<TuningTrial> Trials,
    [property: JsonPropertyName("held_out_customers")] int HeldOutCustomers,
    [property: JsonPropertyName("documents")] string Documents,
    [property: JsonPropertyName("notes")] IReadOnlyList<string> Notes,
    [property: JsonPropertyName("stages")] IReadOnlyList<StageTime> Stages,
    [property: JsonPropertyName("peak_memory_bytes")] long PeakMemoryBytes,
    [property: JsonPropertyName("versions")] IReadOnlyDictionary<string, string> Versions)
{
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Groups of sensitive columns compared at the threshold.</summary>
    [JsonPropertyName("fairness"), JsonPropertyOrder(2)]
    public required FairnessReport Fairness { get; init; }

    /// <summary>Trained again, the models had the same bytes and the rows the same scores; null where that was not asked for.</summary>
    [JsonPropertyName("reproducible"), JsonPropertyOrder(1)]
    public bool? Reproducible { get; init; }

    /// <summary>How many hidden affluents there are, with a range: not estimated by this version, so null.</summary>
    [JsonPropertyName("hidden_estimate"), JsonPropertyOrder(1)]
    public object? HiddenEstimate => null;
}

/// <param name="Kept">Known affluent rows at or above the threshold.</param>
public sealed record PromiseReport(
    [property: JsonPropertyName("kind")] PromiseKind Kind,
    [property: JsonPropertyName("recall")] double Recall,
    [property: JsonPropertyName("confidence")] double Confidence,
    [property: JsonPropertyName("known_affluent")] int KnownAffluent,
    [property: JsonPropertyName("kept")] int Kept);

using System.Text.Json.Serialization;

namespace Campaign.Learning.Candidates;

/// <summary>What a run compares, on the same folds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CandidateKind>))]
public enum CandidateKind
{
    BoostedTrees,
    RandomForest,
    ElasticNet,

    /// <summary>The weighted sum of the other models' log-odds.</summary>
    Ensemble,

    /// <summary>What a rule on one column would do: shown for comparison, never recommended.</summary>
    BestColumn,
}

using System.Text.Json.Serialization;

namespace Campaign.Learning;

/// <summary>A kind of model that XGBoost trains.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelFamily>))]
public enum ModelFamily
{
    /// <summary>Shallow trees, each mending what those before it left (Friedman 2001).</summary>
    BoostedTrees,

    /// <summary>Deep trees side by side, each on its own sample of rows and columns (Breiman 2001); each leaf is one Newton step from the base rate.</summary>
    RandomForest,

    /// <summary>Logistic regression on <see cref="LinearDesign"/> with both penalties (Zou and Hastie 2005), by coordinate descent.</summary>
    ElasticNet,
}

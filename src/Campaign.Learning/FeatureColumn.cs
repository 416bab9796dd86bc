using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning;

/// <summary>One feature as the models know it.</summary>
/// <param name="Name">The column's name, or the derived feature's.</param>
/// <param name="Kind">Number, date or category; number for a derived feature.</param>
/// <param name="Categories">The training file's dictionary, in ordinal order; empty for numbers. A code is a position in it.</param>
/// <param name="Derived">How it is computed; null for a column of the file.</param>
public sealed record FeatureColumn(
    string Name, ColumnKind Kind, IReadOnlyList<string> Categories,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DerivedFeature? Derived = null);

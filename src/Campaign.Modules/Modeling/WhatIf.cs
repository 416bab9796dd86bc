using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Learning.Explanations;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Modeling;

/// <summary>A column of the file whose value can be tried out for one customer.</summary>
/// <param name="Number">Its place among the columns that the models need, from 0.</param>
/// <param name="Recorded">As on file; empty where missing.</param>
/// <param name="Asked">What the person wrote; as on file where nothing was.</param>
/// <param name="Choices">The values of a category that the models know; empty for numbers and dates.</param>
public sealed record WhatIfField(int Number, string Name, ColumnKind Kind, string Recorded, string Asked, IReadOnlyList<string> Choices)
{
    public string RecordedInWords => InWords(Recorded);

    /// <summary>For example 'job from clerk to missing'.</summary>
    public string ChangeInWords => $"{Name} from {InWords(Recorded)} to {InWords(Asked)}";

    private static string InWords(string value) => value.Length == 0 ? ColumnComparison.MissingText : value;
}

/// <summary>One row of a run's dataset with its reasons.</summary>
/// <param name="Id">The customer's; null where each row is a customer of its own.</param>
/// <param name="Fields">Those that say most about the row first, at most <see cref="WhatIf.MostFields"/>.</param>
/// <param name="OnFile">With the values on file.</param>
/// <param name="Changed">With the values asked for; null where none was changed, or the question is refused.</param>
/// <param name="Refusal">One sentence; null where there is nothing to mend.</param>
public sealed record CustomerLook(
    string? Id, bool RecordedAffluent, IReadOnlyList<WhatIfField> Fields, RowExplanation OnFile, RowExplanation? Changed, string? Refusal);

/// <summary>
/// Why one customer scores as he does, and what the models that did not see the customer would say of other values. Values asked for are
/// kept nowhere.
/// </summary>
public sealed class WhatIf(ModelRunCatalog runs, DatasetCatalog datasets)
{
    public const int MostFields = 40;

    /// <summary>As the models take numbers: see <see cref="FeatureSource"/>.</summary>
    private const float LargestNumber = 1e37f;

    /// <param name="run">A finished one.</param>
    /// <param name="row">From 0.</param>
    /// <param name="asked">Texts by <see cref="WhatIfField.Number"/>; null where only the values on file are looked at.</param>
    /// <returns>Null where the dataset has no such row.</returns>
    public async Task<CustomerLook?> LookAsync(ModelRunSummary run, int row, IReadOnlyDictionary<int, string?>? asked, CancellationToken cancellation)
    {
        var roles = await runs.ReadColumnsAsync(run.Id, cancellation);
        using var table = datasets.OpenColumns(run.DatasetId);
        if (row < 0 || row >= table.RowCount)
        {
            return null;
        }

        using var package = runs.OpenPackage(run.Id);
        var features = ModelRunCatalog.FeaturesOf(package, table);
        var comparisons = runs.ComparisonsOf(run.Id, features, table, roles);
        var models = package.LoadHeldOut(runs.LoadScores(run.Id).Folds, row);
        try
        {
            var onFile = Explainer.ExplainRow(features, row, models, comparisons);
            var fields = Fields(package.Manifest, table, row, onFile, asked);
            var (changes, refusal) = asked is null ? ([], null) : Read(fields);
            var changed = refusal is null && changes.Count > 0 ? Explainer.ExplainRow(features.WithChanges(row, changes), row, models, comparisons) : null;
            return new CustomerLook(
                roles.Id is { } id ? table.Text(table.IndexOf(id), row) : null,
                DatasetCatalog.ReadClasses(table, roles.Label, roles.AffluentValue)[row],
                fields, onFile, changed, refusal);
        }
        finally
        {
            foreach (var model in models)
            {
                model.Dispose();
            }
        }
    }

    private static List<WhatIfField> Fields(ModelManifest manifest, ColumnTable table, int row, RowExplanation onFile, IReadOnlyDictionary<int, string?>? asked)
    {
        var categories = manifest.ColumnFeatures.ToDictionary(feature => feature.Name, feature => feature.Categories);
        var derived = manifest.DerivedFeatures.ToDictionary(feature => feature.Name, feature => feature.Inputs);
        var places = new Dictionary<string, int>();
        foreach (var name in onFile.Parts.SelectMany(part => derived.GetValueOrDefault(part.Column, [part.Column])))
        {
            places.TryAdd(name, places.Count);
        }

        return
        [
            .. manifest.InputKinds()
                .Select((input, number) =>
                {
                    var recorded = table.Text(table.IndexOf(input.Key), row) ?? "";
                    return new WhatIfField(
                        number, input.Key, input.Value, recorded,
                        asked is null || !asked.TryGetValue(number, out var text) || text == recorded ? recorded : text?.Trim() ?? "",
                        input.Value == ColumnKind.Category ? categories[input.Key] : []);
                })
                .OrderBy(field => places.GetValueOrDefault(field.Name, int.MaxValue))
                .Take(MostFields),
        ];
    }

    /// <summary>What was changed, as the models know it, or why it can't be read.</summary>
    private static (Dictionary<string, float> Changes, string? Refusal) Read(List<WhatIfField> fields)
    {
        var changes = new Dictionary<string, float>();
        foreach (var field in fields.Where(field => field.Asked != field.Recorded))
        {
            if (Value(field) is not { } value)
            {
                return ([], field.Kind switch
                {
                    ColumnKind.Category => $"Choose one of the values of '{field.Name}' that the models know.",
                    ColumnKind.Date => $"'{field.Name}' takes a day, for example 2024-02-29, or nothing.",
                    _ => $"'{field.Name}' takes a number, for example 1234.5, or nothing.",
                });
            }

            changes.Add(field.Name, value);
        }

        return changes.Count > 0 ? (changes, null) : (changes, "Change at least one value to see what it would do.");
    }

    /// <summary>NaN for nothing; null where the text is no value of the column.</summary>
    private static float? Value(WhatIfField field)
    {
        if (field.Asked.Length == 0)
        {
            return float.NaN;
        }

        switch (field.Kind)
        {
            case ColumnKind.Category:
                var code = field.Choices.ToList().IndexOf(field.Asked);
                return code < 0 ? null : code;
            case ColumnKind.Date:
                return DateOnly.TryParseExact(field.Asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ColumnTable.DateNumber(day) : null;
            default:
                return float.TryParse(field.Asked, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && MathF.Abs(number) <= LargestNumber ? number : null;
        }
    }
}

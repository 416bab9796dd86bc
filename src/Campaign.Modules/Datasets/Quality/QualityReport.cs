using System.Text.Json.Serialization;

namespace Campaign.Modules.Datasets.Quality;

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Good to know; nothing needs to be done.</summary>
    Note,

    /// <summary>Training goes on, its result may suffer.</summary>
    Warning,

    /// <summary>Training is refused until it is mended.</summary>
    Blocking,
}

/// <summary>One thing that a check found.</summary>
/// <param name="Check">The check's stable name, for example <c>missing-share</c>.</param>
/// <param name="Column">The column; null where it is about the file.</param>
/// <param name="Count">Rows, cells or ids that it is about; 0 where there is nothing to count.</param>
/// <param name="OutOf">Of how many; 0 where <paramref name="Count"/> is of nothing.</param>
/// <param name="Sentence">What is wrong, one plain sentence, without a customer's value.</param>
/// <param name="Remedy">What to do, one plain sentence.</param>
public sealed record QualityFinding(Severity Severity, string Check, string? Column, long Count, long OutOf, string Sentence, string Remedy);

/// <summary>What the checks of a dataset found, and which ran.</summary>
/// <param name="Findings">The most severe first, then in the checks' order, then in the file's order of columns.</param>
/// <param name="Checks">Every check that ran, with what it looks for; those without a finding passed.</param>
public sealed record QualityReport(IReadOnlyList<QualityFinding> Findings, IReadOnlyList<QualityCheck> Checks)
{
    public bool IsBlocked => Findings.Any(finding => finding.Severity == Severity.Blocking);
}

/// <param name="Name">Stable.</param>
/// <param name="LooksFor">For a person, for example 'Rows that repeat another row'.</param>
public sealed record QualityCheck(string Name, string LooksFor);

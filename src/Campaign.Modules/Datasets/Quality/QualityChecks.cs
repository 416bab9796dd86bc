namespace Campaign.Modules.Datasets.Quality;

/// <summary>
/// The checks of a customer file. Each is small, has a name of its own and stands in a table of docs/modelling.md. They read the typed columns
/// and what is known of them; no sentence holds a customer's value.
/// </summary>
public static class QualityChecks
{
    private static readonly QualityRule[] Rules =
    [
        .. ClassChecks.Rules,
        .. IdentityChecks.Rules,
        .. ColumnChecks.Rules,
        .. ValueChecks.Rules,
        .. WritingChecks.Rules,
        .. MissingChecks.Rules,
        .. EarlierFileChecks.Rules,
    ];

    /// <summary>Runs every check; those that compare with an earlier file only where there is one.</summary>
    public static QualityReport Run(QualityInput input, CancellationToken cancellation = default)
    {
        var file = new CheckedFile(input, cancellation);
        QualityRule[] rules = [.. Rules.Where(rule => input.Earlier is not null || !EarlierFileChecks.Rules.Contains(rule))];
        List<QualityFinding> findings = [];
        foreach (var rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(rule.Find(file).Select(found =>
                new QualityFinding(found.Severity, rule.Name, found.Column, found.Count, found.OutOf, found.Sentence, found.Remedy)));
        }

        // Stable: within a severity the checks' order stays, and within a check the file's.
        return new([.. findings.OrderByDescending(finding => finding.Severity)], [.. rules.Select(rule => new QualityCheck(rule.Name, rule.LooksFor))]);
    }
}

/// <summary>One check.</summary>
/// <param name="Name">Stable.</param>
/// <param name="LooksFor">For a person, what it looks for.</param>
/// <param name="Find">What it finds: about the file first, then in the file's order of columns; nothing where the file passes.</param>
internal sealed record QualityRule(string Name, string LooksFor, Func<CheckedFile, IEnumerable<Found>> Find);

/// <summary>What a check found; the members are those of <see cref="QualityFinding"/>.</summary>
internal sealed record Found(Severity Severity, string? Column, long Count, long OutOf, string Sentence, string Remedy);

using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Datasets.Quality;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>The door to what the checks of a dataset found.</summary>
public sealed class DatasetQuality(DatasetProfiles profiles)
{
    /// <summary>What must be mended before a training, a sentence with its remedy each; empty for a dataset that was not checked (from a command).</summary>
    public async Task<IReadOnlyList<string>> BlockingAsync(Guid datasetId, CancellationToken cancellation = default) =>
        await profiles.LoadQualityAsync(datasetId, cancellation) is { } report
            ? [.. report.Findings.Where(finding => finding.Severity == Severity.Blocking).Select(finding => $"{finding.Sentence} {finding.Remedy}")]
            : [];
}

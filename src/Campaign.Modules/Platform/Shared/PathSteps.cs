namespace Campaign.Modules.Platform.Shared;

/// <summary>The steps from a customer file to its target list.</summary>
public enum PathStep
{
    File,
    Columns,
    Check,
    Train,
    Threshold,
    TargetList,
}

/// <summary>Where a page stands on the way; steps whose subject is not there yet are shown without a link.</summary>
public sealed record PathSteps(PathStep Current, Guid? DatasetId = null, Guid? RunId = null);

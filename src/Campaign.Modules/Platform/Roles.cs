namespace Campaign.Modules.Platform;

/// <summary>The roles a person can hold. A person may hold several.</summary>
public static class Roles
{
    public const string Marketer = "marketer";
    public const string CampaignTeam = "campaign team";
    public const string Compliance = "compliance";
    public const string Validator = "validator";
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } = [Marketer, CampaignTeam, Compliance, Validator, Administrator];
}

/// <summary>
/// What a person may do, by the name that pages and endpoints carry. The table of roles behind each name is in <see cref="AccessRules"/>.
/// </summary>
public static class Access
{
    /// <summary>See datasets, model runs, thresholds and lists (every role).</summary>
    public const string Read = "read";

    /// <summary>Upload files, set column roles, train, set thresholds (marketer).</summary>
    public const string Model = "model";

    /// <summary>Delete a customer file for good (marketer, administrator).</summary>
    public const string DeleteData = "delete data";

    /// <summary>See single customers and download target lists and scores (marketer, campaign team).</summary>
    public const string Customers = "customers";

    /// <summary>Make target lists (marketer, campaign team).</summary>
    public const string BuildLists = "build lists";

    /// <summary>Upload do-not-contact lists and put them in force (marketer, campaign team, compliance).</summary>
    public const string AddSuppression = "add suppression";

    /// <summary>End a do-not-contact list that is in force (compliance).</summary>
    public const string EndSuppression = "end suppression";

    /// <summary>Set how often a customer may be contacted (compliance).</summary>
    public const string ContactPolicy = "contact policy";

    /// <summary>Approve target lists and send them back, never of one's own making; withdraw them (marketer, compliance).</summary>
    public const string ApproveLists = "approve lists";

    /// <summary>Download model cards and audit reports (marketer, compliance, validator, administrator).</summary>
    public const string Documents = "documents";

    /// <summary>Write notes and tags on model runs (marketer, compliance, validator).</summary>
    public const string Notes = "notes";

    /// <summary>Approve, send back, retire model versions and name the champion, never of one's own making (compliance, validator).</summary>
    public const string ApproveModels = "approve models";

    /// <summary>Read the audit trail (compliance, validator, administrator).</summary>
    public const string Audit = "audit";

    /// <summary>Set what the bank allows between groups (compliance).</summary>
    public const string FairnessLimits = "fairness limits";

    /// <summary>Invite people and change roles (administrator).</summary>
    public const string People = "people";
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Everything that a person asks of a target list but its name and purpose. It names columns, never customers, so that it can be copied and used
/// again on next month's file. Suppression and contact caps are not part of it: they apply to every list.
/// </summary>
public sealed record ListDefinition
{
    /// <summary>Who may be on a list of this kind at all.</summary>
    public Eligibility Eligibility { get; init; } = new();

    public ConsentRule Consent { get; init; } = new();

    /// <summary>Customers with the same value are one household, of whom the highest score stays; null where the gate is not applied.</summary>
    public string? HouseholdColumn { get; init; }

    /// <summary>Saved segments of which a customer must be in one; empty where the gate is not applied.</summary>
    public IReadOnlyList<Guid> SegmentIds { get; init; } = [];

    /// <summary>0 to below 1: the share of the customers reached that is deliberately not contacted; 0 where <see cref="ControlCount"/> says how many.</summary>
    public double ControlShare { get; init; } = 0.1;

    /// <summary>How many customers are deliberately not contacted, 1 or more; null where <see cref="ControlShare"/> decides.</summary>
    public int? ControlCount { get; init; }

    /// <summary>At most so many customers to contact, 1 or more; null for all.</summary>
    public int? Budget { get; init; }

    /// <summary>Fixes ties, the control group and every other draw.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When customers are contacted; null for all at once.</summary>
    public ListSplit? Waves { get; init; }

    /// <summary>What they are offered; null for one offer.</summary>
    public ListSplit? Cells { get; init; }

    /// <summary>Columns of the bank's file that the list shows.</summary>
    public IReadOnlyDictionary<ListField, string> ShownColumns { get; init; } = new Dictionary<ListField, string>();

    /// <summary>The bank's own code for the campaign; empty where it has none.</summary>
    public string CampaignCode { get; init; } = "";

    /// <summary>0 to 1: the share of customers who would do it without being contacted, a guess, for how small an effect the list can show.</summary>
    public double BaseResponseShare { get; init; } = 0.02;

    /// <summary>0 to 1: the share who are hoped to do it when they are contacted, a guess.</summary>
    public double HopedResponseShare { get; init; } = 0.04;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ListDefinition OfJson(string json) =>
        JsonSerializer.Deserialize<ListDefinition>(json, Json) ?? throw new InvalidDataException("A list's definition is empty.");

    private static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
}

/// <summary>
/// Who may be on a list at all. A customer with several rows must pass by each of them. A cell that is missing passes every rule but the age's.
/// </summary>
public sealed record Eligibility
{
    public string? AgeColumn { get; init; }

    /// <summary>Years, itself allowed; null for no lowest age.</summary>
    public double? FromAge { get; init; }

    /// <summary>Years, itself allowed; null for no highest age.</summary>
    public double? ToAge { get; init; }

    /// <summary>Where its values say that the account is open; null where the file does not tell.</summary>
    public ValueRule? Status { get; init; }

    /// <summary>Where its values say that the customer works for the bank.</summary>
    public ValueRule? Staff { get; init; }

    /// <summary>Where its values say that the customer has died.</summary>
    public ValueRule? Deceased { get; init; }

    [JsonIgnore]
    public bool IsApplied => AgeColumn is not null || Status is not null || Staff is not null || Deceased is not null;
}

/// <summary>A column and the values of it that count, as the file spells them; letters' case and surrounding blanks don't matter.</summary>
public sealed record ValueRule(string Column, IReadOnlyList<string> Values);

/// <summary>
/// Which channels the bank may use for whom. A file without consent is a question, never a yes: either channels are given with their columns, or
/// the person states that consent is checked before anyone is contacted.
/// </summary>
public sealed record ConsentRule
{
    /// <summary>By preference: the first that a customer allows is the best one. Each channel at most once.</summary>
    public IReadOnlyList<ChannelConsent> Channels { get; init; } = [];

    /// <summary>The channels of the campaign where the file says nothing about consent and it is checked elsewhere; none otherwise.</summary>
    public ContactChannels CheckedElsewhere { get; init; }
}

/// <summary>Where the bank's file says that a customer may be contacted by one channel. A missing cell is a no.</summary>
/// <param name="Yes">The column and the values that are a yes; every other value is a no.</param>
/// <param name="DateColumn">When consent was given; null where the file does not tell. A day after the list's is not given yet.</param>
/// <param name="ValidMonths">Consent ends so many months after it was given, 1 or more; without a date it is none. Null for no end.</param>
/// <param name="ExpiryColumn">The last day of the consent; null where the file does not tell. A missing cell has no end.</param>
public sealed record ChannelConsent(ContactChannels Channel, ValueRule Yes, string? DateColumn = null, int? ValidMonths = null, string? ExpiryColumn = null);

/// <summary>By what a list is split into waves or cells.</summary>
public enum SplitBy
{
    /// <summary>At random, by shares.</summary>
    Random,

    /// <summary>The highest priority first, by shares.</summary>
    Priority,

    /// <summary>By score band.</summary>
    Band,

    /// <summary>By the name of the segment.</summary>
    Segment,

    /// <summary>By a column's values.</summary>
    Column,
}

/// <summary>A split of the customers to contact into parts: everybody is in exactly one.</summary>
/// <param name="Column">For <see cref="SplitBy.Column"/>; null otherwise.</param>
/// <param name="Parts">At least two; names differ. By values, the last part takes everybody whom no other part names.</param>
public sealed record ListSplit(SplitBy By, IReadOnlyList<SplitPart> Parts, string? Column = null);

/// <summary>One wave or cell.</summary>
/// <param name="Share">Above 0, for a split by shares: parts of the sum of all shares. 0 otherwise.</param>
/// <param name="Values">For a split by values: those of this part; empty otherwise and for the last.</param>
public sealed record SplitPart(string Name, double Share, IReadOnlyList<string> Values);

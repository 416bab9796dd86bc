using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Campaign.Learning;

namespace Campaign.Modules.TargetLists;

/// <summary>A target list as the page asks for it.</summary>
public sealed class ListForm
{
    [Required(ErrorMessage = "Give the list a name."), StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Say what the list is for."), StringLength(1000, ErrorMessage = "At most 1,000 characters.")]
    public string Purpose { get; set; } = "";

    [StringLength(60, ErrorMessage = "At most 60 characters.")]
    public string? CampaignCode { get; set; }

    [Range(1, ListFacts.LongestValidDays, ErrorMessage = "Between 1 and 90 days.")]
    public int ValidDays { get; set; } = ListFacts.DefaultValidDays;

    public string? AgeColumn { get; set; }

    [Range(0, 150, ErrorMessage = "Between 0 and 150 years.")]
    public double? FromAge { get; set; }

    [Range(0, 150, ErrorMessage = "Between 0 and 150 years.")]
    public double? ToAge { get; set; }

    public ValueRuleForm Status { get; set; } = new();

    public ValueRuleForm Staff { get; set; } = new();

    public ValueRuleForm Deceased { get; set; } = new();

    /// <summary>False: the file holds consent, see <see cref="Channels"/>. True: it is checked elsewhere, see <see cref="Elsewhere"/>. Null: not answered.</summary>
    public bool? ConsentElsewhere { get; set; }

    /// <summary>One for each of <see cref="ContactChannel.Each"/>, in that order.</summary>
    public List<ChannelForm> Channels { get; set; } = [.. ContactChannel.Each.Select(_ => new ChannelForm())];

    /// <summary>The channels used where consent is checked elsewhere.</summary>
    public List<ContactChannels> Elsewhere { get; set; } = [];

    public string? HouseholdColumn { get; set; }

    public List<Guid> SegmentIds { get; set; } = [];

    [Range(0, 99.9, ErrorMessage = "Between 0 and 99.9 %.")]
    public double ControlPercent { get; set; } = 10;

    [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
    public int? ControlCount { get; set; }

    [Range(0.01, 99, ErrorMessage = "Between 0.01 and 99 %.")]
    public double BasePercent { get; set; } = 2;

    [Range(0.01, 100, ErrorMessage = "Between 0.01 and 100 %.")]
    public double HopedPercent { get; set; } = 4;

    [Range(1, int.MaxValue, ErrorMessage = "At least 1, or leave it empty.")]
    public int? Budget { get; set; }

    public SplitForm Waves { get; set; } = new();

    public SplitForm Cells { get; set; } = new();

    public Dictionary<ListField, string?> Shown { get; set; } = [];

    [Range(0, int.MaxValue, ErrorMessage = "A whole number from 0.")]
    public int Seed { get; set; } = 1;

    /// <summary>Every column that the form names.</summary>
    public IEnumerable<string> NamedColumns =>
        new[] { AgeColumn, Status.Column, Staff.Column, Deceased.Column, HouseholdColumn, Waves.Column, Cells.Column }
            .Concat(Channels.SelectMany(channel => new[] { channel.Yes.Column, channel.DateColumn, channel.ExpiryColumn }))
            .Concat(Shown.Values)
            .OfType<string>();

    /// <exception cref="RefusedException">A split can't be read.</exception>
    public ListRequest ToRequest(Guid? copiedFromId) => new(Name.Trim(), Purpose.Trim(), ToDefinition(), ValidDays, copiedFromId);

    /// <exception cref="RefusedException">A split can't be read.</exception>
    public ListDefinition ToDefinition() => new()
    {
        Eligibility = new()
        {
            AgeColumn = AgeColumn,
            FromAge = AgeColumn is null ? null : FromAge,
            ToAge = AgeColumn is null ? null : ToAge,
            Status = Status.ToRule(),
            Staff = Staff.ToRule(),
            Deceased = Deceased.ToRule(),
        },
        Consent = ConsentElsewhere switch
        {
            true => new() { CheckedElsewhere = Elsewhere.Aggregate(ContactChannels.None, (all, one) => all | one) },
            false => new() { Channels = [.. ContactChannel.Each.Zip(Channels).Select(pair => pair.Second.ToConsent(pair.First)).OfType<ChannelConsent>()] },
            null => new(),
        },
        HouseholdColumn = HouseholdColumn,
        SegmentIds = SegmentIds,
        ControlShare = ControlCount is null ? ControlPercent / 100 : 0,
        ControlCount = ControlCount,
        Budget = Budget,
        Seed = Seed,
        Waves = Waves.ToSplit("Waves"),
        Cells = Cells.ToSplit("Offers"),
        ShownColumns = Shown.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!),
        CampaignCode = CampaignCode?.Trim() ?? "",
        BaseResponseShare = BasePercent / 100,
        HopedResponseShare = HopedPercent / 100,
    };

    public void Take(ListDefinition definition)
    {
        var (eligibility, consent) = (definition.Eligibility, definition.Consent);
        (AgeColumn, FromAge, ToAge) = (eligibility.AgeColumn, eligibility.FromAge, eligibility.ToAge);
        (Status, Staff, Deceased) = (ValueRuleForm.Of(eligibility.Status), ValueRuleForm.Of(eligibility.Staff), ValueRuleForm.Of(eligibility.Deceased));
        ConsentElsewhere = consent.CheckedElsewhere != ContactChannels.None ? true : consent.Channels.Count > 0 ? false : null;
        Channels = [.. ContactChannel.Each.Select(channel => ChannelForm.Of(consent.Channels.FirstOrDefault(one => one.Channel == channel)))];
        Elsewhere = [.. ContactChannel.Each.Where(channel => consent.CheckedElsewhere.HasFlag(channel))];
        HouseholdColumn = definition.HouseholdColumn;
        SegmentIds = [.. definition.SegmentIds];
        (ControlPercent, ControlCount) = (definition.ControlCount is null ? 100 * definition.ControlShare : 10, definition.ControlCount);
        (BasePercent, HopedPercent) = (100 * definition.BaseResponseShare, 100 * definition.HopedResponseShare);
        Budget = definition.Budget;
        Seed = definition.Seed;
        (Waves, Cells) = (SplitForm.Of(definition.Waves), SplitForm.Of(definition.Cells));
        Shown = definition.ShownColumns.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        CampaignCode = definition.CampaignCode;
    }
}

/// <summary>A column, and which of its values count.</summary>
public sealed class ValueRuleForm
{
    public string? Column { get; set; }

    public List<string> Values { get; set; } = [];

    public static ValueRuleForm Of(ValueRule? rule) => new() { Column = rule?.Column, Values = [.. rule?.Values ?? []] };

    public ValueRule? ToRule() => Column is null ? null : new(Column, Values);
}

/// <summary>One channel's consent.</summary>
public sealed class ChannelForm
{
    public ValueRuleForm Yes { get; set; } = new();

    public string? DateColumn { get; set; }

    [Range(1, 600, ErrorMessage = "Between 1 and 600 months, or leave it empty.")]
    public int? ValidMonths { get; set; }

    public string? ExpiryColumn { get; set; }

    public static ChannelForm Of(ChannelConsent? consent) => new()
    {
        Yes = ValueRuleForm.Of(consent?.Yes),
        DateColumn = consent?.DateColumn,
        ValidMonths = consent?.ValidMonths,
        ExpiryColumn = consent?.ExpiryColumn,
    };

    public ChannelConsent? ToConsent(ContactChannels channel) =>
        Yes.ToRule() is { } yes ? new(channel, yes, DateColumn, ValidMonths, ExpiryColumn) : null;
}

/// <summary>A split, its parts one a line: 'Week 1: 60' by shares, 'North: Penang, Kedah' by values, 'Others' for the rest.</summary>
public sealed class SplitForm
{
    /// <summary>Null: not split.</summary>
    public SplitBy? By { get; set; }

    public string? Column { get; set; }

    [StringLength(4000, ErrorMessage = "At most 4,000 characters.")]
    public string? Parts { get; set; }

    public static SplitForm Of(ListSplit? split) => split is null ? new() : new()
    {
        By = split.By,
        Column = split.Column,
        Parts = string.Join('\n', split.Parts.Select(part =>
            part.Share > 0 ? string.Create(CultureInfo.InvariantCulture, $"{part.Name}: {part.Share:0.###}")
            : part.Values.Count > 0 ? $"{part.Name}: {string.Join(", ", part.Values)}"
            : part.Name)),
    };

    /// <exception cref="RefusedException">A line has no number where shares are asked for.</exception>
    public ListSplit? ToSplit(string what)
    {
        if (By is not { } by)
        {
            return null;
        }

        List<SplitPart> parts = [];
        foreach (var line in (Parts ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.LastIndexOf(':');
            var (name, rest) = colon < 0 ? (line, "") : (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (by is not (SplitBy.Random or SplitBy.Priority))
            {
                parts.Add(new(name, 0, rest.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
            }
            else if (double.TryParse(rest.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var share))
            {
                parts.Add(new(name, share, []));
            }
            else
            {
                throw new RefusedException($"{what}, line {parts.Count + 1}: write a name, a colon and a share, such as 'Week 1: 50'.");
            }
        }

        return new(by, parts, by == SplitBy.Column ? Column : null);
    }
}

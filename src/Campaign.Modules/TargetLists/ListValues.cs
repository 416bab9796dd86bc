using Campaign.Learning.Columns;
using Campaign.Modules.Segments.Contracts;

namespace Campaign.Modules.TargetLists;

/// <summary>What is suggested for the customers of a segment, in its maker's words; empty for nothing.</summary>
public sealed record SegmentOffer(string Product, string Message);

/// <summary>When the customers agreed to a channel, by row of the data file from 0; null where the file does not tell.</summary>
internal sealed record ShownConsent(ContactChannels Channel, Func<int, XlsxValue>? DateOfRow);

/// <summary>What a list's rows show beside what the selection itself knows; what is not here has no column.</summary>
internal sealed record ListValues
{
    /// <summary>The bank's columns, in the order of <see cref="ListField"/>.</summary>
    public IReadOnlyList<ShownColumn> Shown { get; init; } = [];

    /// <summary>Channels whose consent the bank's file tells.</summary>
    public IReadOnlyList<ShownConsent> Consents { get; init; } = [];

    /// <summary>Null where nobody has said what a contact brings and costs, or the run can't tell.</summary>
    public ListMoney? Money { get; init; }

    /// <summary>By the segment's name.</summary>
    public IReadOnlyDictionary<string, SegmentOffer> Offers { get; init; } = new Dictionary<string, SegmentOffer>();

    /// <param name="table">Open while the list is written.</param>
    /// <exception cref="Campaign.Learning.RefusedException">The file lacks a column that the definition names, or holds long ids in it that were read as numbers.</exception>
    public static ListValues Of(ColumnTable table, ListDefinition definition, IReadOnlyList<SegmentSummary> segments, ListMoney? money) => new()
    {
        Shown = ShownColumn.Of(table, definition.ShownColumns),
        Consents = [.. definition.Consent.Channels.Select(consent => new ShownConsent(
            consent.Channel, consent.DateColumn is { } column ? ShownColumn.CellsOf(table, RowValues.PlaceOf(table, column, "the day of the consent"), isId: false) : null))],
        Money = money,
        Offers = segments.DistinctBy(segment => segment.Name).ToDictionary(segment => segment.Name, segment => new SegmentOffer(segment.Product, segment.Message)),
    };
}

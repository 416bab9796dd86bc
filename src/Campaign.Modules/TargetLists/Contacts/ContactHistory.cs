using Campaign.Modules.TargetLists.Suppression;

namespace Campaign.Modules.TargetLists.Contacts;

/// <summary>A target list that was looked at for earlier contacts or a running control group.</summary>
/// <param name="MembersHash">SHA-256 of its members' file.</param>
public sealed record EarlierList(Guid Id, string Name, string MembersHash);

/// <summary>
/// How often customers were listed within the period, by channel, and who is in the control group of a campaign that still runs. Ids are
/// compared as in <see cref="IdSet"/>. Filled by <see cref="EarlierContacts"/>, then only read.
/// </summary>
public sealed class ContactHistory
{
    private static readonly int Channels = Enum.GetValues<ContactChannel>().Length;
    private readonly IdSet listed = new();
    private readonly IdSet control = new();
    private readonly List<EarlierList> lists = [];

    /// <summary>One a listed customer and channel, in the order of the set's numbers.</summary>
    private ushort[] counts = [];

    /// <summary>The lists that it was made of, in the order in which they were exported.</summary>
    public IReadOnlyList<EarlierList> Lists => lists;

    /// <summary>Customers listed on any channel within the period.</summary>
    public int ListedCount => listed.Count;

    /// <summary>Customers in the control group of a campaign that still runs.</summary>
    public int ControlCount => control.Count;

    /// <summary>By how many lists within the period the customer was to be contacted on this channel.</summary>
    public int CountOf(string customerId, ContactChannel channel) => listed.NumberOf(customerId) is >= 0 and var number ? counts[Place(number, channel)] : 0;

    /// <summary>The customer has had as many contacts on this channel as the caps allow: one more would be too many.</summary>
    public bool HasHadEnough(string customerId, ContactChannel channel, ContactCaps caps) => caps.MostOn(channel) is { } most && CountOf(customerId, channel) >= most;

    /// <summary>The customer must stay uncontacted: another campaign is measured by them.</summary>
    public bool IsInRunningControl(string customerId) => control.Contains(customerId);

    internal void Add(EarlierList list) => lists.Add(list);

    internal void AddContact(ReadOnlySpan<byte> customerId, ContactChannel channel)
    {
        var (number, _) = listed.Add(customerId);
        if (number < 0)
        {
            return;
        }

        if (counts.Length < listed.Count * Channels)
        {
            Array.Resize(ref counts, Math.Max(counts.Length * 2, 1024 * Channels));
        }

        ref var count = ref counts[Place(number, channel)];
        count = (ushort)Math.Min(count + 1, ushort.MaxValue);
    }

    internal void AddControl(ReadOnlySpan<byte> customerId) => control.Add(customerId);

    private static int Place(int number, ContactChannel channel) => (number * Channels) + (int)channel;
}

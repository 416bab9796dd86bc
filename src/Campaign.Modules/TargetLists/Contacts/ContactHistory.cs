using System.Numerics;
using System.Text;
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
    private const int ChannelCount = 4;
    private const ContactChannels Every = ContactChannels.Email | ContactChannels.Sms | ContactChannels.Call | ContactChannels.Post;
    private readonly IdSet listed = new();
    private readonly IdSet control = new();
    private readonly List<EarlierList> lists = [];

    /// <summary>One a listed customer and channel, in the order of the set's numbers.</summary>
    private ushort[] counts = [];

    /// <summary>The lists that it was made of, in the order in which they were exported.</summary>
    public IReadOnlyList<EarlierList> Lists => lists;

    /// <summary>Customers listed on any channel within the period.</summary>
    public int ListedCount => listed.Count;

    /// <summary>Customers who must stay uncontacted: a campaign that still runs is measured by them.</summary>
    public IdSet RunningControl => control;

    /// <summary>By how many lists within the period the customer was to be contacted on this channel.</summary>
    /// <param name="channel">One channel, not a set.</param>
    public int CountOf(string customerId, ContactChannels channel) => listed.NumberOf(customerId) is >= 0 and var number ? counts[Place(number, channel)] : 0;

    /// <summary>By id, the channels by which a customer has had as many contacts as the caps allow: one more would be too many. Null where no channel is limited.</summary>
    public IReadOnlyDictionary<string, ContactChannels>? AtCap(ContactCaps caps)
    {
        if (!caps.LimitsAny)
        {
            return null;
        }

        var atCap = new Dictionary<string, ContactChannels>(TrimmedIds.Comparer);
        for (var number = 0; number < listed.Count; number++)
        {
            var reached = ContactChannel.Each.Where(channel => counts[Place(number, channel)] >= caps.MostOn(channel)).Aggregate(ContactChannels.None, (all, one) => all | one);
            if (reached != ContactChannels.None)
            {
                atCap.Add(Encoding.UTF8.GetString(listed[number]), reached);
            }
        }

        return atCap;
    }

    internal void Add(EarlierList list) => lists.Add(list);

    /// <param name="channel">Null where it is not known: then the contact counts on each.</param>
    internal void AddContact(string customerId, ContactChannels? channel)
    {
        var (number, _) = listed.Add(customerId);
        if (number < 0)
        {
            return;
        }

        if (counts.Length < listed.Count * ChannelCount)
        {
            Array.Resize(ref counts, Math.Max(counts.Length * 2, 1024 * ChannelCount));
        }

        foreach (var one in ContactChannel.Each.Where(one => (channel ?? Every).HasFlag(one)))
        {
            ref var count = ref counts[Place(number, one)];
            count = (ushort)Math.Min(count + 1, ushort.MaxValue);
        }
    }

    internal void AddControl(string customerId) => control.Add(customerId);

    private static int Place(int number, ContactChannels channel) => (number * ChannelCount) + BitOperations.Log2((uint)channel);

    /// <summary>White space around an id does not count here either.</summary>
    private sealed class TrimmedIds : IEqualityComparer<string>
    {
        public static TrimmedIds Comparer { get; } = new();

        public bool Equals(string? x, string? y) => x.AsSpan().Trim().SequenceEqual(y.AsSpan().Trim());

        public int GetHashCode(string obj) => string.GetHashCode(obj.AsSpan().Trim());
    }
}

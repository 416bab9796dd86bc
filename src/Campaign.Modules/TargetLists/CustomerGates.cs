namespace Campaign.Modules.TargetLists;

/// <summary>
/// The gates of the waterfall for one customer after the other, asked in the list's order (a household's first customer stays). A customer with
/// several rows must pass eligibility and consent by each of them; household and segment are those of the highest candidate row.
/// </summary>
internal sealed class CustomerGates
{
    private readonly TargetListInputs _inputs;
    private readonly bool[] _isAffluent;
    private readonly ExclusionCause?[]? _ineligible;
    private readonly ContactChannels[]? _consent;
    private readonly HashSet<int> _households = [];

    public CustomerGates(TargetListInputs inputs)
    {
        _inputs = inputs;
        var (customers, gates) = (inputs.Customers, inputs.Gates);
        _isAffluent = new bool[customers.CustomerCount];
        _ineligible = gates.Ineligible is null ? null : new ExclusionCause?[customers.CustomerCount];
        _consent = gates.Consent is null ? null : new ContactChannels[customers.CustomerCount];
        if (_consent is not null)
        {
            Array.Fill(_consent, (ContactChannels)~0);
        }

        for (var row = 0; row < customers.RowCount; row++)
        {
            var customer = customers.CustomerOfRow[row];
            _isAffluent[customer] |= customers.Affluent[row];
            if (_ineligible is not null && gates.Ineligible![row] is { } cause && !(_ineligible[customer] <= cause))
            {
                _ineligible[customer] = cause;
            }

            if (_consent is not null)
            {
                _consent[customer] &= gates.Consent![row];
            }
        }
    }

    /// <summary>Why a candidate is stopped; null where nothing does.</summary>
    /// <param name="row">The highest candidate row, from 0.</param>
    public ExclusionCause? Stop(int customer, int row)
    {
        var id = _inputs.Customers.CustomerIds[customer];
        return _isAffluent[customer] ? ExclusionCause.RecordedAffluentInAnotherRow
            : _ineligible?[customer] is { } ineligible ? ineligible
            : _consent?[customer] == ContactChannels.None ? ExclusionCause.NoConsent
            : _inputs.Suppressed?.Contains(id) == true ? ExclusionCause.Suppressed
            : _inputs.InOtherControl.Contains(id) ? ExclusionCause.OtherControlGroup
            : AllowedOf(customer) == ContactChannels.None ? ExclusionCause.ContactCap
            : _inputs.Gates.Household?.CodeOfRow[row] is { } household and >= 0 && !_households.Add(household) ? ExclusionCause.SameHousehold
            : _inputs.Gates.Segment?.CodeOfRow[row] < 0 ? ExclusionCause.OutsideSegments
            : null;
    }

    /// <summary>The channels that are consented (or to be checked elsewhere) and below the contact cap.</summary>
    public ContactChannels AllowedOf(int customer)
    {
        var open = _consent?[customer] ?? _inputs.Definition.Consent.CheckedElsewhere;
        return _inputs.AtCap is { } atCap && atCap.TryGetValue(_inputs.Customers.CustomerIds[customer], out var reached) ? open & ~reached : open;
    }

    /// <summary>The first of the list's preference.</summary>
    public ContactChannels BestOf(ContactChannels allowed)
    {
        var preference = _inputs.Definition.Consent.Channels is { Count: > 0 } channels ? channels.Select(channel => channel.Channel) : ContactChannel.Each;
        return preference.FirstOrDefault(channel => allowed.HasFlag(channel));
    }
}

namespace Campaign.Learning;

/// <summary>A stretch of a longer work's progress.</summary>
internal sealed class PartOfProgress : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly double _from;
    private readonly double _to;

    private PartOfProgress(IProgress<double> whole, double from, double to) => (_whole, _from, _to) = (whole, from, to);

    /// <summary>0 to 1 become <paramref name="from"/> to <paramref name="to"/> of the whole; null where there is no whole.</summary>
    internal static PartOfProgress? Of(IProgress<double>? whole, double from, double to) => whole is null ? null : new PartOfProgress(whole, from, to);

    public void Report(double value) => _whole.Report(_from + (value * (_to - _from)));
}

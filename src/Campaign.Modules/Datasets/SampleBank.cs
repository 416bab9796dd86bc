using System.Globalization;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Datasets;

/// <summary>
/// A synthetic bank in the layout, and with the quirks, of a real file of existing customers: invented customers whose hidden affluents are
/// known. How each customer is drawn is in <see cref="SampleCustomer"/>; who is affluent, and who of them the bank has not noticed, depends
/// on all customers and is decided here. The same rows, share and seed give the same bytes on every machine.
/// </summary>
public sealed class SampleBank
{
    public const int DefaultRowCount = 66_083;
    public const double DefaultHiddenShare = 0.3;

    /// <summary>The share of rows that the bank records as affluent.</summary>
    private const double RecordedAffluentShare = 0.165;

    /// <summary>How much more often the less obvious are hidden: from the most to the least obvious the odds grow e^2.2, nine times.</summary>
    private const double HidingSlope = 2.2;

    private const int MinimumRowCount = 100;
    private const int MaximumRowCount = 10_000_000;

    /// <summary>Streams of random numbers beside the customers' own, which are numbered by row.</summary>
    private const int HidingStream = -1;

    private readonly int _rowCount;
    private readonly double _hiddenShare;
    private readonly int _seed;

    /// <param name="rowCount">100 to 10,000,000.</param>
    /// <param name="hiddenShare">Share of the truly affluent that is recorded normal, 0 to 0.8.</param>
    /// <exception cref="RefusedException">A number is out of range.</exception>
    public SampleBank(int rowCount, double hiddenShare, int seed)
    {
        if (rowCount is < MinimumRowCount or > MaximumRowCount)
        {
            throw new RefusedException("A sample bank has 100 to 10,000,000 rows: choose a number in that range.");
        }

        if (hiddenShare is not (>= 0 and <= 0.8))
        {
            throw new RefusedException("The share of hidden affluents must lie between 0 and 0.8, for example 0.3.");
        }

        _rowCount = rowCount;
        _hiddenShare = hiddenShare;
        _seed = seed;
    }

    /// <summary>Writes the customer file, and the truth (<c>row,C_ID,true_segment,hidden</c>) where it is wanted; both UTF-8, lines end in LF.</summary>
    public void Write(Stream customers, Stream? truth)
    {
        var (affluent, hidden) = Decide();
        using var file = new StreamWriter(customers, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        using var truthFile = truth is null ? null : new StreamWriter(truth, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        file.WriteLine(SampleCustomer.Header);
        truthFile?.WriteLine("row,C_ID,true_segment,hidden");
        for (var row = 0; row < _rowCount; row++)
        {
            var customer = SampleCustomer.Draw(_seed, row, _rowCount);
            customer.WriteTo(file);
            file.WriteLine(affluent[row] && !hidden[row] ? ",AFFLUENT" : ",NORMAL");
            truthFile?.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row + 1},{customer.Id},{(affluent[row] ? "affluent" : "normal")},{(hidden[row] ? 1 : 0)}"));
        }
    }

    /// <summary>Who is truly affluent (the most affluent rows), and which of these the bank records as normal; one entry a row.</summary>
    private (bool[] Affluent, bool[] Hidden) Decide()
    {
        var affluence = new double[_rowCount];
        var visible = new double[_rowCount];
        for (var row = 0; row < _rowCount; row++)
        {
            var customer = SampleCustomer.Draw(_seed, row, _rowCount);
            (affluence[row], visible[row]) = (customer.Affluence, customer.VisibleAffluence);
        }

        var affluentCount = (int)Math.Round(_rowCount * RecordedAffluentShare / (1 - _hiddenShare));
        int[] ranked = [.. Enumerable.Range(0, _rowCount).OrderByDescending(row => affluence[row]).Take(affluentCount)];

        // Sampling without replacement with weights: the largest keys of log-weight plus Gumbel noise (Efraimidis and Spirakis 2006).
        var random = SeededRandom.For(_seed, HidingStream);
        var byVisibility = ranked.OrderBy(row => visible[row]).ToArray();
        var keys = new double[affluentCount];
        for (var place = 0; place < affluentCount; place++)
        {
            var obviousness = (double)place / affluentCount;
            keys[place] = (-HidingSlope * obviousness) - Math.Log(-Math.Log(random.NextShare()));
        }

        var affluent = new bool[_rowCount];
        var hidden = new bool[_rowCount];
        Array.ForEach(ranked, row => affluent[row] = true);
        var hiddenCount = (int)Math.Round(affluentCount * _hiddenShare);
        foreach (var place in Enumerable.Range(0, affluentCount).OrderByDescending(place => keys[place]).Take(hiddenCount))
        {
            hidden[byVisibility[place]] = true;
        }

        return (affluent, hidden);
    }
}

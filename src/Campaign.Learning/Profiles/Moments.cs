using System.Numerics;
using System.Runtime.InteropServices;

namespace Campaign.Learning.Profiles;

/// <summary>
/// Count, mean and the sums of the second and third powers of the distances from it; two of them merge into that of all values (Pébay 2008).
/// Each block is centred on its own mean first, so nothing is lost to large means.
/// </summary>
internal readonly record struct Moments(long Count, double Mean, double SecondSum, double ThirdSum)
{
    /// <summary>Of the population; NaN without values.</summary>
    public double StandardDeviation => Math.Sqrt(SecondSum / Count);

    /// <summary>NaN without variation.</summary>
    public double Skewness => Math.Sqrt(Count) * ThirdSum / Math.Pow(SecondSum, 1.5);

    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var rest = values[(vectors.Length * Vector<double>.Count)..];
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            sums += vector;
        }

        var sum = Vector.Sum(sums);
        foreach (var value in rest)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var centre = new Vector<double>(mean);
        Vector<double> seconds = default, thirds = default, drifts = default;
        foreach (var vector in vectors)
        {
            var distance = vector - centre;
            var square = distance * distance;
            drifts += distance;
            seconds += square;
            thirds += square * distance;
        }

        double drift = Vector.Sum(drifts), second = Vector.Sum(seconds), third = Vector.Sum(thirds);
        foreach (var value in rest)
        {
            var distance = value - mean;
            drift += distance;
            second += distance * distance;
            third += distance * distance * distance;
        }

        // What the rounded mean left over: the sums are moved to the true mean.
        var shift = drift / values.Length;
        return new(
            values.Length, mean + shift, Math.Max(0, second - (drift * shift)), third - (3 * shift * second) + (2 * drift * shift * shift));
    }

    public Moments Merge(Moments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double left = Count, right = other.Count, all = left + right, distance = other.Mean - Mean;
        return new(
            Count + other.Count,
            Mean + (distance * right / all),
            SecondSum + other.SecondSum + (distance * distance * left * right / all),
            ThirdSum + other.ThirdSum
                + (distance * distance * distance * left * right * (left - right) / (all * all))
                + (3 * distance * ((left * other.SecondSum) - (right * SecondSum)) / all));
    }
}

using Campaign.Learning;

namespace Campaign.Modules.Datasets;

/// <summary>The distributions that the sample bank draws from, over a <see cref="SeededRandom"/>.</summary>
internal struct SampleRandom(SeededRandom random)
{
    private SeededRandom _random = random;

    public int Below(int limit) => _random.Next(limit);

    public bool Chance(double probability) => _random.NextShare() < probability;

    public double Share() => _random.NextShare();

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(_random.NextShare())) * Math.Cos(2 * Math.PI * _random.NextShare());

    /// <summary>By multiplying uniform numbers (Knuth): for small means.</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = _random.NextShare(); product > limit; product *= _random.NextShare())
        {
            count++;
        }

        return count;
    }
}

/// <summary>A choice among texts whose weights shift with a number: weight x e^(slope x number).</summary>
internal sealed class WeightedChoice(params (string Text, double Weight, double Slope)[] options)
{
    public string Draw(ref SampleRandom random, double number)
    {
        Span<double> weights = stackalloc double[options.Length];
        var sum = 0.0;
        for (var i = 0; i < options.Length; i++)
        {
            sum += weights[i] = options[i].Weight * Math.Exp(options[i].Slope * number);
        }

        var drawn = random.Share() * sum;
        var chosen = 0;
        while (chosen < options.Length - 1 && drawn >= weights[chosen])
        {
            drawn -= weights[chosen++];
        }

        return options[chosen].Text;
    }
}

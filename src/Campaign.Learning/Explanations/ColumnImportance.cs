using System.Text.Json.Serialization;
using Campaign.Learning.Columns;

namespace Campaign.Learning.Explanations;

/// <summary>How much one column matters, and in which direction.</summary>
/// <param name="Column">The feature's name.</param>
/// <param name="MeanSize">Mean over the sample of the size of the contribution (mean over the repeats), in log-odds; 0 or above.</param>
/// <param name="LowestFold">The lowest mean size that a single fold model gives on the rows that it held out.</param>
/// <param name="HighestFold">The highest; the luck of the rows and that of the training are both in the range.</param>
/// <param name="BestRank">By a single fold model, from 1 for the most important; 0 where no fold has enough rows.</param>
/// <param name="Bins">The column's values in their order (a category's by what they add), then the others, then the missing; empty where no bin has enough rows.</param>
public sealed record ColumnImportance(
    string Column, ColumnKind Kind, double MeanSize, double LowestFold, double HighestFold, int BestRank, int WorstRank, IReadOnlyList<ContributionBin> Bins)
{
    /// <summary>A rank correlation at least so strong counts as one direction.</summary>
    private const double ClearDirection = 0.7;

    /// <summary>What the values do to the score, in a few words.</summary>
    [JsonIgnore]
    public string Direction
    {
        get
        {
            ContributionBin[] valued = [.. Bins.Where(bin => !bin.IsRest)];
            if (valued.Length < 2 || MeanSize == 0)
            {
                return "no direction";
            }

            if (Kind == ColumnKind.Category)
            {
                return $"highest with {valued[0].Values}, lowest with {valued[^1].Values}";
            }

            var more = Kind == ColumnKind.Date ? ("later days raise the score", "earlier days raise the score") : ("higher values raise the score", "higher values lower the score");
            return Correlation(valued) switch
            {
                >= ClearDirection => more.Item1,
                <= -ClearDirection => more.Item2,
                _ => "no single direction",
            };
        }
    }

    /// <summary>Of the bins' places and mean contributions, weighted by their rows; 0 where all add the same.</summary>
    private static double Correlation(ContributionBin[] bins)
    {
        var rows = (double)bins.Sum(bin => bin.RowCount);
        var meanPlace = bins.Select((bin, place) => bin.RowCount * place).Sum() / rows;
        var mean = bins.Sum(bin => bin.RowCount * bin.Mean) / rows;
        double both = 0, places = 0, contributions = 0;
        for (var place = 0; place < bins.Length; place++)
        {
            both += bins[place].RowCount * (place - meanPlace) * (bins[place].Mean - mean);
            places += bins[place].RowCount * (place - meanPlace) * (place - meanPlace);
            contributions += bins[place].RowCount * (bins[place].Mean - mean) * (bins[place].Mean - mean);
        }

        return contributions == 0 ? 0 : both / Math.Sqrt(places * contributions);
    }
}

/// <summary>Rows of the sample with alike values in a column.</summary>
/// <param name="Values">As text: a value, 'up to 10', '10 to 20' (above 10, up to 20), 'above 20', 'other values' or 'missing'.</param>
/// <param name="RowCount">At least <see cref="GlobalImportance.LeastBinRows"/>.</param>
/// <param name="Mean">Of the column's contributions, in log-odds.</param>
/// <param name="Low">Lower end of the mean's 95 % interval (normal).</param>
/// <param name="High">Upper end.</param>
/// <param name="IsRest">Other values, or missing: has no place in the order of the values.</param>
public sealed record ContributionBin(string Values, int RowCount, double Mean, double Low, double High, bool IsRest = false);

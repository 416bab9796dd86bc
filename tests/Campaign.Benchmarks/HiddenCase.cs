using System.Globalization;
using Campaign.Learning;

namespace Campaign.Benchmarks;

/// <summary>
/// How often the range of the estimate holds the true number of hidden affluents. Arguments: a labelled file, its truth file
/// or '-', rows a repeat, repeats, then cells: scar20 (each affluent hidden with the same chance, 20 %), sar40 (the less obvious more
/// likely) or recorded (as the file records them; needs a truth file).
/// </summary>
internal static class HiddenCase
{
    internal static void Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("campaign-hidden-");
        try
        {
            using var file = LabelledFile.Read(args[0], args[1] == "-" ? null : args[1], Path.Combine(folder.FullName, "all"));
            int rowCount = int.Parse(args[2], CultureInfo.InvariantCulture), repeatCount = int.Parse(args[3], CultureInfo.InvariantCulture);
            foreach (var cell in args[4..])
            {
                for (var repeat = 1; repeat <= repeatCount; repeat++)
                {
                    var random = SeededRandom.For(repeat, 77);
                    int[] rows = [.. Enumerable.Range(0, file.Truth.Length)];
                    random.Shuffle<int>(rows);
                    rows = [.. rows.Take(rowCount)];
                    bool[] affluent;
                    if (cell == "recorded")
                    {
                        affluent = [.. rows.Select(row => file.Recorded[row])];
                    }
                    else
                    {
                        var share = int.Parse(cell.AsSpan().TrimStart("scar"), CultureInfo.InvariantCulture) / 100.0;
                        var hidden = file.Hide(rows, share, lessObvious: cell.StartsWith("sar", StringComparison.Ordinal), ref random);
                        affluent = [.. rows.Select(row => file.Truth[row] && !hidden.Contains(row))];
                    }

                    var scores = file.Score(rows, affluent, repeat, Path.Combine(folder.FullName, "part"));
                    if (Environment.GetEnvironmentVariable("CAMPAIGN_BENCHMARK_CSV") is { } csvFolder)
                    {
                        using var csv = new StreamWriter(Path.Combine(csvFolder, $"{Path.GetFileNameWithoutExtension(args[0])}-{rowCount}-{cell}-{repeat}.csv"));
                        csv.WriteLine("fold,logodds,recorded,truth");
                        for (var i = 0; i < rows.Length; i++)
                        {
                            csv.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scores.Folds.OfRepeat(0)[i]},{scores.LogOdds[i]:R},{(affluent[i] ? 1 : 0)},{(file.Truth[rows[i]] ? 1 : 0)}"));
                        }
                    }
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

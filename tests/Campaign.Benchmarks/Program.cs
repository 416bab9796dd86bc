using System.Globalization;

namespace Campaign.Benchmarks;

/// <summary>Named cases. Arguments: the case, then row counts, smallest first (memory is the process's peak so far).</summary>
public static class Program
{
    private static readonly int[] DefaultRowCounts = [10_000, 100_000];

    public static async Task<int> Main(string[] args)
    {
        if (args is ["reading", ..])
        {
            await ReadingCase.RunAsync(args[1..]);
            return 0;
        }

        if (args is ["hidden", ..])
        {
            HiddenCase.Run(args[1..]);
            return 0;
        }

        if (args is ["recovery", ..])
        {
            RecoveryCase.Run(args[1..]);
            return 0;
        }

        if (args is ["promise", ..])
        {
            PromiseCase.Run(args[1..]);
            return 0;
        }

        if (args is ["uplift", ..])
        {
            UpliftCase.Run(args[1..]);
            return 0;
        }

        var (header, measureAsync) = args.FirstOrDefault() switch
        {
            "main" => (MainJobCase.Header, (Func<string, int, Task>)MainJobCase.MeasureAsync),
            "profile" => (ProfileCase.Header, ProfileCase.MeasureAsync),
            "scoring" => (ScoringCase.Header, ScoringCase.MeasureAsync),
            "segments" => (SegmentsCase.Header, SegmentsCase.MeasureAsync),
            "suppression" => (SuppressionCase.Header, SuppressionCase.MeasureAsync),
            "threshold" => (ThresholdCase.Header, ThresholdCase.MeasureAsync),
            "workbook" => (WorkbookCase.Header, WorkbookCase.MeasureAsync),
            _ => ("", null),
        };
        if (measureAsync is null)
        {
            await Console.Error.WriteLineAsync("Name a case of README.md and its arguments: -- main 10000 100000");
            return 2;
        }

        int[] rowCounts = args.Length == 1 ? DefaultRowCounts : [.. args[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var folder = Directory.CreateTempSubdirectory("campaign-benchmark-");
        try
        {
            Console.WriteLine(header);
            foreach (var rowCount in rowCounts)
            {
                await measureAsync(folder.FullName, rowCount);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

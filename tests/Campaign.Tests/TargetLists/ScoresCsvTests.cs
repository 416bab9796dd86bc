using System.Globalization;
using System.Text;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.TargetLists;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class ScoresCsvTests
{
    [Fact]
    public void One_line_a_row_in_the_files_order()
    {
        var text = Write([0.25, 0.75, 0.5, 0.75], ["a", "b", "c", "b"], [false, true, false, false]);

        Assert.Equal(
            """
            row,customer_id,recorded,score,selected,hidden_candidate,rank
            1,a,normal,0.25,0,0,4
            2,b,affluent,0.75,1,0,1
            3,c,normal,0.5,1,1,3
            4,b,normal,0.75,1,1,1

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void A_new_files_line_says_which_models_scored_it()
    {
        using var stream = new MemoryStream();
        ScoresCsv.WriteNew(stream, ["a", "=b"], [0.25, 0.5], [true, false], new OperatingThreshold(0.5));

        Assert.Equal(
            "row,customer_id,score,selected,scored_by\n1,a,0.25,0,held-out models\n2,'=b,0.5,1,final model\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("+30 210", "'+30 210")]
    [InlineData("-cmd|x", "'-cmd|x")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-5", "-5")]
    [InlineData("+4.5", "+4.5")]
    [InlineData("007", "007")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=\"x\"", "\"'=\"\"x\"\"\"")]
    [InlineData("", "")]
    [InlineData("-", "'-")]
    [InlineData("Müller-1", "Müller-1")]
    public void A_cell_is_the_id_itself_unless_a_spreadsheet_would_evaluate_it(string id, string cell)
    {
        Assert.Equal(cell, ScoresCsv.SafeCell(id));
    }

    [Fact]
    public void Scores_read_back_to_the_same_double_so_order_and_ties_survive()
    {
        var random = new Random(7);
        var scores = Enumerable.Range(0, 2000).Select(_ => 1 / (1 + Math.Exp(-40 * (random.NextDouble() - 0.5)))).ToArray();
        var text = Write(scores, [.. scores.Select((_, row) => $"c{row}")], new bool[scores.Length]);

        var lines = text.Split('\n').Skip(1).ToArray();
        for (var row = 0; row < scores.Length; row++)
        {
            Assert.Equal(scores[row], double.Parse(lines[row].Split(',')[3], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Equal_scores_share_a_rank_and_the_next_counts_on_behind_them()
    {
        Assert.Equal([2, 1, 2, 4, 5], ScoresCsv.Ranks([0.5, 0.9, 0.5, 0.4, 0.1]));
        Assert.Equal([1, 1, 1], ScoresCsv.Ranks([0.3, 0.3, 0.3]));
        Assert.Empty(ScoresCsv.Ranks([]));
    }

    private static string Write(double[] scores, string[] ids, bool[] affluent)
    {
        var distinct = ids.Distinct().ToList();
        var customers = new RecordedCustomers(affluent, [.. ids.Select(id => distinct.IndexOf(id))], distinct);
        using var stream = new MemoryStream();
        ScoresCsv.Write(stream, scores, customers, new OperatingThreshold(0.5));
        return new UTF8Encoding(false, true).GetString(stream.ToArray());
    }
}

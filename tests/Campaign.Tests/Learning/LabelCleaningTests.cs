using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.Learning;

/// <summary>Customers with a balance of 7 or more are affluent, and some others; of the former every fourth is recorded normal.</summary>
public sealed class LabelCleaningTests : IDisposable
{
    private const int RowCount = 800;
    private const int FoldCount = 4;
    private const double Share = 0.05;

    /// <summary>One step, so that the classes of held-out rows can't choose the number of trees.</summary>
    private static readonly TrainingRecipe Recipe =
        new(4, 0.3, 1, 0.7, 1, 1, 10, 10, FoldCount, FoldCount, RepeatCount: 2, Seed: 5) { SuspiciousShare = Share };

    private readonly InventedTable _invented;
    private readonly FeatureSource _features;
    private readonly bool[] _affluent;
    private readonly bool[] _hidden;
    private readonly int[] _customers;
    private readonly CustomerFolds _folds;

    public LabelCleaningTests()
    {
        var random = new Random(4);
        float[] balances = [.. Enumerable.Range(0, RowCount).Select(_ => (float)(10 * random.NextDouble()))];
        float[] ages = [.. Enumerable.Range(0, RowCount).Select(_ => (float)random.Next(18, 90))];
        _invented = new InventedTable(("balance", ColumnKind.Number, balances), ("age", ColumnKind.Number, ages));
        _features = FeatureSource.ForTraining(_invented.Table, ["balance", "age"]);
        _hidden = [.. balances.Select((balance, row) => balance >= 7 && row % 4 == 0)];
        _affluent = [.. balances.Select((balance, row) => balance >= 7 ? row % 4 != 0 : random.Next(10) == 0)];
        _customers = [.. Enumerable.Range(0, RowCount).Select(row => row / 2)];
        _folds = CustomerFolds.Deal(CustomerIndex.Of(_customers), _affluent, FoldCount, 2, seed: 1);
    }

    public void Dispose() => _invented.Dispose();

    [Fact]
    public void A_score_does_not_change_with_the_recorded_classes_of_its_own_fold()
    {
        var folds = _folds.Take(1);
        var recipe = Recipe with { RepeatCount = 1 };
        var before = Scores(_affluent);
        var fold = folds.Rows(0, 2);
        bool[] turned = [.. _affluent];
        Array.ForEach(fold, row => turned[row] = !turned[row]);
        var after = Scores(turned);

        Assert.Equal(fold.Select(row => before[row]), fold.Select(row => after[row]));
        Assert.NotEqual(folds.Rows(0, 1).Select(row => before[row]), folds.Rows(0, 1).Select(row => after[row]));

        float[] Scores(bool[] affluent)
        {
            using var data = new TrainingData(_features, affluent, folds);
            var (scores, models) = OutOfFoldScores.Compute(data, recipe, 2);
            models.Dispose();
            return scores.OfRepeat(0).ToArray();
        }
    }

    [Fact]
    public void What_a_model_is_not_trained_on_is_recorded_normal_outside_its_fold_and_mostly_hidden()
    {
        using var data = new TrainingData(_features, _affluent, _folds);
        var (ofRepeats, ofFinal) = data.Suspicious(Recipe, 2, null, default);

        Assert.Equal(2, ofRepeats.Count);
        for (var repeat = 0; repeat < 2; repeat++)
        {
            var foldOfRow = _folds.OfRepeat(repeat).ToArray();
            for (var fold = 0; fold < FoldCount; fold++)
            {
                var learned = Enumerable.Range(0, RowCount).Where(row => foldOfRow[row] != fold).ToArray();
                var most = (int)Math.Min(Share * learned.Count(row => !_affluent[row]), 0.1 * learned.Count(row => _affluent[row]));
                Assert.InRange(ofRepeats[repeat][fold].Length, most - 3, most);
                Assert.All(ofRepeats[repeat][fold], row => Assert.True(!_affluent[row] && foldOfRow[row] != fold));
                Assert.True(ofRepeats[repeat][fold].Count(row => _hidden[row]) > 0.8 * ofRepeats[repeat][fold].Length);
            }
        }

        Assert.InRange(ofFinal.Length, 15, (int)(Share * _affluent.Count(affluent => !affluent)));
        Assert.True(ofFinal.Count(row => _hidden[row]) > 0.8 * ofFinal.Length);
        Assert.Equal(ofFinal.Order(), ofFinal);
    }

    [Fact]
    public void Those_who_suspect_a_row_saw_neither_its_fold_nor_the_scored_one()
    {
        using var data = new TrainingData(_features, _affluent, _folds);
        var (first, second) = (_folds.Rows(0, 0), _folds.Rows(0, 3));
        using var alone = new FoldTraining(
            data.RowsOf(ModelFamily.BoostedTrees, 1), _affluent, LabelCleaning.Suspecting(Recipe), 0, [.. first, .. second], []);
        while (alone.StepCount < 8)
        {
            alone.Advance(default);
        }

        var logOdds = new float[RowCount];
        alone.ReadLogOdds(second, logOdds);
        var dropped = data.Suspicious(Recipe, 2, null, default).OfRepeats[0][0].Intersect(second).ToHashSet();

        // Of one fold's normals the dropped are those with the highest log-odds of that one model.
        Assert.NotEmpty(dropped);
        var lowest = dropped.Min(row => logOdds[row]);
        Assert.All(second.Where(row => !_affluent[row] && !dropped.Contains(row)), row => Assert.True(logOdds[row] < lowest));
    }

    [Fact]
    public void The_rows_and_the_models_do_not_depend_on_the_thread_count()
    {
        var (rows, models) = Train(1);
        var (otherRows, otherModels) = Train(3);

        Assert.Equal(rows, otherRows);
        Assert.Equal(models, otherModels);
        Assert.NotEqual(models, Train(1, Recipe with { SuspiciousShare = 0 }).Models);

        (int[] Rows, byte[] Models) Train(int threadCount, TrainingRecipe? recipe = null)
        {
            using var data = new TrainingData(_features, _affluent, _folds);
            var (_, trained) = OutOfFoldScores.Compute(data, recipe ?? Recipe, threadCount);
            using var owned = trained;
            var (ofRepeats, ofFinal) = data.Suspicious(recipe ?? Recipe, threadCount, null, default);
            return (
                [.. ofRepeats.SelectMany(ofFolds => ofFolds.SelectMany(rows => rows)), .. ofFinal],
                [.. trained.FoldModels.SelectMany(repeat => repeat).Append(trained.Final).SelectMany(model => model.Members[0].Booster.Save(ModelFormat.Ubj))]);
        }
    }

    [Fact]
    public void More_repeats_keep_the_rows_of_those_before()
    {
        using var data = new TrainingData(_features, _affluent, _folds);
        var one = data.Suspicious(Recipe with { RepeatCount = 1 }, 1, null, default).OfRepeats[0];
        var two = data.Suspicious(Recipe, 1, null, default).OfRepeats;

        Assert.Same(one, two[0]);
        Assert.Equal(2, two.Count);
    }

    [Fact]
    public void Customers_held_out_altogether_are_never_suspected_nor_counted()
    {
        var folds = CustomerFolds.Deal(CustomerIndex.Of(_customers), _affluent, FoldCount, 1, seed: 1, heldOutShare: 0.3);
        using var data = new TrainingData(_features, _affluent, folds);
        var heldOut = folds.HeldOutRows().ToHashSet();
        var (ofRepeats, ofFinal) = data.Suspicious(Recipe with { RepeatCount = 1 }, 2, null, default);

        Assert.All(ofRepeats[0].SelectMany(rows => rows).Concat(ofFinal), row => Assert.DoesNotContain(row, heldOut));
        Assert.InRange(ofFinal.Length, 1, (int)(Share * Enumerable.Range(0, RowCount).Count(row => !_affluent[row] && !heldOut.Contains(row))));
    }

    [Fact]
    public void Where_affluents_are_few_no_more_than_a_tenth_of_them_is_dropped()
    {
        using var data = new TrainingData(_features, _affluent, _folds);
        var most = data.Suspicious(Recipe with { SuspiciousShare = 0.5 }, 2, null, default).OfFinal.Length;

        Assert.InRange(most, 1, _affluent.Count(affluent => affluent) / 10);
    }

    [Fact]
    public void Equals_are_not_dropped_where_not_all_of_them_can_go()
    {
        // Two values: to a model all normals with the same are alike, and they are more than the share allows.
        float[] numbers = [.. Enumerable.Range(0, RowCount).Select(row => row % 2)];
        using var invented = new InventedTable(("number", ColumnKind.Number, numbers));
        using var data = new TrainingData(FeatureSource.ForTraining(invented.Table, ["number"]), _affluent, _folds);

        Assert.Empty(data.Suspicious(Recipe with { RepeatCount = 1 }, 2, null, default).OfFinal);
    }

    [Fact]
    public void Cancelling_stops_between_rounds()
    {
        using var cancelling = new CancellationTokenSource();
        using var data = new TrainingData(_features, _affluent, _folds);

        Assert.ThrowsAny<OperationCanceledException>(
            () => OutOfFoldScores.Compute(data, Recipe, 2, new Reporter(_ => cancelling.Cancel()), cancelling.Token));
    }

    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}

using Campaign.Learning;
using Campaign.Learning.Columns;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class CategoryCodesTests
{
    [Fact]
    public void Rows_with_a_category_that_training_never_saw_are_counted_missing_ones_are_not()
    {
        using var training = new InventedTable(("job", ColumnKind.Category, new[] { "TEACHER", "CLERK", null, "CLERK" }));
        var features = FeatureSource.ForTraining(training.Table, ["job"]).Features;
        string?[] jobs = ["astronaut", "CLERK", null, "astronaut", "diver"];
        using var scoring = new InventedTable(("job", ColumnKind.Category, jobs));
        using var asText = new InventedTable(("job", ColumnKind.Text, jobs));

        Assert.Equal([("job", 3)], CategoryCodes.Unseen(scoring.Table, features));
        Assert.Equal([("job", 3)], CategoryCodes.Unseen(asText.Table, features));
        Assert.Empty(CategoryCodes.Unseen(training.Table, features));
    }
}

using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Architecture;

public sealed class ModuleBoundaryTests
{
    private const string Root = "Campaign.Modules";

    [Fact]
    public void No_module_uses_what_the_table_does_not_allow()
    {
        Assert.Empty(ModuleBoundaries.Breaches(TypeReferences.In(typeof(CampaignDbContext).Assembly.Location), Root));
    }

    [Fact]
    public void Every_module_folder_is_in_the_table()
    {
        var folders = Directory.GetDirectories(RepositoryFiles.PathOf("src/Campaign.Modules"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => name is not ("bin" or "obj") && Directory.EnumerateFiles(RepositoryFiles.PathOf($"src/Campaign.Modules/{name}"), "*.cs", SearchOption.AllDirectories).Any());

        Assert.All(folders, folder => Assert.Contains(folder, ModuleBoundaries.MayUse.Keys));
    }

    [Fact]
    public void References_in_pages_and_in_method_bodies_are_seen()
    {
        var references = TypeReferences.In(typeof(CampaignDbContext).Assembly.Location);

        Assert.Contains(references, reference => reference.From.StartsWith("AspNetCoreGeneratedDocument.Platform_", StringComparison.Ordinal) && reference.To == $"{Root}.Platform.PeopleModel");
        Assert.Contains(new TypeReference($"{Root}.Platform.SignInSetup", $"{Root}.Platform.OwnerOnly"), references);
    }

    [Fact]
    public void The_planted_violations_are_found()
    {
        var planted = typeof(Planted.Datasets.Intake).Namespace![..^".Datasets".Length];

        var breaches = ModuleBoundaries.Breaches(TypeReferences.In(typeof(ModuleBoundaryTests).Assembly.Location), planted);

        Assert.Equal(
            [
                $"Datasets may not use Modeling: {planted}.Datasets.Intake names {planted}.Modeling.Contracts.RunSummary",
                "Marketing is not in the table of modules",
                $"Modeling reaches past Datasets's contracts: {planted}.Modeling.Training names {planted}.Datasets.Intake",
            ],
            breaches);
    }

    [Theory]
    [InlineData("Campaign.Learning")]
    [InlineData("Campaign.XGBoost")]
    public void Learning_knows_nothing_of_the_web_the_database_or_the_modules(string assembly)
    {
        string[] allowed = ["System", "Microsoft.Win32", "Campaign.XGBoost"];

        var references = TypeReferences.AssembliesOf(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.All(references, reference => Assert.Contains(allowed, start => reference == start || reference.StartsWith(start + ".", StringComparison.Ordinal)));
    }
}

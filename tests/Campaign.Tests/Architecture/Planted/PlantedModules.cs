namespace Campaign.Tests.Architecture.Planted.Platform
{
    internal sealed class Clock
    {
        public int Ticks { get; set; }
    }
}

namespace Campaign.Tests.Architecture.Planted.Datasets.Contracts
{
    internal sealed record DatasetSummary(string Name);
}

namespace Campaign.Tests.Architecture.Planted.Datasets
{
    internal sealed class Intake
    {
        // Allowed: everyone may use the platform.
        public Platform.Clock Clock { get; } = new();

        // Forbidden: the arrow points the other way. Only the body of a method names it.
        public static int CountRuns() => new Modeling.Contracts.RunSummary(3).Count;
    }
}

namespace Campaign.Tests.Architecture.Planted.Modeling.Contracts
{
    internal sealed record RunSummary(int Count);
}

namespace Campaign.Tests.Architecture.Planted.Modeling
{
    internal sealed class Training
    {
        // Allowed: a contract of a module that modelling may use.
        public Datasets.Contracts.DatasetSummary? Summary { get; set; }

        // Forbidden: past the contracts, inside a generic argument.
        public IReadOnlyList<Datasets.Intake> Intakes { get; set; } = [];
    }
}

namespace Campaign.Tests.Architecture.Planted.Marketing
{
    internal sealed class Poster
    {
    }
}

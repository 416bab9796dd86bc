using Campaign.Learning.Calibration;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Learning.Calibration;

public sealed class ProbabilitiesFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again()
    {
        double[] probabilities = [1e-15, 0.1, 1 / 3.0, 1 - 1e-15];
        ProbabilitiesFile.Save(probabilities, _folder.Combine("p.bin"));

        Assert.Equal(probabilities, ProbabilitiesFile.Load(_folder.Combine("p.bin")));
    }

    [Fact]
    public void A_file_that_is_cut_off_or_of_another_kind_is_refused()
    {
        var path = _folder.Combine("p.bin");
        ProbabilitiesFile.Save([0.1, 0.2], path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Equal("p.bin is cut off or damaged.", Assert.Throws<InvalidDataException>(() => ProbabilitiesFile.Load(path)).Message);

        bytes[8]++;
        File.WriteAllBytes(path, bytes);
        Assert.Equal("p.bin is not a probabilities file of version 1.", Assert.Throws<InvalidDataException>(() => ProbabilitiesFile.Load(path)).Message);
    }
}

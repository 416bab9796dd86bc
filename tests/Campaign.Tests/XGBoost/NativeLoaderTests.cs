using Campaign.XGBoost;
using Xunit;

namespace Campaign.Tests.XGBoost;

public sealed class NativeLoaderTests
{
    [Fact]
    public void The_library_tells_its_version() => Assert.Matches(@"^\d+\.\d+\.\d+$", XGBoostLibrary.Version);

    [Fact]
    public void An_absent_library_is_told_with_what_to_install()
    {
        var failure = Assert.Throws<XGBoostException>(() => NativeLoader.Load(["libnosuchthing.so.9"]));

        Assert.Equal("load", failure.Operation);
        Assert.Contains("install the package libxgboost0", failure.Message, StringComparison.Ordinal);
        Assert.Contains("XGBOOST_LIB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_native_stack_is_cut_from_messages() =>
        Assert.Equal("Check failed: no", XGBoostException.WithoutStack("Check failed: no\nStack trace:\n  [bt] (0) lib.so"));
}

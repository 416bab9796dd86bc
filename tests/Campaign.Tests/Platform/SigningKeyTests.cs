using System.Globalization;
using System.Numerics;
using System.Text;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Platform;

public sealed class SigningKeyTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("what is signed");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pair_is_made_once_for_its_owner_alone_and_signs_from_then_on()
    {
        var folder = _folder.Combine("home", "keys");
        var first = new SigningKey(folder);
        Assert.False(first.IsThere);

        var (publicKey, signature) = (first.PublicKey, first.Sign(Content));
        var again = new SigningKey(folder);

        Assert.True(again.IsThere);
        Assert.Equal(publicKey, again.PublicKey);
        Assert.True(SigningKey.IsSigned(Content, again.PublicKey, signature));
        Assert.False(SigningKey.IsSigned(Content, new SigningKey(_folder.Combine("other")).PublicKey, signature));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, SigningKey.FileName)));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Combine("home")));
        }
    }

    [Fact]
    public void A_signature_has_one_text_that_is_taken_and_each_other_is_refused()
    {
        var key = new SigningKey(_folder.Path);
        var points = BigInteger.Parse("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        for (var number = 0; number < 50; number++)
        {
            var content = Encoding.UTF8.GetBytes($"content {number}");
            var signature = key.Sign(content);
            Assert.True(SigningKey.IsSigned(content, key.PublicKey, signature));

            // The other s of the same signature, which the arithmetic of the curve would take.
            var s = BigInteger.Parse("0" + signature[64..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var other = signature[..64] + Convert.ToHexStringLower((points - s).ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0');
            Assert.False(SigningKey.IsSigned(content, key.PublicKey, other));
            Assert.False(SigningKey.IsSigned(content, key.PublicKey, signature.ToUpperInvariant()));
            Assert.False(SigningKey.IsSigned(content, key.PublicKey, signature + "\n"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("none")]
    public void What_is_no_key_or_no_point_of_the_curve_signs_nothing(string publicKey)
    {
        var signature = new SigningKey(_folder.Path).Sign(Content);

        Assert.False(SigningKey.IsSigned(Content, publicKey, signature));
        Assert.False(SigningKey.IsSigned(Content, "04" + new string('1', 128), signature));
    }

    [Fact]
    public void A_damaged_key_file_is_said_and_never_replaced()
    {
        File.WriteAllBytes(_folder.Combine(SigningKey.FileName), [1, 2, 3]);

        var fault = Assert.Throws<InvalidOperationException>(() => new SigningKey(_folder.Path).Sign(Content));

        Assert.Contains("Restore it from the backup", fault.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.Combine(SigningKey.FileName)));
    }
}

using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Campaign.Modules.Platform;

/// <summary>
/// This installation's pair of keys for what leaves it signed: ECDSA on P-256 with SHA-256. Made on first use in <see cref="FileName"/> of
/// a keys folder, for its owner alone. What is signed is an installation's own only if it carries that installation's public key.
/// </summary>
/// <param name="folder">The keys folder, made on first use.</param>
public sealed partial class SigningKey(string folder)
{
    /// <summary>The private key, PKCS #8.</summary>
    public const string FileName = "receipt.key";

    public const string Algorithm = "ECDSA P-256 SHA-256";

    private const int CoordinateBytes = 32;

    /// <summary>The number of points of P-256. Of s and n - s, which sign the same, only the lower is written and taken: one signature, one text.</summary>
    private static readonly BigInteger PointCount = BigInteger.Parse("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // A failure (a full disk) is not kept: the next signature tries again.
    private readonly Lazy<byte[]> _private = new(() => SecretFile.ReadOrCreate(Path.Combine(folder, FileName), NewKey), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Whether the pair is made.</summary>
    public bool IsThere => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The point as 04, x, y: 130 lower-case hex digits. Makes the pair where it is not there.</summary>
    public string PublicKey
    {
        get
        {
            using var key = Open();
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
        }
    }

    /// <returns>r and s, 128 lower-case hex digits.</returns>
    public string Sign(ReadOnlySpan<byte> content)
    {
        using var key = Open();
        var signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var s = Number(signature.AsSpan(CoordinateBytes));
        if (s > PointCount / 2)
        {
            (PointCount - s).TryWriteBytes(signature.AsSpan(CoordinateBytes), out var written, isUnsigned: true, isBigEndian: true);
            signature.AsSpan(CoordinateBytes, written).CopyTo(signature.AsSpan((2 * CoordinateBytes) - written));
            signature.AsSpan(CoordinateBytes, CoordinateBytes - written).Clear();
        }

        return Convert.ToHexStringLower(signature);
    }

    /// <summary>Whether the owner of a public key signed exactly this content. What has not the form of a key or a signature is no signature.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> content, string publicKey, string signature)
    {
        if (!PublicKeyForm().IsMatch(publicKey) || !SignatureForm().IsMatch(signature) || Number(Convert.FromHexString(signature.AsSpan(2 * CoordinateBytes))) > PointCount / 2)
        {
            return false;
        }

        var point = Convert.FromHexString(publicKey.AsSpan(2));
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[..CoordinateBytes], Y = point[CoordinateBytes..] },
            });
            return key.VerifyData(content, Convert.FromHexString(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // Not a point of the curve.
            return false;
        }
    }

    /// <summary>The first digits of a public key's SHA-256, to tell keys apart by.</summary>
    public static string ShortName(string publicKey) => InWords.ShortHash(Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(publicKey))));

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    private ECDsa Open()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(_private.Value, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException($"The key file {FileName} holds no key. Restore it from the backup of the data folder.");
        }
    }

    [GeneratedRegex("^04[0-9a-f]{128}\\z")]
    private static partial Regex PublicKeyForm();

    [GeneratedRegex("^[0-9a-f]{128}\\z")]
    private static partial Regex SignatureForm();
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Campaign.XGBoost;

/// <summary>Finds the native library when it is first called.</summary>
internal static partial class NativeLoader
{
    internal const string PathVariable = "XGBOOST_LIB";

    private static readonly string[] FileNames = ["libxgboost.so.0", "libxgboost.so", "libxgboost.dylib", "xgboost.dll"];

#pragma warning disable CA2255 // OpenMP reads its settings once, when the native library is loaded: nothing of this assembly may run before.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Waiting OpenMP threads must sleep: by default they spin, and beside other work training becomes several times slower.
            // Environment.SetEnvironmentVariable does not reach native code; 0 keeps what the operator has set.
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", 0);
        }

        NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
    }

    /// <exception cref="XGBoostException">No candidate could be loaded.</exception>
    internal static nint Load(IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var library))
            {
                return library;
            }
        }

        throw new XGBoostException(
            "load",
            "The XGBoost library is not installed. On Debian or Ubuntu install the package libxgboost0; elsewhere put XGBoost's shared "
            + $"library beside the program or name its file in the environment variable {PathVariable}.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == NativeMethods.Library ? Load(Candidates()) : 0;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            yield return named;
        }

        var application = AppContext.BaseDirectory;
        var runtime = Path.Combine(application, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        foreach (var fileName in FileNames)
        {
            yield return Path.Combine(application, fileName);
            yield return Path.Combine(runtime, fileName);
        }

        foreach (var fileName in FileNames)
        {
            yield return fileName;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

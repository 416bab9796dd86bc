namespace Campaign.XGBoost;

/// <summary>The JSON by which XGBoost is told where an array of 32-bit floats lies. The memory must stay where it is during the call.</summary>
internal static unsafe class ArrayInterface
{
    internal static string Of(float* values, int rowCount, int columnCount) =>
        $"{{\"data\":[{(ulong)values},true],\"shape\":[{rowCount},{columnCount}],\"typestr\":\"<f4\",\"version\":3}}";

    internal static string Of(float* values, int length) =>
        $"{{\"data\":[{(ulong)values},true],\"shape\":[{length}],\"typestr\":\"<f4\",\"version\":3}}";
}

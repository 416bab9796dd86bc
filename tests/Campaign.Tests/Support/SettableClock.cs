namespace Campaign.Tests.Support;

/// <summary>A clock that stands still until it is told otherwise. Timers run on real time.</summary>
public sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public SettableClock()
        : this(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}

"""The seeded draw of the control group and the order of ties, written from the published mixing functions: FNV-1a over the id's UTF-8 bytes, mixed
with the seed by the finaliser of SplitMix64. Prints what TargetListBuilderTests expects."""
MASK = (1 << 64) - 1


def mix(value):
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def place(seed, draw, text):
    start = mix((seed * 8 + draw) & MASK)
    hashed = 14695981039346656037
    for byte in text.encode("utf-8"):
        hashed = ((hashed ^ byte) * 1099511628211) & MASK
    return mix(hashed ^ start)


def band(position, count):
    tenths = 10 * position
    return "A" if tenths < count else "B" if tenths < 3 * count else "C" if tenths < 6 * count else "D"


TIES, CONTROL, WAVES, CELLS, REMAINDERS = 1, 2, 3, 4, 5
seed, control_count = 1, 3
ids = [f"kunde-{number}-ä" for number in range(12)]
order = sorted(range(12), key=lambda row: place(seed, TIES, ids[row]))
strata = {}
for position, row in enumerate(order):
    strata.setdefault(band(position, len(order)), []).append(row)
exact = {name: control_count * len(rows) / len(order) for name, rows in strata.items()}
missing = control_count - sum(int(share) for share in exact.values())
up = sorted(strata, key=lambda name: (-(exact[name] - int(exact[name])), place(seed, REMAINDERS, f"{name} -1")))[:missing]
control = set()
for name, rows in strata.items():
    control |= set(sorted(rows, key=lambda row: place(seed, CONTROL, ids[row]))[: int(exact[name]) + (name in up)])
print("control", " ".join(str(row + 1) for row in order if row in control))
print("listed", " ".join(str(row + 1) for row in order if row not in control))

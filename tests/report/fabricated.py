"""Made-up reports: a shop of 5,000 requests, a permit office, three requests, and one full of nasty strings."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import erf, exp, log

from otklik.schemas.log import Guess, ImportCount
from otklik.schemas.results import (
    Barriers,
    ChangePoint,
    Count,
    Curve,
    Explanation,
    Interval,
    LittlesLaw,
    LogSummary,
    MeasureResult,
    PathEdge,
    PathNode,
    PathVariant,
    RecordQuality,
    Report,
    Settings,
    ShareWithin,
    Sign,
    Slice,
    SliceRow,
    Speed,
    TargetResult,
    TimePart,
    Trend,
    Waiting,
    WaitingRequest,
    Week,
    WeekGrid,
    When,
    WhereTimeGoes,
)
from otklik.schemas.targets import Target

MIN, H, D = 60.0, 3600.0, 86_400.0
END = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</text></svg><script>alert(1)</script>",
    "{{ 7*7 }}",
    "%(n)s %s %d 100%",
    "url(#clip0)\"' onload='x",
    "javascript:alert(1)",
    "]]><!--",
    "\u202eevil\u0007\x1b[31m",
    "A" * 300,
    "'; return window.alert(1); //",
    "&lt;b&gt; &amp;",
)


def speed(n: int, median: float, spread: float, ceiling: float = 0.97, running: int = 0, never: int = 0) -> Speed:
    """A log-normal-like speed that levels off at `ceiling`."""

    def share(at: float) -> float:
        return ceiling * 0.5 * (1 + erf(log(at / median) / (spread * 2**0.5)))

    grid = [exp(log(median) + spread * (-3.2 + 6.4 * i / 180)) for i in range(181)]
    wide = 1.4 / n**0.5
    points = [(at, share(at), max(0.0, share(at) - wide), min(1.0, share(at) + wide)) for at in grid]

    def at_share(p: float) -> float | None:
        return next((at for at, s, _, _ in points if s >= p), None)

    quantiles: dict[str, float | None] = {}
    for name, p in (("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95)):
        quantiles[f"{name}_s"] = at_share(p)
        quantiles[f"{name}_low_s"] = at_share(p - wide)
        quantiles[f"{name}_high_s"] = at_share(p + wide)
    within = [
        ShareWithin(within_s=t, share=share(t), low=max(0.0, share(t) - wide), high=min(1.0, share(t) + wide))
        for t in (15 * MIN, H, 4 * H, D, 3 * D, 7 * D)
    ]
    curve = Curve(
        at_s=[p[0] for p in points],
        share=[p[1] for p in points],
        low=[p[2] for p in points],
        high=[p[3] for p in points],
    )
    done = n - running - never
    return Speed(n=n, done=done, running=running, never=never, within=within, curve=curve, **quantiles)


def measure(
    code: str, n: int, median: float, spread: float, business: float | None = 0.4, **more: int
) -> MeasureResult:
    running, never = more.get("running", 0), more.get("never", 0)
    felt = speed(n, median, spread, running=running, never=never)
    worked = None if business is None else speed(n, median * business, spread, running=running, never=never)
    states = {"done": felt.done, "running": running, "never": never, "not_applicable": 120, "not_available": 0}
    return MeasureResult(measure=code, states=states, elapsed=felt, business=worked)


def count(code: str, by_value: dict[int, int], median: float, p90: float) -> MeasureResult:
    n = sum(by_value.values())
    total = sum(value * k for value, k in by_value.items())
    states = {"done": n, "running": 0, "never": 0, "not_applicable": 0, "not_available": 0}
    return MeasureResult(
        measure=code, states=states, count=Count(n=n, total=total, median=median, p90=p90, by_value=by_value)
    )


def edge(start: str, end: str, n: int, median_s: float, p90_s: float, total_s: float) -> PathEdge:
    return PathEdge(start=start, end=end, n=n, median_s=median_s, p90_s=p90_s, total_s=total_s, lost_s=total_s)


def variant(
    steps: list[str], n: int, share: float, median_s: float, stall: str | None, stall_s: float | None
) -> PathVariant:
    place = None if stall is None else steps.index(stall)
    return PathVariant(
        steps=steps, n=n, share=share, median_s=median_s, stall_after=stall, stall_at=place, stall_median_s=stall_s
    )


def week_shape(of: Callable[[int, int], float]) -> list[list[float]]:
    return [[of(day, hour) for hour in range(24)] for day in range(7)]


def _busy(day: int, hour: int) -> float:
    lunch = 0.75 if hour == 13 else 1.0
    daily = exp(-((hour - 11) ** 2) / 18) + 0.55 * exp(-((hour - 18) ** 2) / 10)
    return (1.2 - 0.07 * day if day < 5 else 0.35) * daily * lunch * 70


def _slow(day: int, hour: int) -> float | None:
    if hour < 6 and day > 4:
        return None
    night = 9 * H if hour < 8 else 14 * H if hour > 18 else 1.4 * H + hour * 300
    return night + (30 * H if day == 4 and hour > 16 else 0) + (40 * H if day == 5 else 20 * H if day == 6 else 0)


def _when(zone: str) -> When:
    n = [[int(value) for value in row] for row in week_shape(_busy)]
    median = [[_slow(day, hour) for hour in range(24)] for day in range(7)]
    lying = [[120.5 + value / 2 for value in row] for row in week_shape(_busy)]
    return When(
        arrivals=WeekGrid(zone=zone, n=n), waits=WeekGrid(zone=zone, n=n, median_s=median), measure="first_reply",
        open=WeekGrid(zone=zone, n=[[46] * 24 for _ in range(7)], mean=lying),
    )  # fmt: skip


def _slice(by: str, rows: list[tuple[str, int, float, float]], left_out: int = 0, clock: str = "elapsed") -> Slice:
    made = []
    for value, n, median, difference in rows:
        enough = n >= 30
        sure = abs(difference) > 20 * MIN and enough
        verdict = (
            "too_few" if not enough else "slower" if sure and difference > 0 else "faster" if sure else "no_difference"
        )
        made.append(
            SliceRow(
                value=value,
                n=n,
                running=n // 40,
                enough=enough,
                median_s=median,
                median_low_s=median * 0.85,
                median_high_s=median * 1.2,
                p90_s=median * 6,
                difference_s=difference,
                difference_low_s=difference - 0.3 * H,
                difference_high_s=difference + 0.4 * H,
                verdict=verdict,
            )
        )
    return Slice(by=by, measure="first_reply", clock=clock, rows=made, left_out=left_out)


def _trend(weeks: int = 46, verdict: str = "faster") -> Trend:
    made = []
    start = END.replace(hour=21, minute=0) - timedelta(days=7 * weeks + 1)
    for i in range(weeks):
        level = (5.2 if i < weeks * 0.6 else 2.6) * H * (1 + 0.14 * ((i * 7919) % 11 - 5) / 5)
        young = i >= weeks - 3
        made.append(
            Week(
                start=start + timedelta(days=7 * i),
                n=90 + (i * 37) % 40,
                running=60 if young else i // 8,
                median_s=level * (0.8 if young else 1),
                median_low_s=level * 0.78,
                median_high_s=level * 1.3,
                p90_s=level * 9,
                share=min(0.9, 2.4 * H / level),
                share_low=min(0.85, 2.0 * H / level),
                share_high=min(0.95, 2.8 * H / level),
                young=young,
            )
        )
    changes = (
        [
            ChangePoint(
                at=made[int(weeks * 0.6)].start,
                before_s=5.2 * H,
                after_s=2.6 * H,
                ratio=0.5,
                ratio_low=0.44,
                ratio_high=0.57,
            )
        ]
        if verdict == "faster"
        else []
    )
    return Trend(
        measure="first_reply", clock="elapsed", share_within_s=4 * H, weeks=made, changes=changes, verdict=verdict
    )


def _waiting(requests: int = 143) -> Waiting:
    rows = [
        WaitingRequest(
            source="shop",
            request=f"SHOP-{4100 + i * 37}",
            channel=("email", "chat", "form")[i % 3],
            subject=(
                "Where is my order? It should have come on Friday",
                "Возврат денег за отменённый заказ №5512",
                "Invoice is missing the VAT number",
                None,
            )[i % 4],
            team=("Billing", None, "Delivery")[i % 3],
            assignee=(None, "Anna Petrova")[i % 2],
            since=END - timedelta(seconds=12.4 * D / (1 + i * 0.4)),
            waited_s=12.4 * D / (1 + i * 0.4),
            waited_business_s=12.4 * D / (1 + i * 0.4) * 0.28,
            usual_share=0.995 - 0.01 * i,
        )
        for i in range(12)
    ]
    ages: list[tuple[float, float | None, int]] = [
        (0, H, 21),
        (H, 4 * H, 33),
        (4 * H, D, 47),
        (D, 3 * D, 24),
        (3 * D, 7 * D, 13),
        (7 * D, None, 5),
    ]
    return Waiting(as_of=END, basis="reply", n=requests, longest=rows, ages=ages)


def explained(
    request: str, subject: str | None, pieces: list[tuple[float, bool, str, str, str]], code: str
) -> Explanation:
    at = END - timedelta(seconds=sum(piece[0] for piece in pieces))
    intervals = []
    for seconds, counted, why, first, last in pieces:
        end = at + timedelta(seconds=seconds)
        intervals.append(
            Interval(
                start=at,
                end=end,
                seconds=seconds,
                business_s=seconds * 0.3,
                counted=counted,
                why=why,
                start_event=first,
                end_event=last,
            )
        )
        at = end
    value = sum(piece[0] for piece in pieces if piece[1])
    return Explanation(
        source="shop",
        request=request,
        subject=subject,
        measure=code,
        value_s=value,
        business_s=value * 0.3,
        state="running" if pieces[-1][2] == "still_waiting" else "done",
        calendar="office",
        intervals=intervals,
    )


def _longest() -> list[Explanation]:
    return [
        explained(
            "SHOP-4100",
            "Where is my order? It should have come on Friday",
            [
                (2.1 * D, True, "our_move", "created", "message"),
                (3 * H, False, "customers_move", "message", "message"),
                (4.5 * D, True, "our_move", "message", "message"),
                (2 * D, False, "third_partys_move", "message", "status"),
                (5.8 * D, True, "still_waiting", "status", "horizon"),
            ],
            "waiting_on_us",
        ),
        explained(
            "SHOP-3871",
            "Возврат денег за отменённый заказ №5512",
            [
                (9.2 * D, True, "answered", "created", "message"),
                (0.4 * D, False, "nobody_asked", "message", "message"),
            ],
            "longest_wait",
        ),
        explained(
            "SHOP-2210",
            None,
            [
                (20 * MIN, False, "shorter_wait", "created", "message"),
                (1.2 * D, False, "nobody_asked", "message", "message"),
                (8.4 * D, True, "ended_by_resolution", "message", "status"),
                (30 * D, False, "after_resolution", "status", "status"),
            ],
            "longest_wait",
        ),
    ]


def _barriers(counts: dict[str, Count]) -> Barriers:
    nodes = {
        "created": 5000,
        "assigned": 4630,
        "reply": 4810,
        "waiting_customer": 2890,
        "customer_message": 2610,
        "team_handoff": 890,
        "waiting_third_party": 420,
        "resolved": 4760,
        "reopened": 390,
        "closed": 4700,
    }
    edges = [
        ("created", "assigned", 4400, 1.6 * H),
        ("assigned", "reply", 4100, 0.8 * H),
        ("created", "reply", 520, 9 * MIN),
        ("reply", "waiting_customer", 2800, 60),
        ("waiting_customer", "customer_message", 2500, 7 * H),
        ("customer_message", "reply", 1900, 5.4 * H),
        ("reply", "resolved", 3700, 3 * H),
        ("assigned", "team_handoff", 610, 20 * H),
        ("team_handoff", "assigned", 590, 22 * H),
        ("reply", "waiting_third_party", 420, 10 * MIN),
        ("waiting_third_party", "reply", 330, 3.2 * D),
        ("resolved", "reopened", 390, 1.4 * D),
        ("reopened", "assigned", 300, 4 * H),
        ("resolved", "closed", 4300, 3 * D),
        ("customer_message", "team_handoff", 240, 3 * H),
        ("customer_message", "customer_message", 380, 14 * H),
    ]
    variants = [
        (["created", "assigned", "reply", "resolved", "closed"], 1720, 3.4 * H, "created", 1.6 * H),
        (
            ["created", "assigned", "reply", "waiting_customer", "customer_message", "reply", "resolved", "closed"],
            980,
            1.3 * D,
            "customer_message",
            5.4 * H,
        ),
        (["created", "reply", "resolved", "closed"], 470, 40 * MIN, None, None),
        (
            ["created", "assigned", "team_handoff", "assigned", "reply", "resolved", "closed"],
            310,
            2.6 * D,
            "team_handoff",
            22 * H,
        ),
        (
            [
                "created",
                "assigned",
                "reply",
                "customer_message",
                "customer_message",
                "customer_message",
                "reply",
                "resolved",
                "reopened",
                "assigned",
                "reply",
                "resolved",
                "closed",
            ],
            120,
            6.1 * D,
            "customer_message",
            2.1 * D,
        ),
    ]
    return Barriers(
        counts=counts,
        nodes=[PathNode(step=step, n=n) for step, n in nodes.items()],
        edges=[edge(a, b, n, s, s * 5, n * s * 1.8) for a, b, n, s in edges],
        variants=[variant(steps, n, n / 5000, s, stall, stalled) for steps, n, s, stall, stalled in variants],
        variants_in_all=412,
    )


def _quality(states: dict[str, dict[str, int]]) -> RecordQuality:
    return RecordQuality(
        count=ImportCount(read=5168, kept=5000, quarantined=129, duplicate=39),
        quarantine={"ends-before-start": 97, "bad-date": 30, "something-new": 2},
        states=states,
        littles_law=LittlesLaw(open_mean=61.2, arrivals_per_day=15.6, life_mean_s=3.8 * D, gap=0.031, suspicious=False),
        signs=[
            Sign(code="paused_though_asked", n=61, of=2890, examples=["SHOP-4100", "SHOP-3871", "SHOP-77"]),
            Sign(code="burst_at_month_end", n=3, of=11, examples=["SHOP-12", "SHOP-90"]),
        ],
        guesses=[
            Guess(what="Delimiter", value=";", reason="found in every line"),
            Guess(
                what="Date order",
                value="day first",
                reason="a day above 12 in %(column)s",
                facts={"column": "created_at"},
            ),
        ],
        missing=["acknowledgement"],
    )


def _log(
    requests: int, *, is_process: bool = False, files: tuple[str, ...] = ("tickets-2025.csv",), running: int = 143
) -> LogSummary:
    return LogSummary(
        requests=requests,
        events=requests * 8,
        first_event_at=END - timedelta(days=322),
        last_event_at=END,
        running=running,
        duplicates=39,
        quarantined=129,
        read=5168,
        kept=5000,
        horizon=END,
        sources=["shop"],
        files=list(files),
        is_process=is_process,
        simulated=False,
    )


def _settings(calendar: str | None = "ru") -> Settings:
    return Settings(
        time_zone="Europe/Moscow",
        calendar=calendar,
        calendar_summary=[]
        if calendar is None
        else ["Mon–Fri 9:00–18:00, lunch 13:00–14:00, Europe/Moscow, 14 holidays"],
        as_of=None,
        by=["channel", "team"],
        language="en",
        version="0.1.0",
    )


def shop() -> Report:
    """A plausible shop: 5,000 requests, a calendar, targets, a change for the better."""
    counts = {
        "customer_messages": count("customer_messages", {1: 2600, 2: 1300, 3: 620, 4: 260, 6: 160, 11: 60}, 1, 4),
        "replies": count("replies", {0: 190, 1: 2700, 2: 1200, 3: 600, 5: 270, 12: 40}, 1, 3),
        "handoffs": count("handoffs", {0: 3700, 1: 900, 2: 300, 4: 100}, 0, 1),
        "team_handoffs": count("team_handoffs", {0: 4110, 1: 700, 2: 150, 3: 40}, 0, 1),
        "reopens": count("reopens", {0: 4610, 1: 330, 2: 60}, 0, 0),
        "one_touch": count("one_touch", {0: 2900, 1: 2100}, 0, 1),
    }
    timed = [
        measure("first_reply", 4880, 2.26 * H, 1.75, running=143, never=57),
        measure("acknowledgement", 4880, 3 * MIN, 1.1, running=20),
        measure("waits", 9310, 2.9 * H, 1.8, running=168, never=90),
        measure("longest_wait", 4880, 4.4 * H, 1.7, running=143, never=57),
        measure("resolution", 4960, 1.31 * D, 1.6, running=310),
        measure("first_resolution", 4960, 1.12 * D, 1.6, running=240),
        measure("unassigned", 4960, 1.6 * H, 1.3, running=31),
    ]
    measures = {result.measure: result for result in [*timed, *counts.values()]}
    targets = [
        TargetResult(
            target=Target(measure="first_reply", within_s=4 * H, share=0.9),
            n=4880,
            share=0.62,
            low=0.605,
            high=0.634,
            met=False,
        ),
        TargetResult(
            target=Target(
                measure="first_reply", within_s=8 * H, share=0.8, clock="business", only={"channel": "email"}
            ),
            n=2100,
            share=0.88,
            low=0.865,
            high=0.894,
            met=True,
        ),
        TargetResult(
            target=Target(measure="resolution", within_s=3 * D, share=0.75),
            n=12,
            share=0.7,
            low=0.4,
            high=0.89,
            met=None,
        ),
    ]
    slices = [
        _slice(
            "channel",
            [
                ("email", 2100, 5.1 * H, 3.4 * H),
                ("form", 900, 3.0 * H, 1.1 * H),
                ("messenger", 800, 1.9 * H, -0.2 * H),
                ("chat", 1180, 9 * MIN, -3.1 * H),
                ("review", 12, 2 * D, 0),
            ],
        ),
        _slice(
            "team",
            [
                ("Billing and refunds, second line", 700, 9 * H, 7 * H),
                ("Delivery", 2300, 2.4 * H, 0.1 * H),
                ("Front desk", 1800, 1.3 * H, -1.6 * H),
            ],
            left_out=4,
        ),
        _slice("priority", [("urgent", 300, 1.8 * H, -0.1 * H), ("normal", 4400, 2.2 * H, 0.1 * H)]),
    ]
    where = WhereTimeGoes(
        n=4960,
        life_s=4960 * 2.4 * D,
        turns=[
            TimePart(part="waiting_on_us", total_s=0.61 * 4960 * 2.4 * D, share=0.61),
            TimePart(part="waiting_on_customer", total_s=0.31 * 4960 * 2.4 * D, share=0.31),
            TimePart(part="waiting_on_third_party", total_s=0.08 * 4960 * 2.4 * D, share=0.08),
        ],
        out_of_hours_share=0.64,
        unassigned_share=0.27,
        ping_pong_requests=214,
        ping_pong_share_of_time=0.12,
        reopened_requests=390,
        reopened_share=0.08,
        reopened_share_of_time=0.17,
    )
    return Report(
        log=_log(5000),
        settings=_settings(),
        headline="first_reply",
        measures=measures,
        targets=targets,
        waiting=_waiting(),
        where=where,
        when=_when("Europe/Moscow"),
        slices=slices,
        trend=_trend(),
        barriers=_barriers({code: result.count for code, result in counts.items() if result.count}),
        longest=_longest(),
        quality=_quality({code: result.states for code, result in measures.items()}),
    )


def office() -> Report:
    """A permit office: a log of steps without customer messages and without a calendar."""
    steps = [
        "Confirmation of receipt",
        "T02 Check confirmation of receipt",
        "T04 Determine confirmation of receipt",
        "T05 Print and send confirmation of receipt",
        "T06 Determine necessity of stop advice",
        "T10 Determine necessity to stop indication",
    ]
    edges = [
        edge(a, b, 1200 - i * 90, (i + 1) * 3 * H, (i + 1) * D, (i + 1) * 4e6)
        for i, (a, b) in enumerate(pairwise(steps))
    ]
    edges.append(edge(steps[4], steps[1], 80, 4 * D, 20 * D, 9e7))
    barriers = Barriers(
        counts={
            "steps": count("steps", {1: 110, 4: 200, 6: 900, 8: 150, 12: 74}, 6, 8).count or Count.model_construct()
        },
        nodes=[PathNode(step=step, n=1400 - 70 * i) for i, step in enumerate(steps)],
        edges=edges,
        variants=[variant(steps, 713, 0.497, 1.9 * D, steps[4], 15 * H)],
        variants_in_all=116,
    )
    measures = {
        "resolution": measure("resolution", 1434, 1.02 * D, 2.1, None, running=105),
        "unassigned": measure("unassigned", 1434, 3 * MIN, 2.0, None),
    }
    when = When(arrivals=_when("Europe/Amsterdam").arrivals, waits=None, measure=None)
    waiting = _waiting(105).model_copy(update={"basis": "resolution"})
    longest = [
        explained(
            "case-10011",
            None,
            [(210 * D, True, "being_served", "step", "step"), (66 * D, True, "our_move", "step", "step")],
            "resolution",
        )
    ]
    quality = _quality({code: result.states for code, result in measures.items()})
    return Report(
        log=_log(1434, is_process=True, files=("receipt_permits.xes.gz",), running=105),
        settings=_settings(None),
        headline="resolution",
        measures=measures,
        targets=[],
        waiting=waiting,
        where=None,
        when=when,
        slices=[
            _slice(
                "channel", [("Internet", 900, 1.1 * D, 0), ("Desk", 320, 0.7 * D, -9 * H), ("Post", 90, 3.2 * D, 2 * D)]
            )
        ],
        trend=_trend(14, "steady"),
        barriers=barriers,
        longest=longest,
        quality=quality,
    )


def tiny() -> Report:
    """Three requests: next to nothing can be said."""
    few = Speed.model_validate(
        {
            **{f"{name}{end}_s": None for name in ("median", "p75", "p90", "p95") for end in ("", "_low", "_high")},
            "n": 3,
            "done": 2,
            "running": 1,
            "never": 0,
            "within": [],
            "curve": {"at_s": [], "share": [], "low": [], "high": []},
        }
    )
    result = MeasureResult(measure="first_reply", states={"done": 2, "running": 1}, elapsed=few)
    waiting = Waiting(as_of=END, basis="reply", n=1, longest=_waiting().longest[:1], ages=[(0, H, 0), (H, D, 1)])
    quality = RecordQuality(
        count=ImportCount(read=3, kept=3),
        quarantine={},
        states={"first_reply": result.states},
        littles_law=None,
        signs=[],
        guesses=[],
        missing=["resolution", "waits"],
    )
    return Report(
        log=_log(3, running=1),
        settings=_settings(None),
        headline="first_reply",
        measures={"first_reply": result},
        targets=[],
        waiting=waiting,
        where=None,
        when=None,
        slices=[],
        trend=None,
        barriers=None,
        longest=[],
        quality=quality,
    )


def nasty() -> Report:
    """The shop, with every text that comes from a log replaced by an attack."""
    report = shop()
    texts = iter(NASTY * 100)

    def swapped(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {k: swapped(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [swapped(v, key) for v in value]
        free = {
            "request",
            "subject",
            "team",
            "assignee",
            "channel",
            "value",
            "step",
            "steps",
            "start_event",
            "end_event",
            "stall_after",
            "files",
            "sources",
            "examples",
            "why",
            "calendar",
            "calendar_summary",
            "what",
        }
        return next(texts) if isinstance(value, str) and key in free else value

    dumped = report.model_dump(mode="python")
    hurt = swapped(dumped)
    assert isinstance(hurt, dict)
    for edge in hurt["barriers"]["edges"]:
        edge["start"], edge["end"] = NASTY[0], NASTY[1]
    return Report.model_validate(hurt)


def every() -> dict[str, Report]:
    """All of them by name."""
    return {"shop": shop(), "office": office(), "tiny": tiny(), "nasty": nasty()}

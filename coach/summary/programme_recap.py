"""The recap for the Puskesmas: what it came to, of how many, and what that does not prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from coach.measure import counts
from coach.measure.paired import FEWEST, Change, Figure, smallest_p
from coach.messages import Catalogue
from coach.programme.recap import Recap, TestResults
from coach.summary.programme_papers import Look
from coach.summary.sheet_data import Data
from coach.summary.typeset import pdf

_TINY = 0.0001  # below it four digits would say "0"


def programme_recap_pdf(
    found: Recap, catalogue: Catalogue, *, place: str = "", period: str = "", today: str = ""
) -> bytes:
    text = catalogue.text
    fields = [[text("pp_place"), place], [text("recap_period"), period], [text("paper_field_date"), today]]
    fields.append([text("pp_kader_all"), f"{found.kader}"])
    return pdf(
        "programme_recap",
        Look(catalogue).data(
            text("rc_heading"),
            ("trainer", "head"),
            subtitle=text("rc_subtitle"),
            fields=fields,
            parts=parts(found, catalogue),
            numbered=True,
        ),
    )


def parts(found: Recap, catalogue: Catalogue) -> list[Data]:
    """The recap's tables and sentences in order; the page shows the same."""
    made = [_people(found, catalogue)]
    for results in found.tests:
        made += [_test(results, catalogue), _statements(results, catalogue)]
    made += [_skill(found, catalogue), _visits(found, catalogue), _flow(found, catalogue)]
    made += [_referrals(found, catalogue), _chain(found, catalogue)]
    found_of = [part for part in made if part["rows"] or part["lines"]]
    # What there is nothing of yet is said too: a recap without it reads as if nobody had asked.
    nothing = [[part["title"], _of(0, 0, catalogue)] for part in made if not part["rows"] and not part["lines"]]
    return [*found_of, *([_part(catalogue.text("rc_nothing_yet"), nothing)] if nothing else [])]


def _part(title: str, rows: Sequence[Sequence[str]], lines: Sequence[str] = (), heads: Sequence[str] = ()) -> Data:
    width = max((len(row) for row in rows), default=2)
    return {
        "title": title,
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "lines": list(lines),
        "widths": [1, *[0] * (width - 1)],
    }


def _people(found: Recap, catalogue: Catalogue) -> Data:
    text = catalogue.text
    rows = [
        [text("rc_attended"), _of(found.attended, found.invited, catalogue)],
        [text("rc_examined"), _of(found.exam_passed, found.examined, catalogue)],
    ]
    certified = sum(found.certified.get(s, 0) for s in ("valid", "provisional", "expiring"))
    rows.append([text("rc_certified"), _of(certified, found.kader, catalogue)])
    known = [s for s in ("provisional", "expiring", "expired", "revoked") if s in found.certified]
    every = sum(found.certified.values())
    rows += [[text(f"rc_{standing}"), _of(found.certified[standing], every, catalogue)] for standing in known]
    return _part(text("rc_people"), rows)


def _of(k: int, n: int, catalogue: Catalogue) -> str:
    return catalogue.text("rc_of", k=k, n=n)


def figure(found: Figure, catalogue: Catalogue, key: str = "rc_interval") -> str:
    """A value with its interval, as far as there is one."""
    text = catalogue.text
    if not isfinite(found.value):
        return "–"
    if not isfinite(found.low):
        return text("rc_value", value=found.value)
    return text(key, value=found.value, low=found.low, high=found.high)


def _test(results: TestResults, catalogue: Catalogue) -> Data:
    text = catalogue.text
    n = len(results.scores)
    first = sum(score for _, score, _ in results.scores) / n
    last = sum(score for _, _, score in results.scores) / n
    tested = n + results.only_first + results.only_last + results.differ
    rows = [
        [text("rc_test_pairs"), _of(n, tested, catalogue)],
        [text("rc_test_mean"), text("rc_from_to", first=first, last=last)],
        [text("rc_test_passed", mark=results.sheet.pass_mark), f"{results.passed_first} → {results.passed_last} / {n}"],
    ]
    lines = change_lines(results.change, n, catalogue)
    if results.change is not None:
        rows += change_rows(results.change, catalogue)
    for key, count in (
        ("only_first", results.only_first),
        ("only_last", results.only_last),
        ("differ", results.differ),
    ):
        if count:
            lines.append(text(f"rc_{key}", count=count))
    if results.reliability is not None:
        lines.append(text("rc_reliability", value=results.reliability))
    if results.retained:
        kept = sum(later for _, _, later in results.retained) / len(results.retained)
        lines.append(text("rc_retained", count=len(results.retained), later=kept))
    total = len(results.sheet.statements)
    needed = next((k for k in range(total + 1) if 100 * k / total >= results.sheet.pass_mark), total)
    lines.append(text("rc_guess", right=needed, total=total, percent=100 * counts.by_chance(needed, total)))
    return _part(text("rc_test", version=results.sheet.version), rows, lines)


def _p(p: float, catalogue: Catalogue) -> str:
    if not isfinite(p):
        return "–"
    return catalogue.text("rc_p_tiny") if p < _TINY else catalogue.text("rc_p", p=p)


def change_rows(found: Change, catalogue: Catalogue) -> list[list[str]]:
    text = catalogue.text
    median = Figure(found.median.value, found.median.low, found.median.high)
    return [
        [text("rc_change"), figure(found.mean, catalogue)],
        [text("rc_median"), figure(median, catalogue)],
        [text("rc_wilcoxon"), _p(found.ranks.p, catalogue)],
        [text("rc_t"), _p(found.t_p, catalogue)],
        [text("rc_g"), figure(found.g, catalogue, "rc_interval_fine")],
        [text("rc_biserial"), text("rc_fine", value=found.ranks.biserial) if isfinite(found.ranks.biserial) else "–"],
        [text("rc_gain"), text("rc_fine", value=found.n_gain) if isfinite(found.n_gain) else "–"],
        [text("rc_moved"), text("rc_moved_counts", risen=found.risen, same=found.same, fallen=found.fallen)],
    ]


def change_lines(found: Change | None, n: int, catalogue: Catalogue) -> list[str]:
    """What so few pairs allow to be said, in words."""
    text = catalogue.text
    if found is None:
        return [text("rc_few", count=n, least=FEWEST)]
    return [text("rc_allows", count=n, p=smallest_p(n)), text("rc_no_group")]


def _statements(results: TestResults, catalogue: Catalogue) -> Data:
    text, lang = catalogue.text, catalogue.lang
    rows = []
    lines = []
    for one in results.statements:
        rise = counts.change(one.both, one.gained, one.lost, one.neither)
        before, after = one.both + one.lost, one.both + one.gained
        p = counts.mcnemar(one.gained, one.lost)
        row = [getattr(one.statement.text, lang), f"{before} → {after} / {one.number}", figure(rise, catalogue)]
        rows.append([*row, text("rc_p_short", p=p), f"{one.lost}"])
    if results.statements and results.statements[0].open:
        worst = results.statements[0]
        lines.append(text("rc_again", k=worst.open, n=worst.number, what=getattr(worst.statement.text, lang)))
    heads = [text(f"rc_head_{name}") for name in ("statement", "right", "rise", "p", "lost")]
    return _part(text("rc_statements"), rows, lines, heads)


def _skill(found: Recap, catalogue: Catalogue) -> Data:
    text, n = catalogue.text, len(found.exams)
    pairs = [text("rc_skill_pairs"), _of(n, found.examined, catalogue)]
    if not n:
        return _part(text("rc_skill"), [])
    first, last = sum(score for _, score, _ in found.exams) / n, sum(score for _, _, score in found.exams) / n
    rows = [pairs, [text("rc_test_mean"), text("rc_from_to", first=first, last=last)]]
    if found.skill is not None:
        rows += change_rows(found.skill, catalogue)
    return _part(text("rc_skill"), rows, change_lines(found.skill, n, catalogue))


def _visits(found: Recap, catalogue: Catalogue) -> Data:
    text, every = catalogue.text, found.visits.get("all", 0)
    if not every:
        return _part(text("rc_visits"), [])
    states: Mapping[str, int] = found.visits
    rows = [
        [text(f"visit_{state}"), _of(states[state], every, catalogue)]
        for state in ("done", "planned", "postponed", "refused", "referred")
        if state in states
    ]
    rows.append([text("rc_visit_score", count=found.visits_rated), figure(found.visit_score, catalogue)])
    return _part(text("rc_visits"), rows, [text("rc_by_kader")])


def _flow(found: Recap, catalogue: Catalogue) -> Data:
    """Counts of mothers, and the sentence that stands below them whatever they are."""
    text, flow = catalogue.text, found.flow
    if flow is None or found.flow_change is None or not flow.asked_before + flow.asked_after:
        return _part(text("rc_flow"), [])
    rows = [
        [text("rc_flow_before"), _share(flow.before, flow.asked_before, catalogue)],
        [text("rc_flow_after"), _share(flow.after, flow.asked_after, catalogue)],
        [text("rc_flow_pairs"), _of(flow.both + flow.gained, flow.pairs, catalogue)],
        [text("rc_flow_change"), figure(found.flow_change, catalogue)],
        [text("rc_mcnemar"), text("rc_p", p=found.flow_p or 1.0)],
        [text("rc_flow_moved"), f"{flow.gained} / {flow.lost}"],
    ]
    return _part(text("rc_flow"), rows, [text("rc_flow_proves_nothing")])


def _share(k: int, n: int, catalogue: Catalogue) -> str:
    return f"{_of(k, n, catalogue)}; {figure(counts.share(k, n), catalogue)}" if n else "–"


def _referrals(found: Recap, catalogue: Catalogue) -> Data:
    text, every = catalogue.text, found.referrals.get("all", 0)
    if not every:
        return _part(text("rc_referrals"), [])
    rows = [
        [text(f"rc_referral_{state}"), _of(found.referrals[state], every, catalogue)]
        for state in ("came", "not_come", "unknown", "open")
        if state in found.referrals
    ]
    return _part(text("rc_referrals"), rows)


def _chain(found: Recap, catalogue: Catalogue) -> Data:
    text = catalogue.text
    heads = [text(f"rc_head_{name}") for name in ("generation", "people", "examined", "mean")]
    rows = [
        [
            str(one.generation),
            str(one.people),
            _of(one.passed, one.examined, catalogue),
            "–" if one.mean is None else text("rc_value", value=one.mean),
        ]
        for one in found.generations
    ]
    return _part(text("rc_chain"), rows, (), heads)


def programme_recap_lines(found: Recap, catalogue: Catalogue) -> dict[str, list[list[str]]]:
    """The same as tables for a workbook, a sheet each."""
    sheets: dict[str, list[list[str]]] = {}
    for part in parts(found, catalogue):
        title = part["title"].translate(str.maketrans("[]:*?/\\", "       "))[:31]
        heads = [part["heads"]] if part["heads"] else [[part["title"], ""]]
        sheets[title] = [*heads, *part["rows"], *([line] for line in part["lines"])]
    return sheets

"""A whole training day and a round of home visits, as a trainer does them on the programme's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coach.carry import carry, opened, take
from coach.instruments import TestSheet, files
from coach.programme.bodies import (
    Attendance,
    Certificate,
    Confirmation,
    Consent,
    Event,
    Flow,
    KnowledgeTest,
    Name,
    Outcome,
    Person,
    Place,
    Practice,
    Referral,
    Visit,
)
from coach.programme.knowledge import ordered
from coach.programme.proof import proof
from coach.register import Register
from coach.store import Filter, Store, open_store
from coach.store import Person as StorePerson
from tests.page.test_axe import violations
from tests.page.trainer.conftest import Desk, Look, Open
from tests.page.trainer.made import serving
from tests.store.made import judged, new, result

NAMES = ("Siti", "Dewi", "Ratna")


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[tuple[Desk, Store]]:
    practice: list[str] = []  # the practice's address: that of these pages, for what is asked is where it leads
    with open_store(tmp_path / "programme") as store, serving(store, lambda: practice[0]) as address:
        practice.append(address)
        yield Desk(address, {}), store


def _save(page: Page) -> None:
    page.click("dialog button[type=submit]")
    expect(page.locator("dialog")).to_have_count(0)


def _tab(page: Page, text: str) -> None:
    page.click(f".tabs button:has-text('{text}')")


def _place(page: Page, kind: str, name: str) -> None:
    page.click("#place-new")
    page.select_option("[name=type]", kind)
    page.fill("[name=place-name]", name)
    _save(page)


def _people(page: Page, role: str, names: str) -> None:
    page.click("#people-new")
    page.select_option("[name=place]", label="Melati")
    page.select_option("dialog [name=role]", role)
    page.fill("[name=names]", names)
    _save(page)


def _keys(occasion: str, slips: int) -> str:
    """What is typed for one kader: every answer right but for the first few of the sheet."""
    sheet = files.load("oxytocin_knowledge")
    assert isinstance(sheet, TestSheet)
    right = [statement.answer for statement in ordered(sheet, occasion)]
    return "".join("b" if answer == (k >= slips) else "s" for k, answer in enumerate(right))


def test_a_training_day(look: Open, programme: tuple[Desk, Store]) -> None:
    desk, store = programme
    here = look(desk, "/programme")
    page = here.page
    expect(page.locator("main")).to_contain_text(here.text("pr_draft"))
    page.fill("[name=author]", "T01")
    _tab(page, here.text("pr_tab_roster"))
    _place(page, "puskesmas", "Rumbai")
    _place(page, "posyandu", "Melati")
    _people(page, "kader", "\n".join(NAMES))
    _people(page, "midwife", "Bidan Yuli")
    expect(page.locator("tbody th", has_text="MEL-")).to_have_count(4)

    _tab(page, here.text("pr_tab_events"))
    page.click("#event-new")
    _save(page)
    page.click("#all-there")
    expect(page.locator(".tap.present")).to_have_count(3)
    page.click(".tap >> nth=2")
    expect(page.locator(".tap.late")).to_have_count(1)
    for occasion, slips in (("first", 4), ("last", 1)):
        page.click(f"#test-{occasion}-paper")
        page.focus("[data-cell='0']")
        page.keyboard.type(_keys(occasion, slips) * 3)  # ten keys a kader
        expect(page.locator("dialog .unread")).to_have_count(0)
        assert here.text("pr_whys") not in page.inner_text("main")
        _save(page)
    expect(page.locator("main")).to_contain_text(here.text("pr_mean", mean=60, count=3))
    expect(page.locator("main")).to_contain_text(here.text("pr_mean", mean=90, count=3))
    page.click(".whys summary")
    tests = Register(store).state().all(KnowledgeTest)
    assert sorted(held.body.occasion for held in tests.values()) == ["first"] * 3 + ["last"] * 3

    with page.expect_download() as saved:
        page.click("[data-paper=attendance]")
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    assert saved.value.suggested_filename == "coach-attendance-id.pdf"

    _exam_and_certificate(here, store)


def _exam_and_certificate(here: Look, store: Store) -> None:
    page = here.page
    state = Register(store).state()
    (event,), kader = state.all(Event), next(id_ for id_, p in state.all(Person).items() if "kader" in p.body.roles)
    code = state.all(Person)[kader].body.code
    page.click(f"[data-practise='{code}']")
    with page.expect_popup() as window:
        page.click("#start-exam")
    window.value.wait_for_url(f"{here.desk.base}/sessions?code={code}&event={event}&by=T01&mode=exam")
    window.value.close()
    session = store.add(new(kader=code, mode="exam"), judged("passed"))
    Register(store).add(Practice(person=kader, event=event, session=session, exam=True), "T01")
    unsure = store.add(new(kader=code, mode="exam"), judged("undecided"))
    Register(store).add(Practice(person=kader, event=event, session=unsure, exam=True), "T01")
    page.click("#practices-again")
    expect(page.locator(f"[data-practice='{session}']")).to_contain_text(code)
    expect(page.locator(f"[data-practice='{unsure}']")).to_contain_text(here.text("pr_not_counted"))
    expect(page.locator(f"[data-practise='{code}']")).to_contain_text(here.text("pr_practised_times", count=1))

    row = page.locator(f"[data-ready='{kader}']")
    page.locator("[data-ready]").get_by_text(here.text("pr_give_points")).first.click()  # of one without an exam
    _save(page)
    sign = row.get_by_role("button", name=here.text("pr_sign"))
    expect(sign).to_be_disabled()  # counselling is missing
    talk = Register(store).add(Event(type="counselling", date="2026-11-01"), "T01").subject
    Register(store).add(Attendance(event=talk, person=kader, state="present"), "T01")
    page.click("#practices-again")
    sign.click()
    _save(page)
    (held,) = Register(store).state().all(Certificate).values()
    expect(row).to_contain_text(held.body.number)
    assert (held.body.person, held.body.provisional, session in held.body.evidence) == (kader, True, True)
    _tab(page, here.text("pr_tab_certificates"))
    page.fill("[name=verify]", proof(Register(store).state(), held).text)
    page.click("#verify-do")
    expect(page.locator(".page-programme .note.good")).to_contain_text(held.body.number)


def test_a_round_of_visits(look: Open, programme: tuple[Desk, Store], tmp_path: Path) -> None:
    desk, store = programme
    register = Register(store)
    at = register.add(Place(type="posyandu", name="Melati"), "T01").subject
    register.add(Person(code="MEL-02F", place=at), "T01")
    register.add(Person(code="MEL-03G", roles=("midwife",), place=at), "T01")
    here = look(desk, "/programme?tab=roster")
    page = here.page
    page.fill("[name=author]", "T01")
    page.click("#mothers-new")
    page.fill("[name=number]", "2")
    _save(page)
    _tab(page, here.text("pr_tab_visits"))
    page.click("#visits-new")
    page.click("#pair-add")  # this one, and no other is chosen then: it is planned once
    expect(page.locator("dialog .chips li")).to_have_count(1)
    _save(page)
    expect(page.locator("[data-visit]")).to_have_count(3)
    page.click("[data-visit] button >> nth=0")
    _screened(page, here.text("pr_no"))
    for line in page.locator("dialog [data-item]").all():
        line.locator("button >> nth=0").click()
    page.select_option("[name=before-drip]", index=1)
    page.select_option("[name=after-drip]", index=3)
    _save(page)
    page.click("[data-visit] >> text=" + here.text("pr_countersign"))
    _save(page)
    page.click("[data-visit] button >> nth=0")
    _screened(page, here.text("pr_yes"))
    expect(page.locator("dialog [role=alert]")).to_be_visible()
    expect(page.locator("dialog [data-item]")).to_have_count(0)
    _save(page)
    expect(page.locator("[data-visit]", has_text=here.text("pr_state_referred"))).to_have_count(1)  # the list is anew
    session = store.add(new(kader="MEL-02F"), result())
    page.click("[data-visit] button >> nth=0")
    _screened(page, here.text("pr_no"))
    page.select_option("[name=visit-session]", session)
    expect(page.locator("dialog [data-item] .current")).not_to_have_count(0)  # as the session has it
    _save(page)
    state = register.state()
    assert sorted(held.body.state for held in state.all(Visit).values()) == ["done", "done", "referred"]
    (film,) = (held.body for held in state.all(Visit).values() if held.body.session)
    assert (film.session, film.form, film.ratings["neck_stroke"]) == (
        session,
        "video",
        1,
    )  # too fast, see tests.store.made
    assert len(state.all(Referral)) == 1
    assert {held.body.when for held in state.all(Flow).values()} == {"before", "after"}
    expect(page.locator("main")).to_contain_text(here.text("pr_milk_sentence"))

    _table_comes_in(here, register, tmp_path / "kobo.csv")


def _table_comes_in(here: Look, register: Register, file: Path) -> None:
    page = here.page
    table = "kader,ibu,tanggal,not_now,danger,heart\nMEL-02F,IBU-9,2026-11-02,no,no,2\nMEL-02F,IBU-9,2026-11-03,no,,3\n"
    file.write_text(table)
    page.set_input_files("[name=visits-table]", file)
    counted = here.text("pr_table_counts", new=1, known=0, bad=1)
    expect(page.locator("dialog")).to_contain_text(counted)
    expect(page.locator("[data-line='3']")).to_contain_text(here.text("pr_table_missing", column="danger"))
    assert violations(page) == []
    page.click("#table-take")
    expect(page.locator("dialog")).to_have_count(0)
    assert len(register.state().all(Visit)) == 4

    _next_day_and_referral(here, register)


def _next_day_and_referral(here: Look, register: Register) -> None:
    """What is known later: how the baby drinks a day after, and whether she went to the midwife."""
    page = here.page
    page.get_by_role("button", name=here.text("pr_when_next_day")).click()
    page.select_option("[name=next_day-feeding]", "exclusive")
    _save(page)
    assert [held.body.when for held in register.state().all(Flow).values()].count("next_day") == 1
    row = page.locator("[data-referral]")
    row.get_by_text(here.text("pr_outcome_came"), exact=True).click()
    expect(row.locator(".current")).to_have_text(here.text("pr_outcome_came"))
    assert [held.body.state for held in register.state().all(Outcome).values()] == ["came"]


def test_the_roster_is_a_table_and_who_is_in_it_is_corrected_and_taken_away(
    look: Open, programme: tuple[Desk, Store], tmp_path: Path
) -> None:
    desk, store = programme
    register = Register(store)
    here = look(desk, "/programme?tab=roster", lang="en")
    page = here.page
    page.fill("[name=author]", "T01")
    file = tmp_path / "roster.csv"
    file.write_text("nama;peran;posyandu\nSiti;kader;Melati\nDewi;kader;Melati\n")
    page.set_input_files("[name=roster-table]", file)
    expect(page.locator("dialog")).to_contain_text(here.text("pr_roster_found", new=2, changed=0, same=0))
    assert not register.state().all(Person)
    page.click("#roster-take")
    expect(page.locator("tbody th", has_text="MEL-")).to_have_count(2)
    with page.expect_download() as saved:
        page.click("#roster-csv")
    assert "Siti" not in Path(saved.value.path()).read_text("utf-8-sig")

    page.get_by_role("row", name="Siti").get_by_text(here.text("pr_edit")).click()
    page.fill("[name=person-name]", "Siti Aminah")
    page.check("[name=role-trainer]")
    page.click("#consent summary")
    page.check("[name=scope-test]")
    page.click("#consent-save")
    expect(page.locator("#consent summary")).to_contain_text(here.text("pr_scope_test"))
    assert violations(page) == []
    _save(page)
    row = page.get_by_role("row", name="Siti Aminah")
    expect(row).to_contain_text(here.text("pr_role_trainer"))
    page.get_by_role("row", name="Dewi").get_by_text(here.text("pr_edit")).click()
    page.click("#erase summary")
    expect(page.locator("#erase-do")).to_be_disabled()
    page.check("[name=erase-sure]")
    page.click("#erase-do")
    expect(page.locator("tbody th", has_text="MEL-")).to_have_count(1)
    assert [held.body.name for held in register.state().all(Name).values()] == ["Siti Aminah"]
    assert [held.body.scopes for held in register.state().all(Consent).values()] == [("test",)]


def _screened(page: Page, answer: str) -> None:
    page.wait_for_selector("dialog .question")
    for question in page.locator("dialog .question:not([data-item])").all():
        question.get_by_text(answer, exact=True).click()


def test_the_test_on_the_screen_shows_no_answer_and_asks_for_no_keyboard(
    look: Open, programme: tuple[Desk, Store]
) -> None:
    desk, store = programme
    here = look(desk, "/programme", lang="en")
    page = here.page
    page.fill("[name=author]", "T01")
    _tab(page, here.text("pr_tab_roster"))
    _place(page, "posyandu", "Melati")
    _people(page, "kader", "Siti")
    _tab(page, here.text("pr_tab_events"))
    page.click("#event-new")
    _save(page)
    page.click(".tap")
    page.click("#test-first-screen")
    with page.expect_response("**/aloud/en/statement_*") as read:  # no voice of the machine is needed
        page.click("dialog .tap")
    assert read.value.status in (200, 206)
    assert read.value.headers["content-type"] == "audio/ogg"
    for _ in range(10):
        page.click(".answer-true")
    page.click("#test-save")
    expect(page.locator("dialog .tap.present")).to_have_count(1)
    (held,) = Register(store).state().all(KnowledgeTest).values()
    assert held.body.mode == "screen"
    assert set(held.body.answers.values()) == {"true"}
    assert len(held.body.answers) == 10


@pytest.mark.parametrize(("size", "lang"), [("laptop", "id"), ("phone", "en")])
def test_nothing_serious_on_any_tab(look: Open, programme: tuple[Desk, Store], size: str, lang: str) -> None:
    here = look(programme[0], "/programme", size=size, lang=lang)
    page = here.page
    page.fill("[name=author]", "T01")
    Register(programme[1]).add(Person(code="MEL-02F"), "T01")
    page.reload()
    page.click(".profiles summary")
    expect(page.locator("[data-profile]")).to_have_count(5)
    for tab in ("today", "events", "visits", "certificates", "laptops", "roster"):
        _tab(page, here.text(f"pr_tab_{tab}"))
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("#place-new")
    assert violations(page) == []


def test_what_is_written_without_an_author_is_refused_and_stays_typed(
    look: Open, programme: tuple[Desk, Store]
) -> None:
    here = look(programme[0], "/programme?tab=roster")
    page = here.page
    page.fill("[name=author]", "")
    page.click("#place-new")
    page.fill("[name=place-name]", "Melati")
    page.click("dialog button[type=submit]")
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator("[name=place-name]")).to_have_value("Melati")


def test_a_file_goes_to_another_laptop_and_who_is_who_is_settled_before_it_is_taken_in(
    look: Open, programme: tuple[Desk, Store], tmp_path: Path
) -> None:
    desk, store = programme
    Register(store).add(Place(type="posyandu", name="Melati"), "T01")
    store.put_person(StorePerson("K01", "Sari", "kader", "Mawar"))
    with open_store(tmp_path / "other") as other:
        register = Register(other)
        register.add(Place(type="posyandu", name="Anggrek"), "T09")
        other.put_person(StorePerson("K01", "Rina", "kader", "Melati"))
        session = other.add(new(kader="K01", posyandu="Melati"), result())
        carry(register, tmp_path / "b.coach", [session], names=True, passphrase="cukup panjang")
    here = look(desk, "/programme?tab=laptops", lang="en")
    page = here.page
    page.set_input_files("[name=stick]", tmp_path / "b.coach")
    page.fill("[name=take-passphrase]", "wrong words")
    page.click("#stick-open")
    expect(page.locator(".toast")).to_be_visible()
    page.fill("[name=take-passphrase]", "cukup panjang")
    page.click("#stick-open")
    expect(page.locator("main")).to_contain_text(
        here.text("pr_take_who", code="K01", here="Sari, Mawar", there="Rina, Melati")
    )
    expect(page.locator("#stick-take")).to_be_disabled()
    page.select_option("[name=who-K01]", "other")
    page.fill("[name=code-K01]", "K01B")
    assert violations(page) == []
    page.click("#stick-take")
    expect(page.locator("#stick-choose")).to_be_visible()
    assert {row.kader for row in store.sessions(Filter(), 10, 0).rows} == {"K01B"}
    assert {held.body.name for held in Register(store).state().all(Place).values()} == {"Melati", "Anggrek"}

    page.check("[name=names]")
    expect(page.locator("#carry")).to_be_disabled()
    page.fill("[name=carry-passphrase]", "juga cukup panjang")
    with page.expect_download() as saved:
        page.click("#carry")
    saved.value.save_as(tmp_path / "a.coach")
    with open_store(tmp_path / "third") as third:
        back = Register(third)
        with opened(back, tmp_path / "a.coach", "juga cukup panjang") as found:
            take(back, found)
        assert len(back.state().all(Place)) == 2
        assert {person.name for person in third.people()} == {"Rina"}


def test_the_test_is_changed_on_the_page_confirmed_by_a_midwife_and_older_answers_keep_theirs(
    look: Open, programme: tuple[Desk, Store]
) -> None:
    desk, store = programme
    register = Register(store)
    at = register.add(Place(type="posyandu", name="Melati"), "T01").subject
    kader = register.add(Person(code="MEL-02F", place=at), "T01").subject
    midwife = register.add(Person(code="MEL-03G", roles=("midwife",), place=at), "T01").subject
    old = files.load("oxytocin_knowledge")
    given = KnowledgeTest(person=kader, instrument=old.digest, occasion="first", date="2026-11-02", answers={})
    register.instrument(files.read("oxytocin_knowledge").decode(), old.digest, "T01")
    register.add(given, "T01")
    here = look(desk, "/programme?tab=instruments", lang="en")
    page = here.page
    page.fill("[name=author]", "T01")
    page.click("[data-instrument=oxytocin_knowledge] >> text=" + here.text("pr_edit"))
    page.fill("[id='field-pass_mark']", "180")
    page.click("#add-statements")
    page.click("#instrument-check")
    expect(page.locator(".mistakes")).to_contain_text(here.text("tr_mistakes", count=6))
    page.fill("[id='field-pass_mark']", "70")
    for field in ("text/id", "text/en", "why/id", "why/en", "source"):
        page.fill(f"[id='field-statements/new_1/{field}']", f"{field}.")
    assert violations(page) == []
    page.click("#instrument-check")
    page.fill("[name=version]", "0.2")
    _save(page)
    row = page.locator("[data-instrument=oxytocin_knowledge]")
    expect(row).to_contain_text(here.text("tr_version", version="0.2"))
    row.get_by_text(here.text("pr_confirm")).click()
    _save(page)
    expect(row.locator(".pill.good").first).to_contain_text("MEL-03G")
    row.locator("summary").click()
    expect(row.locator("tbody tr")).to_have_count(2)
    assert violations(page) == []

    new, state = files.load("oxytocin_knowledge", register.own), register.state()
    assert isinstance(new, TestSheet)
    assert (new.version, new.pass_mark, len(new.statements)) == ("0.2", 70, 11)
    assert state.all(Confirmation)[new.digest].body.by == midwife
    assert [held.body.instrument for held in state.all(KnowledgeTest).values()] == [old.digest]
    row.get_by_text(here.text("pr_use_given")).click()
    expect(row).to_contain_text(here.text("tr_protocol_given"))
    assert files.load("oxytocin_knowledge", register.own) == old

"""What the programme's page corrects, takes away, brings in and checks, by its calls."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.carry import opened, take
from coach.domain import InputError
from coach.programme.bodies import Flow, Mother, Name, Person, Qualification, Referral, Verdict, Visit
from coach.programme.codes import new as new_code
from coach.register import Register
from coach.store import Consent, open_store
from coach.store.scratch import Scratch
from coach.tables_in import parsed
from coach.trainer.office import Office
from coach.trainer.programme import certificates, people, training, visits
from coach.trainer.programme.desk import ProgrammeDesk
from coach.trainer.programme.stick import Stick
from coach.trainer.shelf import Shelf
from coach.trainer.sights import Sights
from tests.programme.made import paper as eight_kader
from tests.programme.made import uid
from tests.store.made import chunk, judged, new, result

KADER, TRAINER = uid("kader", 0), uid("T1")
BY = {"author": "T1"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ProgrammeDesk]:
    with open_store(tmp_path) as store:
        found = ProgrammeDesk(Office(store, Sights(store), Shelf(store.folder / "protocols"), "id", "oxytocin"))
        found.register.join(eight_kader().entries)
        yield found


def refused(work: str, desk: ProgrammeDesk, id_: str, body: object) -> str:
    with pytest.raises(InputError) as found:
        getattr(people, work)(desk, id_, body)
    return found.value.key


def test_a_person_is_corrected_and_a_code_is_no_slip_and_nobody_else_s(desk: ProgrammeDesk) -> None:
    first, second = (desk.state.all(Person)[uid("kader", k)].body.code for k in (0, 1))
    people.change(desk, KADER, BY | {"name": "Siti", "telephone": "0812", "birth_year": 1980, "roles": ["kader"]})
    shown = people.one(desk, KADER)
    assert (shown["name"], shown["telephone"], shown["birth_year"], shown["code"]) == ("Siti", "0812", 1980, first)
    entries = len(desk.state.entries)
    people.change(desk, KADER, BY | {"name": "Siti", "birth_year": 1980})
    assert len(desk.state.entries) == entries  # what is so already is not written again
    whole = new_code("Melati", ())
    slip = whole[:-1] + ("A" if whole[-1] != "A" else "B")
    assert refused("change", desk, KADER, BY | {"code": slip}) == "programme_code_bad"
    assert refused("change", desk, KADER, BY | {"code": second.lower()}) == "programme_code_taken"
    assert refused("change", desk, KADER, BY | {"birth_year": "1980"}) == "programme_field_bad"
    assert refused("change", desk, uid("nobody"), BY) == "programme_nobody"
    people.change(desk, KADER, BY | {"code": whole})
    assert desk.office.store.person(whole) is not None  # the sessions know her by it too


def test_what_she_agreed_to_and_brought_with_her_is_kept_word_by_word(desk: ProgrammeDesk) -> None:
    people.agree(desk, KADER, BY | {"scopes": ["test", "video"]})
    people.agree(desk, KADER, BY | {"withdrawn": True})
    assert people.one(desk, KADER)["consent"] | {"giver": ""} == {
        **{"giver": "", "scopes": [], "how": "signed", "until": "", "withdrawn": True},
    }
    people.qualify(desk, KADER, BY | {"what": "Terapis pijat", "issuer": "LKP", "expires": "2027-01-31"})
    (held,) = desk.state.all(Qualification).values()
    assert (held.body.person, people.one(desk, KADER)["qualifications"][0]["issuer"]) == (KADER, "LKP")


def test_who_is_erased_is_gone_with_all_that_is_written_of_her(desk: ProgrammeDesk) -> None:
    told = people.one(desk, KADER)["entries"]
    assert told > 3
    assert people.erase(desk, KADER, BY | {"reason": "double"}) == {"number": told}
    assert KADER not in desk.state.all(Person)
    assert refused("erase", desk, KADER, BY) == "programme_nobody"


def test_the_roster_comes_in_as_a_table_that_is_looked_at_first_and_goes_out_without_names(desk: ProgrammeDesk) -> None:
    table = "nama;peran;posyandu;puskesmas\nRatna;kader;Mawar;Puskesmas Rumbai\nYuli;bidan;Mawar;Puskesmas Rumbai\n"
    given = BY | {"name": "a.csv", "data": base64.b64encode(table.encode()).decode()}
    before = len(desk.state.all(Person))
    looked = people.table_in(desk, given)
    assert (looked["new"], looked["taken"], len(desk.state.all(Person))) == (2, False, before)
    taken = people.table_in(desk, given | {"take": True})
    assert (taken["codes"], len(desk.state.all(Person))) == (looked["codes"], before + 2)
    again = people.table_in(desk, given | {"take": True})
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    for kind in ("csv", "xlsx"):
        bare = people.table_out(desk, kind, {})
        assert b"Ratna" not in bare.data
        lines = parsed(people.table_out(desk, kind, {"names": "1"}).data, kind)
        assert {line["nama"] for line in lines} >= {"Ratna", "Yuli"}
        assert "nama" not in parsed(bare.data, kind)[0]


def test_the_next_day_s_answers_refer_her_by_the_form_s_rules_and_once(desk: ProgrammeDesk) -> None:
    mother = desk.register.add(Mother(code="IBU-1"), "T1").subject
    visit = desk.register.add(Visit(kader=KADER, mother=mother, date="2026-11-02", state="done"), "T1").subject
    assert visits.flow(desk, visit, BY | {"when": "after", "answers": {"drip": "none"}}) == {"referrals": []}
    next_day = BY | {"when": "next_day", "answers": {"feeding": "mixed"}}
    assert [one["to"] for one in visits.flow(desk, visit, next_day)["referrals"]] == ["bidan"]
    assert visits.flow(desk, visit, next_day) == {"referrals": []}
    assert len(desk.state.all(Referral)) == 1
    assert len(desk.state.all(Flow)) == 2  # the same time again corrects what was answered
    (one,) = visits.referred(desk)
    assert (one["mother"], one["outcome"]) == ("IBU-1", "")
    for state in ("unknown", "came"):
        visits.outcome(desk, one["id"], BY | {"state": state})
    assert visits.referred(desk)[0]["outcome"] == "came"


def test_a_certificate_is_provisional_then_whole_under_its_number_then_renewed_and_revoked(desk: ProgrammeDesk) -> None:
    state = desk.state
    code, event = state.all(Person)[KADER].body.code, next(iter(state.all(Visit)), "")
    assert event == ""
    desk.office.store.add(new(kader=code, mode="exam"), judged("passed"))
    desk.register.add(Verdict(person=KADER, points={"pressure": 2}, by=TRAINER), "T1")
    signed = certificates.sign(desk, BY | {"person": KADER, "by": TRAINER})
    assert signed["provisional"]
    with pytest.raises(InputError):  # no visit yet
        certificates.sign(desk, BY | {"person": KADER, "by": TRAINER})
    row = training.ready(desk, desk.state, [KADER], "2026-12-03")[0]
    assert (row["certificate"]["provisional"], row["ready"], row["whole"]) == (True, True, False)
    made = {"kader": KADER, "mother": uid("m"), "date": "2026-12-01", "state": "done", "ratings": {"heart": 2}}
    desk.register.add(Visit.model_validate(made), "T1")
    whole = certificates.sign(desk, BY | {"person": KADER, "by": TRAINER})
    assert whole == {"id": signed["id"], "number": signed["number"], "provisional": False}
    with pytest.raises(InputError) as early:  # for another one, all is asked anew
        certificates.sign(desk, BY | {"person": KADER, "by": TRAINER})
    assert early.value.key == "programme_not_ready"
    with pytest.raises(InputError):
        certificates.revoke(desk, whole["id"], BY | {"why": "salah orang", "by": KADER})
    certificates.revoke(desk, whole["id"], BY | {"why": "salah orang", "by": TRAINER})
    row = training.ready(desk, desk.state, [KADER], "2026-12-03")[0]
    assert row["certificate"] is None


def test_the_stick_s_file_is_about_as_large_as_was_told_and_leaves_the_tracks_out(
    desk: ProgrammeDesk, tmp_path: Path
) -> None:
    store = desk.office.store
    tracks = [chunk(k, frames=150) for k in range(8)]
    ids = [store.add(new(consent=Consent()), result(), tracks=tracks) for _ in range(3)]
    desk.register.add(Name(name="Siti"), "T1", KADER)
    stick = Stick(desk, Scratch(tmp_path / "scratch"))
    told = stick.weight()
    assert told["sessions"] == 3
    for whole, parts in ((True, ("entries", "results", "tracks")), (False, ("entries", "results"))):
        made = stick.out({"sessions": True, "tracks": whole, "names": False, "films": False})
        size = made.path.stat().st_size
        assert size / 1.4 < sum(told["bytes"][part] for part in parts) < size * 1.4
        with open_store(tmp_path / f"there {whole}") as there, opened(Register(there), made.path) as found:
            take(Register(there), found)
            assert [bool(list(there.tracks(one))) for one in ids] == [whole] * 3

"""The programme's papers on the trainer's page: every kind that has a button."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from coach import prints
from coach.domain import InputError
from coach.instruments import VisitForm
from coach.instruments.files import load
from coach.messages import LANGS, Catalogue, Lang
from coach.programme.bodies import Event, Name
from coach.protocol import files as protocol_files
from coach.store import open_store
from coach.summary.hand_svg import hand_svg
from coach.trainer.office import Office
from coach.trainer.programme.desk import ProgrammeDesk
from coach.trainer.programme.printed import paper
from coach.trainer.shelf import Shelf
from coach.trainer.sights import Sights
from tests.programme.made import paper as eight_kader
from tests.programme.made import uid


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProgrammeDesk]:
    with open_store(tmp_path_factory.mktemp("papers")) as store:
        found = ProgrammeDesk(Office(store, Sights(store), Shelf(store.folder / "protocols"), "id", "oxytocin"))
        found.register.join(eight_kader().entries)
        found.register.add(Name(name="Siti Rahmawati"), "T1", uid("kader", 0))
        yield found


@pytest.mark.parametrize("kind", [kind for kind in prints.KINDS if kind != "certificate"])
def test_each_kind_is_a_paper_in_the_language_that_was_chosen(desk: ProgrammeDesk, kind: str) -> None:
    event = next(iter(desk.state.all(Event)))
    made = paper(desk, kind, {"lang": "en", "event": event})
    assert made.data.startswith(b"%PDF")
    assert made.name == f"coach-{kind}-en.pdf"


@pytest.mark.parametrize("lang", LANGS)
def test_the_leaflet_is_one_page_and_the_milk_form_speaks_one_language(desk: ProgrammeDesk, lang: Lang) -> None:
    leaflet, folded, flow = (
        text(paper(desk, kind, {"lang": lang}).data) for kind in ("leaflet", "leaflet-folded", "flow")
    )
    assert (leaflet.count("\f"), folded.count("\f")) == (1, 1)
    assert ("kali" in flow, "times" in flow) == (lang == "id", lang == "en")


@pytest.mark.parametrize("lang", LANGS)
def test_the_leaflet_says_what_the_protocol_says_and_draws_each_hand(desk: ProgrammeDesk, lang: Lang) -> None:
    leaflet = " ".join(text(paper(desk, "leaflet", {"lang": lang}).data).split())
    for segment in protocol_files.load("oxytocin").segments:
        assert segment.how is not None
        assert getattr(segment.how, lang) in leaflet  # how long a point is held is said there alone
    assert not re.search(r"\d (detik|second)", leaflet)
    form = load("oxytocin_visit")
    assert isinstance(form, VisitForm)
    assert form.shapes.keys() == {segment.id for segment in protocol_files.load("oxytocin").segments}
    drawn = {shape: hand_svg(shape, shape) for shape in form.shapes.values()}
    assert len({svg.replace(shape, "") for shape, svg in drawn.items()}) == len(drawn) >= 7


def test_the_short_massage_has_a_visit_form_and_a_leaflet_of_its_own(desk: ProgrammeDesk) -> None:
    asked = prints.Asked(form="back_massage_short_visit")
    visit, leaflet = (
        text(prints.printed(kind, desk.register, asked, Catalogue("id"))) for kind in ("visit", "leaflet")
    )
    assert visit.count("Mencuci tangan") >= 2
    assert "Usapan leher" not in visit + leaflet
    assert "2–3 menit" in leaflet
    assert ("WHO/UNICEF" in leaflet, "Pitriani" in leaflet) == (True, False)


def text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_the_recap_is_a_paper_or_a_table_and_says_where_a_day_is_none(desk: ProgrammeDesk) -> None:
    assert paper(desk, "recap", {"since": "2023-01-01"}).data.startswith(b"%PDF")
    assert paper(desk, "recap-table", {"lang": "en"}).name.endswith(".xlsx")
    with pytest.raises(InputError) as refused:
        paper(desk, "recap", {"until": "14/08/2023"})
    assert refused.value.key == "query_bad"


def test_what_cannot_be_printed_is_refused(desk: ProgrammeDesk) -> None:
    for kind, key in (("certificate", "paper_no_certificate"), ("attendance", "paper_no_event"), ("x", "paper_kind")):
        with pytest.raises(InputError) as refused:
            paper(desk, kind, {})
        assert refused.value.key == key

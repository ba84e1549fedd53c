"""The command line: exit codes, streams and both languages, with a made-up review in the tracker's place."""

from __future__ import annotations

import dataclasses
import errno
import io
import json
import os
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import joblib
import numpy as np
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import coach
from coach import names
from coach.cli import main
from coach.commands import outputs
from coach.commands.batch import Job, Outcome
from coach.commands.language import say
from coach.commands.progress import Bars
from coach.commands.quiet import quiet_libraries
from coach.domain import InputError, Session
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.protocol.files import protocols_dir
from tests.summary.example import MISTAKES, session

BACK = "188.8,111.4 439.2,106.2 447.8,411.4 198.9,422.5"
Run = Callable[..., Result]


class FakeWiring(types.ModuleType):
    """Reviews a video by its name: "missing…" is refused, "fault…" breaks, all others are the example."""

    def __init__(self) -> None:
        super().__init__("coach.wiring")
        self.calls: list[tuple[Any, ...]] = []

    def review(
        self, path: str, protocol: Protocol, corners: Any, overlay: str | None, progress: Any, *_: Any, **__: Any
    ) -> Session:
        self.calls.append((path, protocol.id, corners, overlay))
        progress(1.0, None)
        progress(2.0, 10.0)
        if os.path.basename(path).startswith("missing"):
            raise InputError("video_missing", path=path)
        if os.path.basename(path).startswith("fault"):
            raise ZeroDivisionError("division\nby zero")
        made = session(protocol, MISTAKES if protocol.id == "oxytocin" else {})
        return dataclasses.replace(made, video=dataclasses.replace(made.video, path=path))

    def picture(self, path: str, at_s: float) -> Any:
        self.calls.append((path, at_s))
        return np.zeros((240, 320, 3), np.uint8), 0.5


@pytest.fixture
def wiring(monkeypatch: pytest.MonkeyPatch) -> FakeWiring:
    fake = FakeWiring()
    monkeypatch.setitem(sys.modules, "coach.wiring", fake)
    monkeypatch.setattr(coach, "wiring", fake, raising=False)
    return fake


@pytest.fixture
def run(wiring: FakeWiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs coach in an empty folder with an Indonesian locale."""
    assert wiring.calls == []
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "COACH_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    return lambda *arguments: CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def one_line(result: Result, code: int) -> str:
    assert result.exit_code == code
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    return result.stderr


# ------------------------------------------------------------------ review
def test_prints_the_checklist_and_ends_with_0(run: Run, wiring: FakeWiring) -> None:
    result = run("review", "a.mp4")
    assert one_line(result, 0) == "a.mp4: selesai dalam 0 detik.\n"
    assert result.stdout.startswith("DAFTAR TILIK: Pijat oksitosin\n")
    assert wiring.calls == [("a.mp4", "oxytocin", None, None)]


def test_speaks_the_language_asked_for_or_that_of_the_locale(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("review", "a.mp4", "--lang", "en").stdout.startswith("CHECKLIST")
    assert run("review", "--lang=en", "a.mp4").stdout.startswith("CHECKLIST")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert run("review", "a.mp4").stdout.startswith("CHECKLIST")
    assert run("review", "a.mp4", "--lang", "id").stdout.startswith("DAFTAR TILIK")


def test_hands_the_corners_the_protocol_and_the_overlay_on(run: Run, wiring: FakeWiring) -> None:
    assert run("review", "a.mp4", "--back", BACK, "--protocol", "shoulder_short", "--overlay", "o.mp4").exit_code == 0
    ((path, protocol, corners, overlay),) = wiring.calls
    assert (path, protocol, overlay) == ("a.mp4", "shoulder_short", "o.mp4")
    np.testing.assert_array_equal(corners[1], [439.2, 106.2])


def test_json_on_standard_output_is_pure(run: Run) -> None:
    result = run("review", "a.mp4", "--json", "-")
    made = json.loads(result.stdout)
    assert (made["schema"], made["video"]["path"]) == ("coach.report/1", "a.mp4")
    assert one_line(result, 0) == "a.mp4: selesai dalam 0 detik.\n"


def test_json_of_several_videos_on_standard_output_is_an_array_of_those_that_worked(run: Run) -> None:
    result = run("review", "a.mp4", "missing.mp4", "b.mp4", "--json", "-")
    assert [made["video"]["path"] for made in json.loads(result.stdout)] == ["a.mp4", "b.mp4"]
    assert result.exit_code == 2


def test_json_of_a_video_that_fails_is_nothing(run: Run) -> None:
    result = run("review", "missing.mp4", "--json", "-")
    assert (result.stdout, result.exit_code) == ("", 2)
    assert json.loads(run("review", "missing.mp4", "missing2.mp4", "--json", "-").stdout) == []


def test_json_goes_to_a_file_beside_the_checklist(run: Run) -> None:
    result = run("review", "a.mp4", "--json", "r.json")
    assert result.stdout.startswith("DAFTAR TILIK")
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["video"]["path"] == "a.mp4"


def test_several_videos_write_into_a_folder_each_under_its_own_name(run: Run, wiring: FakeWiring) -> None:
    result = run("review", "x/a.mp4", "y/a.mov", "missing.mp4", "--json", "out/new/", "--overlay", "out")
    assert result.exit_code == 2
    assert sorted(os.listdir("out/new")) == ["a-2.json", "a.json"]
    assert [json.loads(Path("out/new", name).read_text())["video"]["path"] for name in ("a.json", "a-2.json")] == [
        "x/a.mp4",
        "y/a.mov",
    ]
    assert [call[3] for call in wiring.calls] == ["out/a.mp4", "out/a-2.mp4", "out/missing.mp4"]


def test_one_video_s_failure_does_not_stop_the_others(run: Run) -> None:
    result = run("review", "missing.mp4", "a.mp4", "missing2.mp4", "b.mp4")
    assert result.exit_code == 2
    assert result.stdout.count("DAFTAR TILIK") == 2
    lines = result.stderr.splitlines()
    assert lines[0] == "coach: Video missing.mp4 tidak ada. Periksa nama dan foldernya."
    assert [line.split()[-3:] for line in lines[1::2]] == [["dalam", "0", "detik."]] * 2
    assert len(lines) == 4


def test_a_fault_of_ours_is_one_line_and_1_and_outweighs_bad_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line = one_line(run("review", "fault.mp4", "--lang", "en"), 1)
    assert "not you (fault.mp4: ZeroDivisionError: division by zero)" in line
    assert run("review", "fault.mp4", "missing.mp4", "a.mp4").exit_code == 1
    monkeypatch.setenv("COACH_DEBUG", "1")
    assert "Traceback (most recent call last)" in run("review", "fault.mp4").stderr


def test_workers_keep_the_order_and_the_failures(run: Run) -> None:
    with joblib.parallel_config(backend="threading"):
        result = run("review", "a.mp4", "missing.mp4", "fault.mp4", "b.mp4", "--json", "-", "--workers", "3")
    assert [made["video"]["path"] for made in json.loads(result.stdout)] == ["a.mp4", "b.mp4"]
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 4


def test_what_a_worker_sends_back_survives_the_journey() -> None:
    import pickle  # noqa: PLC0415

    refused = Outcome(Job("a", None, None), refused=InputError("video_missing", path="a"))
    back = pickle.loads(pickle.dumps(refused))
    assert (back.job, back.refused.key, back.refused.values) == (refused.job, "video_missing", {"path": "a"})


def test_the_libraries_own_log_is_kept_from_people(
    run: Run, wiring: FakeWiring, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def noisy(*arguments: Any, **_: Any) -> Session:
        os.write(2, b"W0000 inference_feedback_manager.cc\n")
        return FakeWiring.review(wiring, *arguments)

    monkeypatch.setattr(wiring, "review", noisy)
    assert run("review", "a.mp4").exit_code == 0
    with joblib.parallel_config(backend="threading"):
        run("review", *(f"{k}.mp4" for k in range(12)), "--workers", "4")
    assert "W0000" not in capfd.readouterr().err
    os.write(2, b"back again")
    assert capfd.readouterr().err == "back again"
    monkeypatch.setenv("COACH_DEBUG", "1")
    run("review", "a.mp4")
    assert "W0000" in capfd.readouterr().err


def test_names_that_differ_in_capitals_only_are_namesakes(run: Run, tmp_path: Path) -> None:
    """On Windows and on a Mac both would be one file."""
    assert run("review", "one/a.mp4", "two/A.mp4", "--json", "out/").exit_code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["A-2.json", "a.json"]


def test_a_folder_that_may_not_be_written_is_found_before_the_work(
    run: Run, wiring: FakeWiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says of every folder that it may be, and tempfile ends with a strange word."""

    def refused(**_: object) -> tuple[int, str]:
        raise FileExistsError(errno.EEXIST, "No usable temporary file name found")

    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkstemp", refused)
        assert "tidak ada izin" in one_line(run("review", "a.mp4", "--json", "a.json"), 2)
    assert wiring.calls == []
    assert run("review", "a.mp4", "--json", "a.json").exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_the_video_by_another_name_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"film")
    os.link(tmp_path / "a.mp4", tmp_path / "b.mp4")  # as a Mac knows a.mp4 by the name of A.MP4 too
    assert "b.mp4" in one_line(run("review", "a.mp4", "--overlay", "b.mp4"), 2)


def test_lines_on_standard_error_need_no_console_handle_of_before(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows click writes to the handle that it found at its start; silencing the libraries has closed that one."""

    def stale(_text: str, err: bool = False) -> None:
        assert not err, "Windows error 6"

    monkeypatch.setattr(click, "echo", stale)
    assert one_line(run("review", "a.mp4"), 0) == "a.mp4: selesai dalam 0 detik.\n"
    assert "missing.mp4" in one_line(run("review", "missing.mp4"), 2)


def test_a_console_that_would_print_the_codes_that_move_a_bar_gets_none() -> None:
    """The one of Windows 10, where it does not follow them."""
    for legacy, shown in ((True, False), (False, True)):
        out = io.StringIO()
        bars = Bars(Catalogue("id"), Console(file=out, force_terminal=True, legacy_windows=legacy))
        with bars.video("a.mp4") as move:
            move(1.0, 2.0)
        assert list(bars.several(1, iter("a"))) == ["a"]
        assert (out.getvalue() != "") == shown


def test_the_program_is_also_a_module() -> None:
    """On Windows the folder of programs is often not known to the command line."""
    done = subprocess.run([sys.executable, "-m", "coach", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"coach {coach.__version__}\n")


def test_libraries_are_silenced_where_there_is_no_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)  # as on Windows in a program without a console
    with quiet_libraries():
        done = True
    assert done
    say("nobody hears it")
    assert not Bars(Catalogue("id")).console.is_terminal


# ------------------------------------------------------------------ bad arguments: one line, 2, nothing begun
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review"], "VIDEO is not given. See: coach review --help"),
        (["review", "a.mp4", "--nope"], "There is no option --nope. See: coach review --help"),
        (["review", "a.mp4", "--json"], "The option --json needs a value."),
        (["review", "a.mp4", "--workers", "0"], "--workers 0 cannot be used."),
        (["review", "a.mp4", "--workers", "99999999999"], "--workers 99999999999 cannot be used."),
        (
            ["review", "a.mp4", "--protocol", "nope"],
            "There is no protocol nope. Known are: back_massage_short, oxytocin, shoulder_short;",
        ),
        (["review", "a.mp4", "--back", "1,2"], '--back "1,2" cannot be read.'),
        (
            ["review", "a.mp4", "--back", "439,106 188,111 198,422 447,411"],
            "In the --back points left and right are exchanged",
        ),
        (["review", "a.mp4", "--json", "no/r.json"], "Cannot write to no/r.json (there is no such folder)."),
        (["review", "a.mp4", "--json", "a.mp4"], "a.mp4 is the video under review."),
        (["review", "a.mp4", "--overlay", "./a.mp4"], "./a.mp4 is the video under review."),
        (["review", "a.mp4", "--overlay", "-"], "--overlay needs a file name"),
        (["review", "a.mp4", "b.mp4", "--json", "r.json"], "For several videos --json must be a folder"),
        (["review", "a.mp4", "b.mp4", "--overlay", "o.mp4"], "For several videos --overlay must be a folder"),
        (
            ["revue"],
            'There is no command "revue". Known: backup, doctor, mark, paper, practise, '
            "programme, protocols, review, serve, sessions.",
        ),
        (["protocols", "chek"], 'There is no command "chek". Known: check.'),
        (["protocols", "check"], "FILE is not given."),
        (["protocols", "check", "a", "b"], "This command cannot be used like that. See: coach protocols check --help"),
        (["mark", "a.mp4", "--at", "-1"], "--at -1 cannot be used."),
        (["mark", "a.mp4", "--at", "nan"], "--at nan cannot be used."),
    ],
)
def test_bad_arguments_are_one_line_and_2(run: Run, wiring: FakeWiring, arguments: list[str], said: str) -> None:
    result = run("--lang", "en", *arguments)
    assert one_line(result, 2).startswith(f"coach: {said}")
    assert result.stdout == ""
    assert wiring.calls == []
    assert one_line(run(*arguments), 2) != result.stderr


def test_a_language_that_is_not_there_is_told(run: Run) -> None:
    assert one_line(run("review", "a.mp4", "--lang", "fr"), 2) == "coach: --lang fr tidak ada. Pilih id atau en.\n"


def test_a_protocol_with_mistakes_is_one_line_for_a_review(run: Run) -> None:
    Path("bad.toml").write_text("id = 3\n[scoring]\npass_mark = 900", encoding="utf-8")
    line = one_line(run("review", "a.mp4", "--protocol", "bad.toml", "--lang", "en"), 2)
    assert "bad.toml needs work (places: " in line
    assert "See all: coach protocols check bad.toml" in line


def test_an_output_that_turns_unwritable_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "_check", lambda *_: None)
    result = run("review", "a.mp4", "--json", "gone/r.json")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("coach: Tidak dapat menulis ke gone/r.json (foldernya tidak ada).")


def test_control_characters_in_a_name_do_not_break_the_line(run: Run) -> None:
    assert "\x1b" not in one_line(run("review", "missing\n\x1b[2J.mp4"), 2)


# ------------------------------------------------------------------ help and protocols
@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["review", "--help"], ["protocols", "--help"], ["mark", "--help"]]
)
def test_help_is_in_both_languages(run: Run, arguments: list[str]) -> None:
    indonesian, english = run(*arguments), run(*arguments, "--lang", "en")
    assert (indonesian.exit_code, english.exit_code) == (0, 0)
    assert "Pemakaian: coach" in indonesian.stdout
    assert "Usage: coach" in english.stdout
    for word in ("Options", "Show", "help_", "option_"):
        assert word not in indonesian.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"coach {coach.__version__}\n"


def test_protocols_are_listed_also_those_that_need_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "oxytocin  Pijat oksitosin, versi 1.0 (13 langkah)" in run("protocols").stdout.splitlines()
    assert "shoulder_short  Short shoulder massage" in run("protocols", "--lang", "en").stdout
    (tmp_path / "broken.toml").write_text("x", encoding="utf-8")
    monkeypatch.setattr("coach.protocol.files.protocols_dir", lambda: tmp_path)
    assert "broken  perlu diperbaiki di 1 tempat" in run("protocols").stdout


def test_a_good_protocol_is_checked_with_0(run: Run) -> None:
    result = run("protocols", "check", str(protocols_dir() / "shoulder_short.toml"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 bagian, 3 langkah, 15 butir" in result.stdout


def test_a_bad_protocol_tells_all_its_mistakes_and_ends_with_2(run: Run) -> None:
    good = (protocols_dir() / "shoulder_short.toml").read_text(encoding="utf-8")
    Path("bad.toml").write_text(good.replace("[3, 4]", "[4, 3]").replace("= 70", "= 170"), encoding="utf-8")
    result = run("protocols", "check", "bad.toml", "--lang", "en")
    assert result.exit_code == 2
    head, *lines = result.stderr.splitlines()
    assert head == "bad.toml: places that need work: 2."
    assert [line.split(": ")[1] for line in lines] == ["scoring.pass_mark", 'segments[1] "palm_strokes" → count.target']


# ------------------------------------------------------------------ mark
def test_marking_prints_what_back_takes(run: Run, wiring: FakeWiring, monkeypatch: pytest.MonkeyPatch) -> None:
    corners = np.array([[100, 90], [400, 80], [410, 380], [90, 390]], dtype=np.float64)
    monkeypatch.setattr("coach.commands.mark.mark", lambda *_: corners / 2)
    result = run("mark", "a.mp4", "--at", "2.5")
    assert (result.exit_code, result.stdout) == (0, "100,90 400,80 410,380 90,390\n")
    assert wiring.calls == [("a.mp4", 2.5)]
    monkeypatch.setattr("coach.commands.mark.mark", lambda *_: corners[::-1] / 2)
    assert one_line(run("mark", "a.mp4"), 2).startswith("coach: Kiri dan kanan pada titik --back tertukar")


def test_marking_without_a_display_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert one_line(run("mark", "a.mp4"), 2).startswith("coach: Tidak ada layar untuk menandai titik.")


# ------------------------------------------------------------------ progress
def test_a_terminal_sees_a_bar_with_the_time_left() -> None:
    console = Console(force_terminal=True, width=100, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    ticks = iter(float(second) for second in range(1000))
    with console.file, Bars(Catalogue("id"), console, clock=lambda: next(ticks)).video("x/a[b].mp4") as move:
        for second in range(1, 6):
            move(float(second), 100.0)
    shown = console.export_text()
    assert "a[b].mp4" in shown
    assert "sisa " in shown
    assert "5%" in shown


def test_a_bar_over_several_videos_counts_them() -> None:
    console = Console(force_terminal=True, width=100, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    with console.file:
        assert list(Bars(Catalogue("en"), console).several(2, iter("ab"))) == ["a", "b"]
    assert "1 of 2 videos" in console.export_text()


# ------------------------------------------------------------------ the program itself
def test_the_installed_program_answers_without_loading_the_tracker() -> None:
    code = (
        "import sys\nfrom coach.cli import main\ntry: main(['protocols'])\nexcept SystemExit as end: print(end.code)\n"
    )
    code += "print([name for name in ('mediapipe', 'cv2', 'av', 'scipy') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["0", "[]"]


def test_pages_are_there_before_the_tracker_and_scipy_are_loaded() -> None:
    code = "import sys\nimport coach.commands.practise, coach.practice.program\n"
    code += "import coach.commands.serve, coach.trainer.program\n"
    code += "print([name for name in ('mediapipe', 'scipy', 'typst', 'xlsxwriter') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]"]


def test_a_reader_that_leaves_is_no_fault() -> None:
    program = [sys.executable, "-c", "from coach.cli import main; main()", "protocols"]
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as gone:
        done = subprocess.run(program, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


# ------------------------------------------------------------------ arguments that contradict each other
@pytest.mark.parametrize("option", ["--kader", "--posyandu"])
def test_whose_it_is_means_nothing_where_it_is_not_saved(run: Run, wiring: FakeWiring, option: str) -> None:
    assert f"{option} hanya berlaku bersama --save" in one_line(run("review", "a.mp4", option, "K01"), 2)
    assert wiring.calls == []


@pytest.mark.parametrize("code", ["K" * 201, "K\n01", "K\x00"])
def test_a_code_that_no_page_takes_is_refused_before_the_work(run: Run, wiring: FakeWiring, code: str) -> None:
    assert "--kader" in one_line(run("review", "a.mp4", "--save", "--data", "store", "--kader", code), 2)
    assert wiring.calls == []
    assert not Path("store").exists()


def test_two_results_in_one_file_are_refused(run: Run, wiring: FakeWiring) -> None:
    told = one_line(run("review", "a.mp4", "--json", "out.mp4", "--overlay", "./out.mp4"), 2)
    assert "out.mp4 diminta untuk dua hasil" in told
    assert wiring.calls == []
    assert run("review", "a.mp4", "--json", "out/", "--overlay", "out/").exit_code == 0


def test_a_protocol_that_is_a_pipe_or_without_end_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "itu bukan berkas biasa" in one_line(run("protocols", "check", "pipe.toml"), 2)
    (tmp_path / "deep.toml").write_text(".".join("a" * 300_000) + " = 1\n")
    (tmp_path / "inline.toml").write_text("x = " + "{a = " * 40 + "1" + "}" * 40 + "\n")
    for name in ("deep.toml", "inline.toml"):
        result = run("protocols", "check", name)
        assert (result.exit_code, "Traceback" in result.output) == (2, False)
        assert "30 tabel" in result.stderr.splitlines()[1]


def test_ctrl_c_while_python_loads_prints_nothing(tmp_path: Path) -> None:
    """The line of the module that is loaded first is stood in for by one that interrupts, as a person would."""
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nraise ImportError\n")
    line = "from coach.start import main; main()"
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", line, "--version"]
    ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_a_name_that_is_no_text_is_written_down_as_one() -> None:
    assert names.told("a/film.mp4") == "a/film.mp4"
    told = names.told(os.fsdecode(b"a/film\xff.mp4"))
    assert told == "a/film\ufffd.mp4"
    assert told.encode("utf-8")

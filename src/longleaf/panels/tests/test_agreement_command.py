"""`longleaf agreement`: a file in, every figure out, as tables and in one JSON form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

PAGE = Path(__file__).resolve().parents[4] / "docs/reference/agreement-json.md"
RATINGS = """subject,rater,criterion,rating
s1,ann,plan,yes
s1,bo,plan,yes
s2,ann,plan,partly
s2,bo,plan,no
s3,ann,plan,no
s3,bo,plan,no
s4,ann,plan,yes
s4,bo,plan,
s1,ann,reflect,yes
s1,bo,reflect,partly
s2,ann,reflect,yes
s2,bo,reflect,partly
s3,ann,reflect,no
s3,bo,reflect,no
"""
ORDER = ("--level", "ordinal", "--order", "no, partly, yes")
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*options: str, content: str = RATINGS) -> str:
        path = tmp_path / "ratings.csv"
        path.write_text(content)
        call_command("agreement", str(path), *options)
        return capsys.readouterr().out

    return command


def measured(run: Run, *options: str, content: str = RATINGS) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--json", *options, content=content))
    return found


def test_it_measures_over_all_and_for_each_criterion(run: Run):
    found = measured(run, *ORDER)
    assert found["categories"] == ["no", "partly", "yes"]
    assert found["missing"] == 1
    assert list(found["criteria"]) == ["plan", "reflect"]
    assert found["overall"]["counts"] == {"subjects": 4, "units": 7, "shared": 6, "raters": 2, "ratings": 13}
    assert found["overall"]["agreement"]["exact"]["value"] == pytest.approx(3 / 6)
    assert found["criteria"]["plan"]["agreement"]["exact"]["value"] == pytest.approx(2 / 3)
    assert found["overall"]["agreement"]["adjacent"]["value"] == 1
    assert found["overall"]["base_rate"]["counts"] == {"no": 5, "partly": 3, "yes": 5}
    assert found["overall"]["severity"]["bo"]["plain"]["value"] == pytest.approx(3 / 6)


def test_a_criterion_has_the_categories_that_could_be_given_on_it(run: Run):
    content = RATINGS.replace("s1,bo,reflect,partly", "s1,bo,reflect,yes").replace("reflect,partly", "reflect,no")
    of_file = measured(run, *ORDER, content=content)["criteria"]["reflect"]
    own = measured(run, *ORDER, "--order", "reflect=no,yes", content=content)
    assert of_file["categories"] == own["criteria"]["plan"]["categories"] == ["no", "partly", "yes"]
    assert own["criteria"]["reflect"]["categories"] == ["no", "yes"]
    # Two of three alike, shares of a half: by two categories chance is 1/2 and AC1 1/3, by three it is 1/4 and 5/9.
    assert own["criteria"]["reflect"]["agreement"]["ac1"]["value"] == pytest.approx(1 / 3)
    assert of_file["agreement"]["ac1"]["value"] == pytest.approx(5 / 9)
    told = run(*ORDER, content=content)
    assert "Only 2 of 3 categories are used here" in told
    assert '--order "reflect=no,yes"' in told
    assert "Only 2 of 3" not in run(*ORDER, "--order", "reflect=no,yes", content=content)


def test_an_order_of_a_criterion_that_does_not_fit_is_refused(run: Run, capsys: pytest.CaptureFixture[str]):
    for order, said in (("plans=no,yes", "“plans” is no criterion"), ("plan=no,yes", "Line 4: “partly” is not in")):
        with pytest.raises(SystemExit):
            run(*ORDER, "--order", order)
        assert said in capsys.readouterr().err


def test_one_criterion_is_not_told_twice(run: Run):
    assert measured(run, content="subject,rater,rating\ns,ann,1\ns,bo,1\n")["criteria"] == {}


def test_a_nominal_scale_leaves_out_what_needs_an_order(run: Run):
    found = measured(run)
    assert list(found["overall"]["agreement"]) == ["exact", "adjacent", "kappa", "fleiss_kappa", "ac1", "alpha_nominal"]
    assert found["overall"]["agreement"]["adjacent"]["reason"] == "The categories of a nominal scale have no order."


def test_the_json_form_is_documented_name_by_name(run: Run):
    text = PAGE.read_text(encoding="utf-8")
    overall = measured(run, *ORDER)["overall"]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    described = {code for cell in rows for code in re.findall(r"`([^`]+)`", cell)}
    assert set(overall["agreement"]) <= described
    assert {f"counts.{name}" for name in overall["counts"]} <= described
    assert {*measured(run, *ORDER), *overall} - {"counts"} <= described
    example = json.loads(re.findall(r"(?s)```json\n(.*?)```", text)[0])
    assert set(example) == set(measured(run, *ORDER))
    assert set(example["overall"]) == set(overall)
    assert set(example["overall"]["base_rate"]) == set(overall["base_rate"])
    assert set(example["overall"]["severity"]["ann"]) == set(overall["severity"]["ann"])


def test_the_tables_tell_every_figure_and_the_most_severe_first(run: Run):
    told = run(*ORDER)
    for words in ("Over all", "plan", "reflect", "13 ratings by 2 raters of 4 subjects", "Gwet's AC1", "38.5%"):
        assert words in told
    assert told.index("  bo ") < told.index("  ann ")


def test_a_figure_that_is_not_defined_says_why(run: Run):
    told = run(content="subject,rater,rating\ns,ann,1\nt,bo,1\n")
    assert "No subject was rated by two raters." in told
    assert "Severity" not in told


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(RATINGS.encode())))
    call_command("agreement", "-")
    assert "13 ratings" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["subject,rater,rating\n,ann,1\n,bo,1\n", "subject,rater\n"])
def test_a_file_with_mistakes_is_refused_with_all_of_them(run: Run, capsys: pytest.CaptureFixture[str], content: str):
    with pytest.raises(SystemExit) as ended:
        run(content=content)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("Line ") == content.count(",bo,") + 1


def test_a_file_that_is_not_there_is_said_so(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        call_command("agreement", "nowhere.csv")
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip() == "nowhere.csv cannot be read: No such file or directory."


def test_an_unknown_level_is_not_understood():
    with pytest.raises(CommandError):
        call_command("agreement", "any.csv", "--level", "ratio")

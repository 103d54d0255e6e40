"""A mould signs byte for byte what the general way signs, refuses what it refuses, or says that it cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.openbadges import apart, building, contexts, keys, moulds, proving, status
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.moulds import DoesNotFit, Mould

from . import cast

# The first credential of a shape takes longer: its shape is pressed with it.
unhurried = settings(deadline=None)
CREDENTIAL = cast.CREDENTIAL
READERS = building.ResultDescription(key="judgement/readers", name="Number of readers")
MANNER = building.ResultDescription(
    key="judgement/manner", name="Manner", type="Status", allowed_values=("open", "blind"), required_value="blind"
)
SHARE = building.ResultDescription(
    key="share", name="100%", type="Percent", allowed_values=("0", "50", "100"), value_min="0", value_max="100"
)
# Without and with a rubric, without and with values to be told, and with these in lists, of which the order is signed.
ACHIEVEMENTS = (
    cast.ACHIEVEMENT,
    replace(cast.ACHIEVEMENT, result_descriptions=(READERS,)),
    replace(cast.ACHIEVEMENT, result_descriptions=(READERS, MANNER, SHARE)),
    replace(cast.ACHIEVEMENT, rubric=()),
    replace(cast.ACHIEVEMENT, rubric=(), result_descriptions=(MANNER,)),
)
MOULDS = {each: Mould(issuer=cast.PROFILE, achievement=each) for each in ACHIEVEMENTS}
MOULD = MOULDS[cast.ACHIEVEMENT]


@dataclass
class Recorder:
    """A signer that may be far away: it notes what it is asked for."""

    verification_method: str = cast.SIGNER.verification_method
    asked: list[bytes] = field(default_factory=list)

    def sign(self, data: bytes) -> bytes:
        self.asked.append(data)
        return cast.SIGNER.sign(data)


def generally(credential: building.Credential, created: datetime = cast.ISSUED) -> str:
    document = building.achievement_credential(credential)
    return json.dumps(proving.add_proof(document, signer=cast.SIGNER, created=created))


def moulded(credential: building.Credential, created: datetime = cast.ISSUED) -> str:
    return json.dumps(MOULDS[credential.achievement].sign(credential, signer=cast.SIGNER, created=created))


def outcome(sign: Any, credential: building.Credential, created: datetime) -> str:
    try:
        return str(sign(credential, created))
    except CannotBuild as refused:
        return f"refused: {refused}"
    except DoesNotFit:
        return "does not fit"


# --- Credentials of every kind ---------------------------------------------------------------------------------------

LETTERS = 'aé“”’"\\ \n\t%s{}<>&,;:_@#/学🌲\U0010ffff\u200d\u0301'
TEXTS = st.text(
    st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=12
)
PLAIN_TEXTS = TEXTS.filter(lambda text: text.strip() and text[:1] != "@" and text[:2] != "_:")
ODD_TEXTS = st.sampled_from(
    [" ", "@id", "@school", "urn:x-undefined:a", "_:b0", "\x07", "\x7f", "\ufffe", "\U0001ffff", "\u0085", "", "\ud800"]
)
ADDRESSES = st.builds(
    "{}/{}{}".format,
    st.sampled_from(["https://files.example", "http://localhost:8000", "urn:uuid:0f1e", "did:web:a.example:b"]),
    st.integers(0, 10**6),
    st.sampled_from(["", "?a=1&b=%20", "#part", "/~ana/a'b(1).mp4"]),
)
ODD_ADDRESSES = st.sampled_from(
    [
        "https://a.example/é",
        "relative",
        "https://a b",
        "gopher://a.example",
        "_:b0",
        cast.ISSUER,
        CREDENTIAL.id,
        " ",
        "x",
    ]
)
MOMENTS = st.builds(
    lambda minutes, zone: (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(0, 4_000_000),
    st.sampled_from([UTC, timezone(timedelta(hours=-5))]),
)


def evidence(texts: st.SearchStrategy[str], addresses: st.SearchStrategy[str]) -> st.SearchStrategy[building.Evidence]:
    maybe = st.just("") | texts
    return st.builds(
        building.Evidence,
        url=st.just("") | addresses,
        name=maybe,
        description=maybe,
        narrative=maybe,
        genre=maybe,
        audience=maybe,
    )


def further_results(
    achievement: building.Achievement, texts: st.SearchStrategy[str]
) -> st.SearchStrategy[tuple[building.FurtherResult, ...]]:
    keys = [each.key for each in achievement.result_descriptions]
    if not keys:
        return st.just(())
    found = st.builds(building.FurtherResult, description=st.sampled_from(keys), value=texts)
    return st.lists(found, max_size=3, unique_by=lambda each: each.description).map(tuple)


def credentials(
    texts: st.SearchStrategy[str], addresses: st.SearchStrategy[str]
) -> st.SearchStrategy[building.Credential]:
    return st.sampled_from(ACHIEVEMENTS).flatmap(lambda achievement: credentials_of(achievement, texts, addresses))


def credentials_of(
    achievement: building.Achievement, texts: st.SearchStrategy[str], addresses: st.SearchStrategy[str]
) -> st.SearchStrategy[building.Credential]:
    maybe = st.just("") | texts
    kinds = st.sampled_from(["emailAddress", "sourcedId", "name"])
    identities = st.builds(building.Identity, hash=texts, salt=texts, type=kinds) | st.builds(
        building.PlainIdentity, identity=texts, type=kinds
    )
    results = st.lists(
        st.builds(
            building.Result,
            criterion=st.sampled_from(["plan", "use"]),
            level=st.sampled_from(["not-yet", "demonstrated"]),
            value=maybe,
        ),
        max_size=2 if achievement.rubric else 0,
        unique_by=lambda found: found.criterion,
    )
    return st.builds(
        building.Credential,
        id=addresses,
        name=texts,
        issuer=st.just(cast.PROFILE),
        achievement=st.just(achievement),
        subject=st.builds(
            building.Subject, id=st.just("") | addresses, identities=st.lists(identities, max_size=3).map(tuple)
        ),
        valid_from=MOMENTS,
        valid_until=st.none() | MOMENTS.map(lambda moment: moment + timedelta(days=4000)),
        awarded=st.none() | MOMENTS,
        description=maybe,
        narrative=maybe,
        image=st.none() | st.builds(building.Image, url=addresses, caption=maybe),
        results=results.map(tuple),
        further_results=further_results(achievement, texts),
        evidence=st.lists(evidence(texts, addresses), max_size=3).map(tuple),
        status=st.none()
        | st.builds(
            status.StatusEntry,
            list_url=addresses,
            index=st.integers(0, 10**7),
            purpose=st.sampled_from([status.REVOCATION, status.SUSPENSION]),
        ),
        names_schema=st.booleans(),
    )


@unhurried
@given(credentials(PLAIN_TEXTS, ADDRESSES), MOMENTS)
def test_it_signs_byte_for_byte_what_the_general_way_signs(credential: building.Credential, created: datetime) -> None:
    made = outcome(moulded, credential, created)
    if made != "does not fit":
        assert made == outcome(generally, credential, created)


@unhurried
@given(credentials(PLAIN_TEXTS | ODD_TEXTS, ADDRESSES | ODD_ADDRESSES), MOMENTS)
def test_it_never_signs_what_the_general_way_refuses(credential: building.Credential, created: datetime) -> None:
    made, expected = outcome(moulded, credential, created), outcome(generally, credential, created)
    assert made == expected or (made == "does not fit" and not expected.startswith("refused"))


@unhurried
@given(PLAIN_TEXTS, ADDRESSES, PLAIN_TEXTS, st.integers(0, 10**6))
def test_credentials_of_one_shape_all_fit(name: str, address: str, narrative: str, index: int) -> None:
    credential = replace(
        CREDENTIAL,
        id=f"https://badges.example/awards/{index}",
        name=name,
        narrative=narrative,
        evidence=(building.Evidence(url=f"{address}x", name=name, narrative=narrative),),
        status=status.StatusEntry(list_url=cast.LIST_URL, index=index),
    )
    assert moulded(credential) == generally(credential)


@pytest.mark.parametrize("level", ["not-yet", "demonstrated"])
def test_each_level_of_a_result_is_signed_as_it_was_reached(level: str) -> None:
    credential = replace(CREDENTIAL, results=(building.Result(criterion="use", level=level, value="3"),))
    assert moulded(credential) == generally(credential)


def test_several_identities_are_put_in_the_order_that_their_hashes_have() -> None:
    for number in range(12):
        identities = tuple(building.Identity.of_email(f"{n}@a.example", salt=f"{number}") for n in range(3))
        credential = replace(CREDENTIAL, subject=building.Subject(id="urn:uuid:1", identities=identities))
        assert moulded(credential) == generally(credential)


@unhurried
@given(st.sampled_from(ACHIEVEMENTS[1:3]), PLAIN_TEXTS, PLAIN_TEXTS)
def test_a_name_in_plain_and_values_that_are_told_fit(achievement: building.Achievement, name: str, value: str) -> None:
    (address,) = CREDENTIAL.subject.identities
    credential = replace(
        CREDENTIAL,
        achievement=achievement,
        subject=building.Subject(identities=(address, building.PlainIdentity(identity=name))),
        further_results=(building.FurtherResult(description=READERS.key, value=value),),
    )
    assert moulded(credential) == generally(credential)


def test_a_list_is_signed_in_its_order() -> None:
    turned = replace(MANNER, allowed_values=MANNER.allowed_values[::-1])
    proofs = set()
    for manner in (MANNER, turned):
        achievement = replace(cast.ACHIEVEMENT, result_descriptions=(manner,))
        mould = Mould(issuer=cast.PROFILE, achievement=achievement)
        credential = replace(CREDENTIAL, achievement=achievement)
        signed = mould.sign(credential, signer=cast.SIGNER, created=cast.ISSUED)
        assert json.dumps(signed) == generally(credential)
        proofs.add(signed["proof"][0]["proofValue"])
    assert len(proofs) == 2


def test_two_lists_that_end_alike_do_not_fit_and_are_signed_one_by_one() -> None:
    alike = (MANNER, replace(MANNER, key="judgement/second-manner"))
    achievement = replace(cast.ACHIEVEMENT, result_descriptions=alike)
    mould = Mould(issuer=cast.PROFILE, achievement=achievement)
    credential = replace(CREDENTIAL, achievement=achievement)
    with pytest.raises(DoesNotFit):
        mould.sign(credential, signer=cast.SIGNER, created=cast.ISSUED)
    assert generally(credential)


def test_ids_of_parts_are_uuids_of_version_5() -> None:
    whole, parts = "https://badges.example/ä/1", ("subject", "evidence/0", "result/ü")
    by_the_standard_library = [f"urn:uuid:{uuid5(NAMESPACE_URL, f'{whole}#{part}')}" for part in parts]
    assert apart.derived(whole, parts) == by_the_standard_library


# --- Signing ---------------------------------------------------------------------------------------------------------


def test_a_signer_is_asked_once_for_each_credential_and_for_nothing_else() -> None:
    signer = Recorder()
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT)
    for index in range(5):
        mould.sign(replace(CREDENTIAL, id=f"urn:uuid:{index}"), signer=signer, created=cast.ISSUED)
    assert [len(data) for data in signer.asked] == [64] * 5


def test_what_does_not_fit_or_is_refused_is_not_signed() -> None:
    signer = Recorder()
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT)
    with pytest.raises(DoesNotFit):
        mould.sign(replace(CREDENTIAL, id="https://badges.example/é"), signer=signer, created=cast.ISSUED)
    with pytest.raises(CannotBuild):
        mould.sign(replace(CREDENTIAL, name=" "), signer=signer, created=cast.ISSUED)
    assert signer.asked == []


def test_a_key_that_is_replaced_meanwhile_is_named_in_what_it_signs() -> None:
    signer = Recorder()
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT)
    mould.sign(CREDENTIAL, signer=signer, created=cast.ISSUED)
    signer.verification_method = f"{cast.ISSUER}#next"
    (proof,) = mould.sign(CREDENTIAL, signer=signer, created=cast.ISSUED)["proof"]
    assert proof["verificationMethod"] == f"{cast.ISSUER}#next"
    other = proving.add_proof(building.achievement_credential(CREDENTIAL), signer=signer, created=cast.ISSUED)
    assert other["proof"] == [proof]


def test_one_credential_does_not_show_in_the_next() -> None:
    first, second = replace(CREDENTIAL, id="urn:uuid:1", name="One"), replace(CREDENTIAL, id="urn:uuid:2", name="Two")
    documents = [MOULD.sign(each, signer=cast.SIGNER, created=cast.ISSUED) for each in (first, second, first)]
    assert documents[0] == documents[2]
    assert json.dumps(documents[0]) == generally(first)
    assert json.dumps(documents[1]) == generally(second)


# --- What does not fit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"issuer": replace(cast.PROFILE, name="Another")}, "Its issuer is another"),
        ({"achievement": replace(cast.ACHIEVEMENT, name="Another")}, "Its achievement is another"),
        ({"evidence": (building.Evidence(url="https://a.example/é"),)}, "does not fit"),
        ({"evidence": (building.Evidence(url="urn:x", name="A"), building.Evidence(url="urn:x", name="B"))}, "fit"),
        ({"results": CREDENTIAL.results[:1] * 2}, "two results for one criterion"),
        ({"subject": building.Subject(identities=(building.PlainIdentity(identity="Ana"),) * 2)}, "does not fit"),
        ({"name": "@5 a clock"}, "looked at by itself"),
    ],
)
def test_what_does_not_fit_says_why_and_can_be_signed_by_itself(change: Mapping[str, Any], because: str) -> None:
    credential = replace(CREDENTIAL, **change)
    with pytest.raises(DoesNotFit, match=because):
        MOULD.sign(credential, signer=cast.SIGNER, created=cast.ISSUED)
    assert generally(credential)


def test_equal_issuer_and_achievement_fit_though_they_were_made_anew() -> None:
    again = replace(CREDENTIAL, issuer=replace(cast.PROFILE), achievement=replace(cast.ACHIEVEMENT))
    assert moulded(again) == generally(again)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"id": ""},
        {"id": "relative"},
        {"subject": building.Subject()},
        {"valid_until": CREDENTIAL.valid_from},
        {"valid_from": cast.ISSUED.replace(tzinfo=None)},
        {"status": status.StatusEntry(list_url=cast.LIST_URL, index=-1)},
        {"results": (building.Result(criterion="plan", level="unheard of"),)},
        {"further_results": (building.FurtherResult(description="unheard of", value="1"),)},
        {"subject": building.Subject(identities=(building.PlainIdentity(identity="\x00"),))},
        {"narrative": "\x00"},
        {"description": "@vocab"},
        {"description": "urn:x-undefined:a"},
        {"evidence": (building.Evidence(url="_:b0"),)},
        {"image": building.Image(url=" ")},
    ],
)
def test_it_refuses_in_the_words_of_the_general_way(change: Mapping[str, Any]) -> None:
    credential = (
        replace(CREDENTIAL, **change) if "valid_from" not in change else replace(CREDENTIAL, valid_until=None, **change)
    )
    with pytest.raises(CannotBuild) as expected:
        generally(credential)
    with pytest.raises(CannotBuild) as found:
        MOULD.sign(credential, signer=cast.SIGNER, created=cast.ISSUED)
    assert str(found.value) == str(expected.value)


def test_an_issuer_or_achievement_that_lacks_something_makes_no_mould() -> None:
    with pytest.raises(CannotBuild, match="the achievement's name"):
        Mould(issuer=cast.PROFILE, achievement=replace(cast.ACHIEVEMENT, name=""))


def test_a_part_that_the_mould_cannot_explain_is_turned_down(monkeypatch: pytest.MonkeyPatch) -> None:
    build = building.achievement_credential

    def with_something_new(credential: building.Credential) -> dict[str, Any]:
        return {**build(credential), "description": credential.name.upper()}

    monkeypatch.setattr(building, "achievement_credential", with_something_new)
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT)
    with pytest.raises(DoesNotFit, match="comes from nothing that is known to vary"):
        mould.sign(CREDENTIAL, signer=cast.SIGNER, created=cast.ISSUED)


def test_contexts_that_change_what_an_address_means_are_turned_down() -> None:
    known = {url: dict(text) for url, text in contexts.pinned().items()}
    words = dict(known[contexts.OPEN_BADGES]["@context"], https="urn:changed:")
    known[contexts.OPEN_BADGES] = {"@context": words}
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT, contexts=known)
    with pytest.raises((DoesNotFit, CannotBuild)):
        mould.sign(CREDENTIAL, signer=cast.SIGNER, created=cast.ISSUED)


def test_shapes_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "_MOST_SHAPES", 2)
    mould = Mould(issuer=cast.PROFILE, achievement=cast.ACHIEVEMENT)
    for change in ({"description": ""}, {"narrative": ""}, {"status": None}, {"description": ""}):
        credential = replace(CREDENTIAL, **change)
        assert json.dumps(mould.sign(credential, signer=cast.SIGNER, created=cast.ISSUED)) == generally(credential)
    assert len(mould._impressions) <= 2


def test_what_a_mould_signs_is_checked_like_everything_else() -> None:
    signed = MOULD.sign(CREDENTIAL, signer=cast.SIGNER, created=cast.ISSUED)
    key = keys.public_key_from_multikey(cast.SIGNER.multikey)
    proving.check_proof(signed, proving.proofs_of(signed)[0], public_key=key, now=cast.NOW)

"""What a JSON-LD document says, as the one text that everybody signs: canonical N-Quads.

JSON-LD libraries drop what they do not know, and what is dropped is not signed. So nothing may be dropped
here: a catch-all vocabulary and a marker base are added to every context, and whatever ends up under either is
refused. Names with a colon or an `@` are refused too, for they could say a known thing under an unknown
name (an expiry date that nobody sees). What is refused is reported as not checkable, with its place.

Follows JSON-LD 1.1 (PyLD) and RDF Dataset Canonicalization 1.0 (pyoxigraph).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph
from pyld import jsonld

from . import statements
from .contexts import Contexts
from .errors import NotCheckable
from .processor import BASE, CATCH_ALL, ERRORS, UNDEFINED, options

_LOOKS_LIKE_KEYWORD = re.compile(r"@[A-Za-z]+")
_MOST_VALUES_OF_A_MEMBER = 300
# Members that decide whether a credential may be believed, and the statements they stand for.
_DECISIVE = {
    "https://www.w3.org/2018/credentials#validFrom": "validFrom",
    "https://www.w3.org/2018/credentials#validUntil": "validUntil",
    "https://www.w3.org/2018/credentials#issuanceDate": "issuanceDate",
    "https://www.w3.org/2018/credentials#expirationDate": "expirationDate",
    "https://www.w3.org/2018/credentials#credentialStatus": "credentialStatus",
    "https://www.w3.org/2018/credentials#issuer": "issuer",
    "https://www.w3.org/2018/credentials#credentialSubject": "credentialSubject",
}
# Canonicalization tries every order of nameless parts that look alike and hang on a nameless part. Names of
# such parts (`_:a`) are refused above, so they form trees; within these limits a tree takes under 0.1 s.
_MOST_TANGLED_NODES = 40
_MOST_ALIKE_SIBLINGS = 4


def canonical(document: Mapping[str, Any], *, contexts: Contexts) -> bytes:
    """The canonical N-Quads of a document.

    Raises `NotCheckable` when a context is unknown, a term is undefined, a statement is hidden, or the
    document is tangled beyond what can be put in order in bounded time.
    """
    ordered = statements.in_order(document, contexts=contexts)
    return _signed_text(document, by_reference(document, contexts=contexts) if ordered is None else ordered)


def by_reference(document: Mapping[str, Any], *, contexts: Contexts) -> list[str]:
    """The lines of the canonical form as the reference libraries make them, whatever the document is like.

    Raises as `canonical`, which asks `statements` first: that is quicker where it knows every word.
    """
    _refuse_unknown_contexts(document, contexts)
    _refuse_odd_names(document)
    _refuse_long_lists(document)
    return _in_order(_to_nquads(_expand(document, contexts), contexts))


def _signed_text(document: Mapping[str, Any], ordered: list[str]) -> bytes:
    _refuse_hidden_members(document, ordered)
    return "".join(ordered).encode("utf-8")


def _expand(document: Mapping[str, Any], contexts: Contexts) -> Any:
    marked = _with_catch_all(document)
    try:
        expanded = jsonld.expand(marked, options(contexts))
    except ERRORS as problem:
        raise NotCheckable(
            f"Its terms cannot be read as linked data ({_innermost(problem)}). Ask the issuer for a corrected copy."
        ) from None
    for found in _strings(expanded):
        if found.startswith((UNDEFINED, BASE)):
            term = found.removeprefix(UNDEFINED).removeprefix(BASE)
            raise NotCheckable(
                f"It uses {term!r}, which none of its contexts defines, so no signature can cover it."
                " Ask the issuer for a corrected copy."
            )
    return expanded


def _to_nquads(expanded: Any, contexts: Contexts) -> str:
    try:
        nquads: str = jsonld.to_rdf(expanded, {**options(contexts), "format": "application/n-quads"})
    except ERRORS as problem:
        raise NotCheckable(f"It cannot be read as linked data ({_innermost(problem)}).") from None
    return nquads


def _in_order(nquads: str) -> list[str]:
    try:
        quads = list(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    except (SyntaxError, ValueError):
        raise NotCheckable(
            "It holds an address that is not written as addresses are. Ask the issuer for a corrected copy."
        ) from None
    look = _looks(quads)
    if len(set(look.values())) < len(look):
        _refuse_tangles(quads, look)
        # Where nameless parts look alike, pyoxigraph 0.5 puts named graphs in another order than everybody else.
        return _in_order_by_pyld(nquads)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} .\n" for quad in dataset)


def _in_order_by_pyld(nquads: str) -> list[str]:
    form = "application/n-quads"
    options = {"algorithm": "URDNA2015", "inputFormat": form, "format": form}
    try:
        ordered: str = jsonld.normalize(nquads, options)
    except ERRORS as problem:
        raise NotCheckable(f"It cannot be put in order ({_innermost(problem)}).") from None
    return ordered.splitlines(keepends=True)


def _with_catch_all(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the catch-all before its own contexts, so that a vocabulary of theirs still wins."""
    marked = {name: _with_inner_catch_all(name, member) for name, member in document.items()}
    marked["@context"] = [CATCH_ALL, *_as_list(document.get("@context", []))]
    return marked


def _with_inner_catch_all(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_with_inner_catch_all(name, item) for item in value]
    if not isinstance(value, Mapping):
        return value
    # Under this name JSON-LD forgets every context, and with them the catch-all.
    if name == "verifiableCredential":
        return _with_catch_all(value)
    return {inner: _with_inner_catch_all(inner, member) for inner, member in value.items()}


def _refuse_unknown_contexts(value: Any, contexts: Contexts) -> None:
    for holder in _objects(value):
        for context in _as_list(holder.get("@context", [])):
            if not isinstance(context, str):
                raise NotCheckable(
                    "It defines words of its own inside the credential. Such words could hide what it says, so"
                    " they are not followed. Ask the issuer for a copy that uses published contexts only."
                )
            if context not in contexts:
                raise NotCheckable(
                    f"It is written in the terms of {context}, which are not known here, so its seal cannot be"
                    " checked. Ask the issuer which verifier supports it."
                )


def _refuse_long_lists(document: Mapping[str, Any]) -> None:
    """PyLD compares every value of a member with every other, also where one id stands in many places."""
    values: Counter[tuple[str, str]] = Counter()
    for position, holder in enumerate(_objects(document)):
        named = holder.get("id")
        subject = named if isinstance(named, str) else f"#{position}"
        for name, member in holder.items():
            values[subject, name] += len(_as_list(member))
    if max(values.values(), default=0) > _MOST_VALUES_OF_A_MEMBER:
        raise NotCheckable(f"One of its members has more than {_MOST_VALUES_OF_A_MEMBER} values, too many to check.")


def _refuse_odd_names(document: Mapping[str, Any]) -> None:
    for holder in _objects(document):
        for name in holder:
            if name != "@context" and (":" in name or name.startswith("@")):
                raise NotCheckable(
                    f"It uses the name {name!r}, under which a known statement could hide."
                    " Ask the issuer for a corrected copy."
                )
        # What stands under this name starts with no context at all: without its own, all of it would vanish.
        for nested in _as_list(holder.get("verifiableCredential", [])):
            if isinstance(nested, Mapping) and "@context" not in nested:
                raise NotCheckable("It contains a credential without a context. Ask the issuer for a corrected copy.")
    for text in _strings(document):
        if _LOOKS_LIKE_KEYWORD.fullmatch(text) and text != "@context":
            raise NotCheckable(
                f"It holds the text {text!r}, which linked data drops without a word."
                " Ask the issuer for a corrected copy."
            )
        if text.startswith("_:"):
            raise NotCheckable(
                f"It gives a part the name {text!r}, which means nothing outside of it."
                " Ask the issuer for a copy in which every part has a proper id."
            )


def _refuse_hidden_members(document: Mapping[str, Any], nquads: list[str]) -> None:
    """No statement that decides about the credential may be made anywhere but in its own member."""
    subject = f"<{document.get('id', '')}> <"
    said = Counter(line[len(subject) :].partition(">")[0] for line in nquads if line.startswith(subject))
    for predicate, member in _DECISIVE.items():
        shown = _as_list(document[member]) if document.get(member) else []
        if said[predicate] > len(shown):
            raise NotCheckable(
                f"Its {member} is not where everybody looks for it. Somebody may have moved it to hide it;"
                " ask the issuer for a fresh copy."
            )


def _refuse_tangles(quads: list[Any], look: Mapping[Any, str]) -> None:
    alike = Counter(look.values())
    touching = [nodes for nodes in map(_blank_nodes, quads) if len(set(nodes)) > 1]
    tangled = {node for nodes in touching for node in nodes if alike[look[node]] > 1}
    siblings = Counter(
        (quad.subject, quad.predicate, look[quad.object])
        for quad in quads
        if quad.object in tangled and isinstance(quad.subject, pyoxigraph.BlankNode)
    )
    if len(tangled) > _MOST_TANGLED_NODES or max(siblings.values(), default=0) > _MOST_ALIKE_SIBLINGS:
        raise NotCheckable(
            "Too many of its parts are alike and without a name, so it cannot be put in order in reasonable time."
            " Ask the issuer for a copy in which every part has an id."
        )


def _looks(quads: list[Any]) -> dict[Any, str]:
    """What each blank node looks like from its own statements, other blank nodes taken as equal."""
    seen: dict[Any, list[str]] = defaultdict(list)
    for quad in quads:
        for node in set(_blank_nodes(quad)):
            terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            seen[node].append(
                " ".join("_:this" if term == node else _plain(term) for term in terms),
            )
    return {node: "\n".join(sorted(lines)) for node, lines in seen.items()}


def _plain(term: Any) -> str:
    return "_:other" if isinstance(term, pyoxigraph.BlankNode) else str(term)


def _blank_nodes(quad: Any) -> list[Any]:
    terms = (quad.subject, quad.object, quad.graph_name)
    return [term for term in terms if isinstance(term, pyoxigraph.BlankNode)]


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield name
            yield from _strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _innermost(problem: BaseException) -> str:
    while problem.__cause__ is not None:
        problem = problem.__cause__
    return str(getattr(problem, "code", None) or problem)

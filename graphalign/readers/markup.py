"""YAML and JSON to plain values, every scalar as text: nothing is run, nothing explodes, no key is said twice."""

from __future__ import annotations

import json
from typing import Any

from graphalign.errors import InputError

MOST_YAML, MOST_JSON = 64 << 20, 256 << 20
MOST_DEPTH, MOST_ALIASES, MOST_VALUES = 100, 1_000, 5_000_000


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def parse(data: bytes, file: str, *, as_json: bool) -> Any:  # noqa: ANN401 (whatever the document holds)
    """Return what a document holds: dictionaries, lists, texts and None.

    Parameters
    ----------
    data
        The bytes of the file, UTF-8 or UTF-16.
    file
        What to call it in errors.
    as_json
        Whether it is JSON; else YAML.

    Raises
    ------
    graphalign.errors.InputError
        If it is neither, too large or too deep, has a tag or a key twice, or has aliases that multiply.

    >>> parse(b"goals: [{id: 007, shared: yes, due: 2026-01-01, name: }]", "a.yaml", as_json=False)
    {'goals': [{'id': '007', 'shared': 'yes', 'due': '2026-01-01', 'name': None}]}
    """
    most = MOST_JSON if as_json else MOST_YAML
    if len(data) > most:
        raise InputError(f"is larger than {most >> 20} MB", where=file, way_out="give so large an alliance as CSV")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeError:
        raise InputError("is neither UTF-8 nor UTF-16", where=file, way_out="save it as UTF-8") from None
    if not text.strip():
        raise InputError("is empty", where=file, way_out="see the README for what it should look like")
    return _json(text, file) if as_json else _yaml(text, file)


def _json(text: str, file: str) -> Any:  # noqa: ANN401
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if not all(map(is_text, result)):
            raise InputError("has a key with a NUL or half a character", where=file, way_out="write the key again")
        if len(result) < len(pairs):
            seen: set[str] = set()
            raise _TwiceError(next(k for k, _ in pairs if k in seen or seen.add(k)))  # type: ignore[func-returns-value]
        return result

    try:
        value = json.loads(text, object_pairs_hook=once, parse_int=str, parse_float=_number, parse_constant=str)
        _bounded(value, file)
    except _TwiceError as error:
        raise InputError(
            f"has the key {str(error)[:80]!r} twice in one object", where=file, way_out="keep one of them"
        ) from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"is not JSON (line {error.lineno}: {error.msg})", where=file, way_out="mend that line"
        ) from None
    except RecursionError:
        raise InputError("is nested too deep", where=file, way_out=f"nest at most {MOST_DEPTH} levels") from None
    return _as_text(value)


def is_text(value: str) -> bool:
    r"""Return whether a text can be kept: no NUL, no half of a surrogate pair, which JSON can spell.

    >>> is_text("a\0"), is_text("\ud800"), is_text("\U0001f6a2")
    (False, False, True)
    """
    return "\0" not in value and (value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value))


def _number(text: str) -> str:
    value = float(text)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _as_text(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {k: _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _bounded(value: Any, file: str) -> None:  # noqa: ANN401
    """Refuse what is nested too deep, without recursion."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise InputError("is nested too deep", where=file, way_out=f"nest at most {MOST_DEPTH} levels")
        level = [c for v in level if isinstance(v, dict | list) for c in (v.values() if isinstance(v, dict) else v)]


def _yaml(text: str, file: str) -> Any:  # noqa: ANN401
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_events(yaml.parse(text, Loader=loader), file)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1}: {getattr(error, 'problem', '')})" if mark else ""
        raise InputError(f"is not YAML{line}", where=file, way_out="mend that line") from None
    except RecursionError:
        raise InputError("is nested too deep", where=file, way_out=f"nest at most {MOST_DEPTH} levels") from None
    return _plain(node, file, [0]) if node is not None else None


def _check_events(events: Any, file: str) -> None:  # noqa: ANN401
    import yaml

    depth = aliases = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        aliases += isinstance(event, yaml.AliasEvent)
        line = event.start_mark.line + 1
        if depth > MOST_DEPTH:
            raise InputError(
                f"is nested too deep (line {line})", where=file, way_out=f"nest at most {MOST_DEPTH} levels"
            )
        if aliases > MOST_ALIASES:
            raise InputError(
                f"has more than {MOST_ALIASES:,} aliases (line {line})", where=file, way_out="write them out"
            )
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in (
            "!",
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:map",
            "tag:yaml.org,2002:seq",
        ):
            raise InputError(
                f"has a tag, {str(tag)[:60]!r} (line {line})",
                where=file,
                way_out="remove it; only plain values are read",
            )


def _plain(node: Any, file: str, seen: list[int], within: tuple[int, ...] = ()) -> Any:  # noqa: ANN401
    """Return a composed node as plain values, its scalars as they are written; null where nothing, ~ or null stands."""
    import yaml

    seen[0] += 1
    line = node.start_mark.line + 1
    if seen[0] > MOST_VALUES:
        raise InputError("has aliases that multiply", where=file, way_out="write them out")
    if id(node) in within:
        raise InputError(f"has an alias inside itself (line {line})", where=file, way_out="remove it")
    inner = (*within, id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, file, seen, inner) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise InputError(f"has a key that is no text (line {line})", where=file, way_out="use a plain word")
            if key.value in result:
                at = key.start_mark.line + 1
                raise InputError(
                    f"has the key {key.value[:80]!r} twice (line {at})", where=file, way_out="keep one of them"
                )
            result[key.value] = _plain(child, file, seen, inner)
        return result
    # The parser in C says "" of a plain scalar, the one in Python None.
    plain = not node.style and node.value in ("", "~", "null", "Null", "NULL")
    return None if plain else node.value

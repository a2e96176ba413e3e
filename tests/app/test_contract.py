from app import schemas, types_for_js
from app.paths import resource_folder


def test_the_types_of_the_page_are_those_of_the_schemas():
    written = resource_folder("static") / "js" / "wire" / "types.d.ts"
    assert written.read_text(encoding="utf-8") == types_for_js.render(), "run `make types`"


def test_every_schema_has_its_type():
    declared: set[type] = set()
    waiting = [schemas.Wire]
    while waiting:
        below = waiting.pop().__subclasses__()
        declared |= {one for one in below if one.__module__.startswith("app.")}
        waiting += below
    assert declared == set(types_for_js.PUBLIC)

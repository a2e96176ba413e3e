from app import schemas, types_for_js
from app.paths import resource_folder


def test_the_types_of_the_page_are_those_of_the_schemas():
    written = resource_folder("static") / "js" / "wire" / "types.d.ts"
    assert written.read_text(encoding="utf-8") == types_for_js.render(), "run `make types`"


def test_every_schema_has_its_type():
    declared = {
        value
        for value in vars(schemas).values()
        if isinstance(value, type) and issubclass(value, schemas.Wire) and value is not schemas.Wire
    }
    assert declared == set(types_for_js.PUBLIC)

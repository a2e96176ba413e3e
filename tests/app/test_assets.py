import gzip

import pytest

from app import assets
from app.assets import modules_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A static/ of our own, beside which lies something that nobody may read."""
    (tmp_path / "secret.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "js" / "deep").mkdir(parents=True)
    (static / ".hidden").write_text("secret")
    (static / "js" / "main.js").write_text("import { a } from './a.js';\n" + "// filler\n" * 200)
    monkeypatch.setattr(assets, "resource_folder", lambda _: static)
    return static


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("x.js", "text/javascript; charset=utf-8"),
        ("x.css", "text/css; charset=utf-8"),
        ("x.svg", "image/svg+xml; charset=utf-8"),
        ("X.PNG", "image/png"),
        ("x.json", "application/json"),
        ("x.woff2", "font/woff2"),
        ("x.unheard-of", "application/octet-stream"),
    ],
)
def test_the_type_of_a_file_does_not_depend_on_the_machine(local, folder, name, type_):
    (folder / name).write_bytes(b"x")
    assert local.get(f"/static/{name}").headers["content-type"] == type_


def test_text_is_compressed_for_those_who_can_read_it(local, folder):
    packed = local.client.build_request("GET", "/static/js/main.js")
    packed.headers["accept-encoding"] = "gzip"
    answer = local.run(local.client.send(packed))
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 300
    plain = local.get("/static/js/main.js", headers={"accept-encoding": "br, gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content == (folder / "js" / "main.js").read_bytes()
    assert plain.headers["etag"] != answer.headers["etag"]
    assert plain.headers["vary"] == answer.headers["vary"] == "accept-encoding"


def test_what_is_compressed_already_is_left_alone(local, folder):
    (folder / "x.png").write_bytes(gzip.compress(b"x") + bytes(1000))
    assert "content-encoding" not in local.get("/static/x.png").headers


def test_a_file_is_fetched_again_only_when_it_has_changed(local, folder):
    first = local.get("/static/js/main.js")
    assert first.headers["cache-control"] == "no-cache"
    known = {"if-none-match": f'"other", W/{first.headers["etag"]}'}
    assert local.get("/static/js/main.js", headers=known).status_code == 304
    (folder / "js" / "main.js").write_text("changed")
    again = local.get("/static/js/main.js", headers=known)
    assert (again.status_code, again.text) == (200, "changed")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "js/../../secret.txt",
        "..%2fsecret.txt",
        "js/%2e%2e/%2e%2e/secret.txt",
        "/etc/hostname",
        "%2fetc%2fhostname",
        ".hidden",
        "js/",
        "js",
        "",
        "nothing.js",
        "js/main.js%00.css",
        "x" * 5000,
    ],
)
def test_nothing_outside_the_folder_is_served(local, folder, path):
    answer = local.get(f"http://local/static/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_link_that_leads_outside_is_not_followed(local, folder):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert local.get("/static/link.txt").status_code == 404


def test_the_modules_of_the_page_are_those_that_main_imports_directly_or_not(folder):
    (folder / "js" / "a.js").write_text(
        "// import nothing from './comment.js'\n"
        "import {\n  one,\n  two,\n} from './deep/b.js';\n"
        "export * from \"./c.js\";\nimport './d.js';\n"
    )
    (folder / "js" / "deep" / "b.js").write_text("import { a } from '../a.js';\n")
    for name in ("c", "d", "unused", "comment"):
        (folder / "js" / f"{name}.js").write_text("export const x = 1;\n")
    assert modules_of() == [
        "static/js/main.js",
        "static/js/a.js",
        "static/js/deep/b.js",
        "static/js/c.js",
        "static/js/d.js",
    ]


def test_without_a_main_module_there_is_nothing_to_fetch(folder):
    (folder / "js" / "main.js").unlink()
    assert modules_of() == []

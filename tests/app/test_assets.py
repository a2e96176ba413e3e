import gzip
import json
import re

import pytest

from app import assets


@pytest.fixture
def folder(local, tmp_path):
    """A static/ of our own, beside which lies something that nobody may read; then the real one."""
    (tmp_path / "secret.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "js" / "deep").mkdir(parents=True)
    (static / ".hidden").write_text("secret")
    (static / "js" / "main.js").write_text("import { a } from './a.js';\n" + "// filler\n" * 200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assets, "resource_folder", lambda _: static)
        yield static
    local.get("/")  # what comes next finds the real files again


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


def root_of(local):
    """Where the page says that its files lie."""
    return "/" + re.search(r"static/[0-9a-f]{16}/", local.get("/").text)[0]


def test_below_the_root_that_the_page_names_a_file_need_never_be_asked_for_again(local, folder):
    answer = local.get(root_of(local) + "js/main.js")
    assert answer.content == (folder / "js" / "main.js").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    known = {"if-none-match": answer.headers["etag"]}
    again = local.get(root_of(local) + "js/main.js", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    head = local.request("HEAD", root_of(local) + "js/main.js")
    assert head.headers == answer.headers


def test_the_root_is_another_when_any_file_is_another_or_has_another_name(local, folder):
    roots = [root_of(local)]
    (folder / "js" / "deep" / "b.js").write_text("1")
    roots.append(root_of(local))
    (folder / "js" / "deep" / "b.js").write_text("2")
    roots.append(root_of(local))
    (folder / "js" / "deep" / "b.js").rename(folder / "js" / "deep" / "c.js")
    roots.append(root_of(local))
    (folder / "js" / "deep" / "c.js").unlink()
    assert len(set(roots)) == 4
    assert root_of(local) == roots[0]


def test_below_an_older_root_lies_what_there_is_now_and_is_asked_for_each_time(local, folder):
    older = root_of(local)
    (folder / "js" / "main.js").write_text("changed")
    assert root_of(local) != older
    for root in (older, "/static/0123456789abcdef/"):
        answer = local.get(root + "js/main.js")
        assert (answer.status_code, answer.text) == (200, "changed")
        assert answer.headers["cache-control"] == "no-cache"
        assert local.get(root + "js/nothing.js").status_code == 404


def test_what_a_page_has_named_stays_as_it_was_until_a_page_names_it_anew(local, folder):
    root = root_of(local)
    before = local.get(root + "js/main.js").text
    (folder / "js" / "main.js").write_text("changed")
    assert local.get(root + "js/main.js").text == before


def test_a_style_sheet_comes_with_those_that_it_imports(local, folder):
    (folder / "css" / "deep").mkdir(parents=True)
    (folder / "css" / "all.css").write_text(
        "/* all */\n\n@import 'a.css';\n@import 'deep/b.css' print;\n@import 'lost.css';\n"
    )
    (folder / "css" / "a.css").write_text("a { top: 1px }\n")
    (folder / "css" / "deep" / "b.css").write_text('@import "../c.css";\nb { top: 2px }\n')
    (folder / "css" / "c.css").write_text("c { top: 3px }\n")
    assert local.get("/static/css/all.css").text == (
        "/* all */\n\na { top: 1px }\n\n"
        "@media print {\nc { top: 3px }\n\nb { top: 2px }\n}\n\n@import 'lost.css';\n"
    )


def test_a_page_lists_the_modules_of_its_first_picture_and_apart_those_that_come_after(
    local, folder
):
    (folder / "js" / "first.js").write_text(
        "// import nothing from './comment.js'\n"
        "import {\n  one,\n  two,\n} from './deep/b.js';\n"
        "export * from \"./c.js\";\nimport './d.js';\n"
    )
    (folder / "js" / "deep" / "b.js").write_text("import { a } from '../first.js';\n")
    (folder / "js" / "a.js").write_text("import './c.js';\n")
    for name in ("c", "d", "unused", "comment"):
        (folder / "js" / f"{name}.js").write_text("export const x = 1;\n")
    text = local.get("/").text
    preloaded = re.findall(r'rel="modulepreload" href="(.*?)"', text)
    names = ["js/first.js", "js/deep/b.js", "js/c.js", "js/d.js"]
    assert [f"/{url}" for url in preloaded] == [root_of(local) + name for name in names]
    start = json.loads(re.search(r'id="start">(.*?)</script>', text)[1])
    assert (start["soon"], start["later"]) == (["js/main.js", "js/a.js"], ["css/later.css"])


def test_a_page_lists_modules_that_are_loaded_when_they_are_wanted_apart_from_all_others(
    local, folder
):
    (folder / "js" / "page").mkdir()
    (folder / "js" / "page" / "features.js").write_text(
        "import './own.js';\n"
        "/** @type {import('./type.js').One} */\n"
        "const load = async () => (await import('./wanted.js')).wanted;\n"
        'const more = async () => (await import("../deep/b.js")).more;\n'
    )
    for name, text in {
        "page/later": "import './features.js';\n",
        "page/own": "",
        "page/type": "",
        "deep/b": "",
        "page/wanted": "import './own.js';\nimport './its.js';\n",
        "page/its": "const load = async () => await import('./type.js');\n",
    }.items():
        (folder / "js" / f"{name}.js").write_text(text)
    start = json.loads(re.search(r'id="start">(.*?)</script>', local.get("/").text)[1])
    modules = ["js/page/wanted.js", "js/deep/b.js", "js/page/its.js"]
    assert start["wanted"] == [*modules, "samples.json"]
    assert not set(start["wanted"]) & {*start["soon"], *start["later"]}


def test_without_a_first_module_there_is_nothing_to_preload(local, folder):
    assert "modulepreload" not in local.get("/").text

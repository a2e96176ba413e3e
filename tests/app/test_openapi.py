"""OpenAPI says what the server does: generated requests, right and wrong, against a real one."""

import copy

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from tests.app.drawings import SEVEN
from tests.server import Server


@pytest.fixture(scope="session")
def document(server: Server) -> dict:
    return httpx.get(server.url + "api/openapi.json", trust_env=False).json()


def described(server: Server, document: dict, mode: GenerationMode):
    """Narrow what OpenAPI says to what the server holds of one layer of one network."""
    document = copy.deepcopy(document)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "id" and "{id}" in path:
                    parameter["schema"]["enum"] = ["untrained"]
                # what the network has only its spec can say
                if parameter["name"] == "ask":
                    parameter["schema"]["items"]["enum"] = ["untrained/trace"]
                if parameter["name"] == "layer":
                    parameter["schema"]["enum"] = ["conv2"]
                last = SCORES if path.endswith("/paths") else LAST
                if parameter["name"] in last:
                    parameter["schema"]["maximum"] = last[parameter["name"]]
    _narrow_learning(document, mode)
    schemas = document["components"]["schemas"]
    # numbers of an input cannot be moved, which no schema can say
    for methods in document["paths"].values():
        forms = methods.get("post", {}).get("requestBody", {}).get("content", {})
        forms = forms.get("application/json", {}).get("schema", {}).get("oneOf", [])
        forms[:] = [form for form in forms if not form["$ref"].endswith("InputBody")]
    edit = schemas["Edit"]["properties"]
    edit["of"]["enum"], edit["at"]["maxItems"] = ["conv2.bias"], 1
    edit["at"]["items"]["maximum"] = 15
    if mode is GenerationMode.POSITIVE:  # more or larger ones may be right, too
        edit["values"] |= {"maxItems": 1}
        edit["values"]["items"] |= {"minimum": -9, "maximum": 9}
        _narrow_operations(document)
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=server.url.rstrip("/"))
    refused = schema.config.checks.negative_data_rejection
    refused.expected_statuses = [
        *refused.expected_statuses,
        "413",
    ]  # what is wrong may be long, too
    return schema


def _narrow_learning(document: dict, mode: GenerationMode) -> None:
    """Leave cells, and shares of four classes."""
    # of a cell and of a weight one is named, which no schema can say
    gradient = document["paths"]["/api/models/{id}/gradient"]["post"]
    gradient["parameters"] = [
        {**one, "required": one.get("required", False) or one["name"] in ("layer", "channel")}
        for one in gradient["parameters"]
        if one["name"] not in ("parameter", "index")
    ]
    # what adds up to 1, and how many classes that makes, no schema can say
    for parameter in document["paths"]["/api/scores"]["get"]["parameters"]:
        if parameter["name"] == "shares" and mode is GenerationMode.POSITIVE:
            parameter["schema"] = {"enum": ["0.2,0.4,0.1,0.3"]}
        if parameter["name"] == "target":
            parameter["schema"]["maximum"] = 3


def _narrow_operations(document: dict) -> None:
    """Leave one graph: which layers and arrays fit together, and what is a file, no schema says."""
    for body in ("OperationsBody", "NetworkFile"):
        sent = document["components"]["schemas"][body]
        right = sent["examples"][0]
        sent["properties"] = {name: {"const": right[name]} for name in right}
        sent["required"] = list(right)
    forms = document["paths"]["/api/operations"]["post"]["requestBody"]["content"]
    for name in [name for name in forms if name != "application/json"]:
        del forms[name]


@pytest.fixture(scope="session")
def described_by_mode(server: Server, document: dict):
    return {mode: described(server, document, mode) for mode in MODES}


LAST = {"channel": 15, "row": 9, "column": 9, "target": 9}  # of conv2, and of the classes
SCORES = {"channel": 9, "against": 9, "row": 0, "column": 0}  # of the classes
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
ROUTES = [
    ("GET", "/healthz"),
    ("GET", "/api/models"),
    ("GET", "/api/models/{id}"),
    ("GET", "/api/models/{id}/card"),
    ("GET", "/api/models/{id}/weights"),
    ("POST", "/api/models/{id}/trace"),
    ("POST", "/api/models/{id}/derivatives"),
    ("POST", "/api/models/{id}/paths"),
    ("POST", "/api/models/{id}/step"),
    ("POST", "/api/models/{id}/gradient"),
    ("POST", "/api/models/{id}/variations"),
    ("POST", "/api/questions"),
    ("POST", "/api/models/{id}/quiz"),
    ("POST", "/api/models/{id}/variants"),
    ("POST", "/api/operations"),
    ("POST", "/api/pictures"),
    ("POST", "/api/specs"),
    ("GET", "/api/scores"),
    ("GET", "/api/lessons"),
    ("GET", "/api/lessons/{name}"),
    ("GET", "/api/runs"),
    ("POST", "/api/runs"),
    ("GET", "/api/recipes"),
    ("GET", "/api/experiments"),
    ("GET", "/api/runs/{run}"),
    ("DELETE", "/api/runs/{run}"),
    ("POST", "/api/runs/{run}/wishes"),
    ("GET", "/api/runs/{run}/metrics"),
    ("GET", "/api/runs/{run}/stream"),
    ("GET", "/api/runs/{run}/weights"),
    ("GET", "/api/runs/{run}/differences"),
    ("GET", "/api/data"),
    ("GET", "/api/data/{set}/images"),
    ("POST", "/api/data/{set}/fetch"),
    ("GET", "/api/models/{id}/readings"),
    ("GET", "/api/models/{id}/map"),
    ("GET", "/api/models/{id}/units"),
    ("POST", "/api/models/{id}/neighbours"),
    ("GET", "/api/handwriting"),
    ("DELETE", "/api/handwriting"),
    ("POST", "/api/handwriting/classes"),
    ("DELETE", "/api/handwriting/classes/{number}"),
    ("POST", "/api/handwriting/drawings"),
    ("GET", "/api/handwriting/drawings/{drawing}"),
    ("PATCH", "/api/handwriting/drawings/{drawing}"),
    ("DELETE", "/api/handwriting/drawings/{drawing}"),
    ("GET", "/api/handwriting/images"),
    ("GET", "/api/handwriting/idx"),
    ("GET", "/api/handwriting/pngs"),
    ("GET", "/api/handwriting/runs/{run}/figures"),
    ("GET", "/api/handwriting/runs/{run}/idx"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_generated_request_is_answered_as_openapi_says(described_by_mode, method, path, mode):
    operation = described_by_mode[mode][path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
        return  # there is nothing about it that could be wrong

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        case.call_and_validate()

    holds()


def test_every_route_says_what_it_does_and_answers(document):
    described = [(m.upper(), path) for path, methods in document["paths"].items() for m in methods]
    assert described == ROUTES
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["description"]
            for answer in operation["responses"].values():
                assert answer["description"] != "Successful Response"


def test_every_refusal_in_openapi_is_a_problem(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(document):
    text = str(document)
    for name in {part.split("'")[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]


def test_a_layer_has_a_name_in_the_description_as_on_the_server(local, document):
    path = "/api/models/{id}/derivatives"
    layer = next(p for p in document["paths"][path]["post"]["parameters"] if p["name"] == "layer")
    assert layer["schema"]["minLength"] == 1
    answer = local.post("/api/models/untrained/derivatives?layer=&channel=0", json=SEVEN)
    assert answer.status_code == 422

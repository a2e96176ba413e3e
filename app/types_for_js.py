"""Write static/js/wire/types.d.ts from the schemas: `make types`. A test holds it current."""

from typing import Any, Final

from app import cards, schemas
from app.handwriting import schemas as handwriting
from app.lessons import schemas as lessons
from app.operations import schemas as operations
from app.paths import resource_folder
from app.quiz import schemas as quiz
from app.runs import schemas as runs
from app.surveys import schemas as surveys

PUBLIC: Final[tuple[type[schemas.Wire], ...]] = (
    schemas.Health,
    schemas.ModelSummary,
    cards.ClassCard,
    cards.DoubtCard,
    cards.LearntCard,
    cards.MadeCard,
    cards.ModelCard,
    schemas.Scaling,
    schemas.InputSpec,
    schemas.LayerSpec,
    operations.GraphLayer,
    operations.GraphDescription,
    schemas.Model,
    schemas.Stroke,
    schemas.StrokesBody,
    schemas.PixelsBody,
    schemas.InputBody,
    schemas.Edit,
    schemas.EditsBody,
    schemas.TraceMetadata,
    schemas.DerivativesMetadata,
    schemas.PathsMetadata,
    schemas.StepMetadata,
    schemas.GradientMetadata,
    schemas.ScoreMoment,
    schemas.ScoreSteps,
    schemas.TensorJson,
    schemas.FieldError,
    schemas.Problem,
    operations.LayerBody,
    operations.NetworkInput,
    operations.NetworkFile,
    operations.FirstValues,
    operations.MoveBody,
    operations.Wishes,
    operations.OperationsBody,
    operations.OperationsMetadata,
    operations.LiveOperations,
    lessons.LessonSummary,
    lessons.LessonPaper,
    lessons.LessonRun,
    lessons.LessonBlock,
    lessons.LessonCue,
    lessons.Lesson,
    quiz.QuizFigure,
    quiz.QuizWords,
    quiz.QuizGrid,
    quiz.QuizOption,
    quiz.QuizCell,
    quiz.QuizMove,
    quiz.QuizItem,
    quiz.QuizLeftOut,
    quiz.Quiz,
    runs.RunRecipe,
    runs.RunBody,
    runs.WishBody,
    runs.RunSummary,
    runs.RunStatus,
    runs.RunLine,
    runs.RunList,
    runs.RunWeights,
    runs.Run,
    runs.RecipeList,
    runs.ExperimentRun,
    runs.Experiment,
    runs.ExperimentList,
    runs.RunDifference,
    runs.DataPart,
    runs.DataSet,
    runs.DataFetch,
    runs.DataList,
    surveys.SurveyProgress,
    surveys.ReadingsMetadata,
    handwriting.HandwritingNames,
    handwriting.HandwritingBody,
    handwriting.HandwritingChange,
    handwriting.HandwritingClass,
    handwriting.HandwritingDrawing,
    handwriting.Handwriting,
    handwriting.HandwritingGone,
    handwriting.HandwritingFigure,
    handwriting.HandwritingFigures,
    runs.RunHandwriting,
    surveys.MapMetadata,
    surveys.UnitsMetadata,
    surveys.NeighboursMetadata,
    schemas.LiveMessage,
    schemas.LiveRefusal,
)
_SCALARS: Final = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
_HEADER: Final = (
    "// What crosses the wire. Written by `make types` from app/schemas.py; do not edit.\n"
)


def typescript(schema: dict[str, Any]) -> str:
    """Write one node of a JSON schema as a TypeScript type."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "const" in schema:
        return f"'{schema['const']}'"
    if "enum" in schema:
        return " | ".join(f"'{value}'" for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(typescript(option) for option in schema["anyOf"]))
    if "prefixItems" in schema:
        return f"readonly [{', '.join(typescript(item) for item in schema['prefixItems'])}]"
    if schema.get("type") == "array":
        item = typescript(schema["items"])
        return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
    if "additionalProperties" in schema and schema.get("type") == "object":
        inner = schema["additionalProperties"]
        return f"Readonly<Record<string, {typescript({} if inner is True else inner)}>>"
    return _SCALARS[schema["type"]] if "type" in schema else "unknown"


def interface(model: type[schemas.Wire]) -> str:
    """Write one schema as a TypeScript interface; what the client may leave out is optional."""
    schema = model.model_json_schema()
    needed = schema.get("required", ())
    lines = [f"/** {schema['description']} */", f"export interface {model.__name__} {{"]
    for name, node in schema["properties"].items():
        if "description" in node:
            lines.append(f"  /** {node['description']} */")
        optional = "" if name in needed or "const" in node else "?"
        lines += _property(f"  readonly {name}{optional}:", typescript(node))
    return "\n".join([*lines, "}"]) + "\n"


def render() -> str:
    """Write the whole file, as Prettier would leave it."""
    return "\n".join([_HEADER, *(interface(model) for model in PUBLIC)])


def _property(start: str, type_: str) -> list[str]:
    line = f"{start} {type_};"
    if len(line) <= 100:
        return [line]
    options = [f"    | {option}" for option in type_.split(" | ")]
    return [start, *options[:-1], f"{options[-1]};"]


if __name__ == "__main__":
    target = resource_folder("static") / "js" / "wire" / "types.d.ts"
    target.write_text(render(), encoding="utf-8", newline="\n")

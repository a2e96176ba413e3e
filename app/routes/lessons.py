"""Lessons: their list, and each with its cues."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.lessons.schemas import Lesson, LessonSummary
from app.openapi import problems
from app.state import LessonsDep

router = APIRouter()


@router.get("/api/lessons", tags=["lessons"], response_description="The list.")
async def list_lessons(lessons: LessonsDep) -> list[LessonSummary]:
    """List the lessons, those that come with Convlens first."""
    return lessons.summaries()


@router.get(
    "/api/lessons/{name}",
    tags=["lessons"],
    response_description="The lesson.",
    responses=problems("unknown-lesson"),
)
async def read_lesson(
    lessons: LessonsDep, name: Annotated[str, Path(description="Of a lesson in the list.")]
) -> Lesson:
    """Give a lesson: what each cue shows, says, and notes for whoever presents it."""
    return lessons.find(name)

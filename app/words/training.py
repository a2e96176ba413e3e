"""What is said of trainings: who may, what cannot be, what has no room."""

from collections.abc import Mapping
from typing import Final

from app.words import Sentence

_TOKEN: Final = (
    "Send the token that the server printed in its terminal when it started, as the header "
    "Convlens-Token."
)

TRAINING: Final[Mapping[str, Sentence]] = {
    "no-token": Sentence("forbidden", "This changes something on the server.", _TOKEN),
    "wrong-token": Sentence("forbidden", "This is not the server's token.", _TOKEN),
    "foreign-origin": Sentence(
        "foreign-origin",
        "This comes from a page of another address, which may change nothing here.",
        "If the page is yours, start the server with: convlens serve --allowed-origin ORIGIN. "
        "Scripts send no Origin.",
    ),
    "no-run": Sentence(
        "no-run", "This server has no run of that id.", "GET api/runs lists those that it has."
    ),
    "damaged-run": Sentence(
        "no-run",
        "The files of this run cannot be read.",
        "Delete it, or put its config.json back as it was.",
    ),
    "no-step": Sentence(
        "no-run",
        "The run kept no network after that step.",
        "Its history names those that there are: GET api/runs/ID.",
    ),
    "no-set": Sentence(
        "no-set",
        "There is no set of images of that id here.",
        "There are: {sets}. Put a folder with the four files of another one beside them.",
    ),
    "damaged-set": Sentence(
        "no-set",
        "The files of this set cannot be read.",
        "Replace them with the original ones.",
    ),
    "no-list-of-places": Sentence(
        "wrong-parameter",
        "The parameter at lists no places in the set.",
        "Give up to {most} whole numbers, from 0 on, separated by commas.",
    ),
    "no-such-image": Sentence(
        "no-set",
        "The set has no image at one of these places.",
        "The first has the number 0, the last {most}.",
    ),
    "not-fetched": Sentence(
        "no-set",
        "The server fetches no set of that id.",
        "It can fetch: {sets}. Put the files of others into a folder of the one named with --data.",
    ),
    "other-classes": Sentence(
        "no-set",
        "The classes of this set are others than those of the network.",
        "Sets with the same classes are: {sets}.",
    ),
    "no-fitting-set": Sentence(
        "no-set",
        "There are no images here with the classes of this network.",
        "Of digits: fetch MNIST (POST api/data/mnist/fetch, or the page /learning), or name the "
        "folder that has it with --data. GET api/data lists the sets that are here.",
    ),
    "not-surveyed": Sentence(
        "no-set",
        "The network {network} reads no images of 28×28, or has no classes.",
        "Ask a network that the list of networks calls shown.",
    ),
    "set-not-read": Sentence("survey-failed", "{why}", "Replace the file by the original one."),
    "survey-failed": Sentence(
        "survey-failed",
        "The process that reads the set has ended, or had no room.",
        "Ask again; if it fails again, its log says why.",
    ),
    "two-sets": Sentence(
        "wrong-field",
        "Either a set of images is learnt from, or handwriting.",
        "Leave one of data and handwriting out.",
    ),
    "cannot-train": Sentence("wrong-field", "{why}", "Change that, and begin again."),
    "no-architecture": Sentence(
        "wrong-field",
        "No network of that name comes along.",
        "Name one of: {networks}; or send another as spec.",
    ),
    "many-batches": Sentence(
        "wrong-field",
        "The training would have {steps} steps; here it may have {most}.",
        "Take fewer epochs or images, or larger batches; or set CONVLENS_TRAINING_STEPS.",
    ),
    "enough-trainings": Sentence(
        "no-room",
        "As many trainings are under way or wait as may be: {runs}.",
        "Stop one or await an end; or start the server with more --trainings.",
    ),
    "runs-full": Sentence(
        "no-room",
        "The runs take {megabytes} MB of the {most} MB that they may, and this one would not fit.",
        "Delete some that have ended, the oldest first: {runs}.",
    ),
    "runs-full-at-work": Sentence(
        "no-room",
        "The runs take {megabytes} MB of the {most} MB that they may, and this one would not fit.",
        "None has ended that could be deleted: await an end, or set CONVLENS_TRAINING_MEGABYTES.",
    ),
    "runs-unwritable": Sentence(
        "no-room",
        "The folder of runs cannot be written: {why}.",
        "Make room on its disk, or start the server with another --runs FOLDER.",
    ),
    "sets-unwritable": Sentence(
        "no-room",
        "The folder that MNIST is fetched to cannot be written: {why}.",
        "Make room on its disk, or name a folder that has MNIST with --data.",
    ),
    "run-ended": Sentence(
        "run-state", "The run has ended.", "Start another one with the same choices."
    ),
    "run-at-work": Sentence(
        "run-state", "The run is being trained.", "Stop it first, then delete it."
    ),
    "run-of-command": Sentence(
        "run-state",
        "The run is trained by a command in a terminal.",
        "Stop it there with ctrl-C, and go on with convlens train --resume.",
    ),
    "run-along": Sentence(
        "run-state",
        "This training comes with Convlens and stays as it is.",
        "Train one like it: POST api/runs with its id as like.",
    ),
    "many-readers": Sentence(
        "busy",
        "As many read along as the server keeps.",
        "Ask for api/runs/ID/metrics meanwhile, or close other pages of it.",
    ),
}

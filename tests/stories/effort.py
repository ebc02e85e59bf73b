"""What a task costs a practised hand: the keystroke-level model of Card, Moran and Newell.

Card, Moran, Newell: The keystroke-level model for user performance time with interactive systems
(CACM 23(7), 1980) and The Psychology of Human-Computer Interaction (1983): K 0.28 s for an average
typist, P 1.10 s, M 1.35 s. On a touch screen pointing and pressing are one act and the hand never
goes home, so a tap is taken for a P (T = P) and H falls away; that K and M stay as they are is what
a review of 54 extensions found (Al-Megren, Khabti, Al-Khalifa, Advances in HCI, 2018, 7528278).
Text: 123 words a minute spoken and 43 typed in Mandarin (Ruan, Wobbrock, Liou, Ng, Landay, IMWUT
1(4), 2017), a word taken for one character, which is the slowest reading of it.
"""

from dataclasses import dataclass

TAP_S = 1.10
MENTAL_S = 1.35
SPOKEN_S = 60 / 123
TYPED_S = 60 / 43
SHUTTER_S = 2.0
"""The camera opening (R, the system's own time)."""


@dataclass(frozen=True)
class Effort:
    """What hand and head do: taps, decisions before them, characters of text, cameras opened."""

    taps: int
    decisions: int
    characters: int = 0
    cameras: int = 0


def seconds(effort: Effort, *, per_character_s: float = SPOKEN_S) -> float:
    """How long a practised person takes without error."""
    acts = effort.taps * TAP_S + effort.decisions * MENTAL_S
    return acts + effort.characters * per_character_s + effort.cameras * SHUTTER_S


def told(task: str, effort: Effort) -> str:
    """The estimate in a line, with text spoken and with text typed."""
    spoken, typed = seconds(effort), seconds(effort, per_character_s=TYPED_S)
    return f"{task}: {effort.taps} taps, {spoken:.0f} s spoken, {typed:.0f} s typed\n"

"""A number in; paragraphs of plain English about lighthouses out, the text of the sample PDFs."""

from __future__ import annotations

PARAGRAPHS = (
    "The keeper of the northern lighthouse wrote every evening in a narrow book. He noted the direction of the wind, "
    "the height of the water against the iron ladder, and whether the supply boat had been seen from the gallery.",
    "Ships that came round the headland in winter carried timber, salt and printed paper. Their captains knew the "
    "interval of the flashes by heart, because a wrong count had once brought three of them onto the shoals in a "
    "single night.",
    "When the lamp was changed from oil to electricity, the village complained about the colour. The old flame had "
    "been yellow and seemed to breathe, whereas the new one was white, steady and somehow indifferent to the people "
    "below it.",
    "A well-known engineer visited the tower to measure how far the light could be seen. She climbed the stairs "
    "twice, counted the steps aloud, and found two fewer on the way down than on the way up, which she reported with "
    "great seriousness.",
    "Fog was the real enemy. On such days a bell was rung by a clockwork mechanism that had to be wound every four "
    "hours, and the children of the keeper took turns at the handle, reading from a school book to stay awake.",
    "Nobody remembers who planted the garden behind the wall. It is sheltered from the salt, it faces south, and in "
    "June the roses reach the sill of the lowest window, where the instruments were once calibrated.",
    "The library of the harbour office keeps forty of the narrow books. Historians consult them for the weather, "
    "although the remarks about bread, shoes and quarrels are the better reading and fill most of the pages.",
    "Today the tower is automatic. A small grey box decides when it is dark, sends a message once an hour, and asks "
    "for an engineer about twice a year, usually because a gull has nested in front of the sensor.",
    "Visitors may climb up on Sundays. From the gallery they see the estuary, the railway bridge and, on clear "
    "mornings, the outline of an island that does not belong to any county and appears on only one chart.",
    "The last keeper moved to the village and continued his book. Under the date of his first night ashore he wrote "
    "that the ceiling was too low, the sea too quiet, and the light, seen from outside, surprisingly small.",
)


def prose(start: int, count: int) -> list[str]:
    """So many paragraphs from a place on, going round."""
    return [PARAGRAPHS[(start + i) % len(PARAGRAPHS)] for i in range(count)]

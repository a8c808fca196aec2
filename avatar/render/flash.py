"""Nothing in, the largest scale at which a mouth may speak without being a dangerous flash out.

A mouth opens and shuts more than three times in a second. That is a general flash where its dark and bright inside
covers 21,824 CSS pixels, a quarter of 10 degrees of sight (WCAG 2.3.1; lipreading.md 5 keeps it below 20,000). Neither
its speed nor its contrast may be taken away from people who read it, so its size is limited.
"""

from __future__ import annotations

import math

MOST_INNER_PX = 20_000
INNER_MOUTH_MM2 = 660.0
"""The opening in AE, the widest vowel, at the largest exaggeration: 605 measured on one presenter, and a tenth."""
MOST_PIXELS_PER_MM = math.sqrt(MOST_INNER_PX / INNER_MOUTH_MM2)
"""5.5: a mouth at rest is 275 pixels wide then. Pictures that would have a larger one show more around it."""
REMARK = "The face is drawn smaller than it could be: a larger mouth would flash. A smaller window shows it in full."

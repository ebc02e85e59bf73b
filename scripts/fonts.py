"""Makes the fonts of PDF documents from whole ones: small enough to ship, wide enough for names.

    npm pack @expo-google-fonts/noto-sans-sc && tar xzf *.tgz
    uv run --with fonttools python -m scripts.fonts package

Both hold GBK (21,886 characters, rare names among them). A sign that they lack is drawn as a box,
never left out. They come under the SIL Open Font License, whose text lies beside them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

FONTS = Path(__file__).parents[1] / "closeloop" / "documents" / "fonts"
WANTED = {
    "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}
BESIDE = "–—―‘’“”…‰′″€™→←↑↓−≈≠≤≥■□▲△▼▽◆◇○●★☆✓✗ ¥·×÷±°§©®"
"""Signs that documents use and that GBK has not all of."""


def main(package: Path) -> None:
    """Write the fonts and their licence."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, name in WANTED.items():
        options = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True)
        options.layout_features = ["kern", "locl", "palt", "halt", "ccmp"]
        font = subset.load_font(str(package / source), options)
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=[*range(0x20, 0x17F), *map(ord, BESIDE), *_characters()])
        chosen.subset(font)
        subset.save_font(font, str(FONTS / name), options)
    shutil.copyfile(package / "LICENSE_FONT", FONTS / "OFL.txt")


def _characters() -> list[int]:
    """Every character of GBK."""
    found = []
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.append(ord(bytes([high, low]).decode("gbk")))
            except (UnicodeDecodeError, TypeError):
                continue
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How well and how fast text is read from chats, by the process apart that the product uses.

Chats are drawn with known text; the pictures of `../shared/data` stand with what is written on
them. Character accuracy = 1 - edit distance / length, after NFKC and folding of punctuation.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from closeloop.recognition.engines.apart import Apart
from tests.builders.chats import CHATS, accuracy, draw, folded

DATA = Path(__file__).resolve().parents[1].parent / "shared/data/6_chinese_reference_and_text"
REAL = {
    "ch_en_num.jpg": ("正品促销", "大桶装更划算", "强力去污符合国标", "深度防冻不结冰",
                      "日常价", "直击", "底价", "5.8", "券后价", "惊喜福利不容错过", "极速发货",
                      "冰点标准", "破损就赔", "假一赔十"),
    "text_rec.jpg": ("韩国小馆",),
    "black_font_color_transparent.png": ("我是中国人",),
}  # fmt: skip
"""What stands on the real pictures and can be told apart from their decoration."""
TURNS = 3


def main() -> None:
    """Print a line per picture, then one JSON object."""
    reader = Apart()
    shown = sys.argv[1:] != ["--json"]
    reader.read("picture", draw(*CHATS["light"])[0], {})
    rows, peak_mb, kept_mb = [], 0, 0
    for name, (said, look) in CHATS.items():
        content, lines = draw(said, look)
        took = []
        for _ in range(TURNS):
            began = time.monotonic()
            answer = reader.read("picture", content, {})
            took.append(time.monotonic() - began)
        text = "\n".join(line["text"] for line in answer["lines"])
        meant = {folded(each): side for each, side in lines}
        told = [(folded(line["text"]), line["side"]) for line in answer["lines"]]
        known = [(side, meant[each]) for each, side in told if each in meant]
        rows.append(
            {
                "chat": name,
                "accuracy": round(accuracy(text, "\n".join(each for each, _ in lines)), 4),
                "sides_right": f"{sum(a == b for a, b in known)}/{len(known)}",
                "s": round(min(took), 2),
                "s_median": round(statistics.median(took), 2),
            }
        )
        peak_mb = max(peak_mb, answer["peak_mb"])
        if shown:
            print(rows[-1])
    for name, words in REAL.items():
        began = time.monotonic()
        answer = reader.read("picture", (DATA / "ocr_rapidocr" / name).read_bytes(), {})
        text = folded("".join(line["text"] for line in answer["lines"]))
        found = sum(len(each) for each in words if folded(each) in text)
        total = sum(len(each) for each in words)
        rows.append({"real": name, "found_share": round(found / total, 4),
                     "s": round(time.monotonic() - began, 2)})  # fmt: skip
        peak_mb = max(peak_mb, answer["peak_mb"])
        if shown:
            print(rows[-1])
    reader.end()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept_mb = used.ru_maxrss // 1024
    chats = [row for row in rows if "chat" in row]
    figures = {
        "accuracy_least": min(row["accuracy"] for row in chats),
        "s_most": max(row["s"] for row in chats),
        "peak_mb": max(peak_mb, kept_mb),
        "cpu_s_per_picture": round(
            (used.ru_utime + used.ru_stime) / (len(CHATS) * TURNS + len(REAL) + 1), 2
        ),
        "rows": rows,
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
        ).stdout.strip(),
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()

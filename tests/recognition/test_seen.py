"""From boxes to the lines of a chat: order, pieces of one line, pictures of people, sides."""

import pytest

from closeloop.recognition.engines.seen import Box, is_own, lines_of, text_of

PAGE, WHITE, GREEN, BLUE = (237, 237, 237), (255, 255, 255), (149, 236, 105), (203, 228, 255)


def box(text, x0, y0, x1, ground, *, height=30):
    return Box(x0, y0, x1, y0 + height, text, 0.99, ground)


def read(*boxes):
    lines = lines_of(boxes, width=750, height=1000, page=PAGE)
    return [(line["text"], line["side"]) for line in lines]


def test_sides_are_told_by_colour():
    told = read(
        box("上午 10:24", 330, 10, 420, PAGE),
        box("报价收到", 130, 60, 400, WHITE),
        box("周三前发您", 300, 120, 620, GREEN),
        box("引用的话", 420, 170, 640, (225, 225, 225)),
    )
    assert told == [
        ("上午 10:24", ""),
        ("报价收到", "other"),
        ("周三前发您", "own"),
        ("引用的话", "own"),
    ]


def test_letters_on_the_pictures_of_people_are_left_out():
    assert read(
        box("陈", 20, 60, 90, WHITE),
        box("收到", 130, 60, 300, WHITE),
        box("好", 300, 120, 620, GREEN),
    ) == [("收到", "other"), ("好", "own")]


def test_pieces_of_one_line_are_joined_and_columns_are_not():
    assert read(
        box("总价控制在", 130, 62, 280, WHITE),
        box("135万", 285, 60, 380, WHITE),
        box("好", 520, 61, 620, GREEN),
    ) == [("总价控制在135万", "other"), ("好", "own")]


def test_a_page_that_is_no_chat_keeps_everything_and_names_no_side():
    assert read(box("合同", 10, 10, 60, PAGE), box("第一条", 10, 60, 90, PAGE)) == [
        ("合同", ""),
        ("第一条", ""),
    ]


@pytest.mark.parametrize(
    ("colour", "own"),
    [(GREEN, True), (BLUE, True), ((62, 181, 117), True), (WHITE, False), ((44, 44, 44), False)],
)
def test_green_and_blue_are_ones_own(colour, own):
    assert is_own(colour) is own


def test_a_message_that_was_broken_to_fit_its_bubble_is_one_line_again():
    lines = lines_of(
        [
            box("序列号是US-88", 130, 60, 400, WHITE),
            box("00-2291A，收到", 130, 102, 380, WHITE),
            box("好", 520, 180, 620, GREEN),
        ],
        width=750,
        height=1000,
        page=PAGE,
    )
    assert text_of(lines) == "序列号是US-8800-2291A，收到\n好"

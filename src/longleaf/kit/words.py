"""How words are kept and counted: counted the same on the server as in the browser (front-end/src/words.js)."""


def count_words(text: str) -> int:
    """Give the number of words in `text`: runs between spaces that hold at least one letter or digit.

    A dash or a bullet standing alone is no word; "well-known" and "don't" are one word each, as in a word
    processor.
    """
    return sum(any(character.isalnum() for character in run) for run in text.split())


def plain_line_ends(text: str) -> str:
    """The text with `\\n` as its only line end: forms send other ones than scripts and files do, and the same words are
    to be the same text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")

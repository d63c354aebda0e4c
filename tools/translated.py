"""What lab.py says, in the learner's language: sentences are looked up in notebooks/<language>/messages/lab.po on their way out."""

import re
import sys

HOLE = re.compile(r"%s")
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
DOCTOR = re.compile(r"(ok|MEND)( +)(\S+)( +)(.*)")
PREFIX = "lab.py: "


class Catalogue:
    """Sentences, and patterns with holes: the one with most letters of its own that fits wins."""

    def __init__(self, text):
        unescape = lambda part: part.replace('\\"', '"').replace("\\\\", "\\")
        self.sentences = {unescape(english): unescape(translation) for english, translation in ENTRY.findall(text)}
        holed = [english for english in self.sentences if "%s" in english]
        holed.sort(key=lambda english: -len(english.replace("%s", "")))
        self.patterns = [(re.compile("(.+?)".join(map(re.escape, HOLE.split(english)))), self.sentences[english]) for english in holed]

    def sentence(self, english):
        """The translation; the English sentence where there is none."""
        if english.startswith(PREFIX):
            return PREFIX + self.sentence(english[len(PREFIX) :])
        if english in self.sentences:
            return self.sentences[english]
        doctor = DOCTOR.fullmatch(english)
        if doctor:
            state, gap, name, space, words = doctor.groups()
            return self.sentence(state) + gap + self.sentence(name) + space + self.sentence(words)
        listed = re.fullmatch(r"(\S.*?)( {2,})(\S.*)", english)  # a word of the help, and what it does
        if listed and "%s" not in english:
            return listed[1] + listed[2] + self.sentence(listed[3])
        for pattern, translation in self.patterns:
            found = pattern.fullmatch(english)
            if found:
                values = iter(found.groups())
                return HOLE.sub(lambda hole: self.sentence(next(values)), translation)
        return english

    def text(self, english):
        """Line by line; what stands around a line stays."""
        lines = english.split("\n")
        return "\n".join(re.sub(r"^(\s*)(.*?)(\s*)$", lambda m: m[1] + self.sentence(m[2]) + m[3], line) for line in lines)


class Stream:
    """A stream that translates what is written to it."""

    def __init__(self, stream, catalogue):
        self.stream, self.catalogue = stream, catalogue

    def write(self, text):
        return self.stream.write(self.catalogue.text(text))

    def __getattr__(self, name):
        return getattr(self.stream, name)


def install(file):
    catalogue = Catalogue(file.read_text(encoding="utf-8"))
    sys.stdout, sys.stderr = Stream(sys.stdout, catalogue), Stream(sys.stderr, catalogue)

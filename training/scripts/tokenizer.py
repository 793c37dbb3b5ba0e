"""The English tokenizer, brought nearer to the treebanks. All changes are data which spaCy saves with the model."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# UD does not split these prefixes off, while it splits other words at hyphens.
PREFIXES = "anti|co|counter|e|ex|extra|inter|mid|mini|multi|non|pan|post|pre|pro|re|semi|sub|un"
PREFIXED_WORD = rf"(?i:{PREFIXES})-[A-Za-z]+"
ABBREVIATIONS = (
    "etc. Nos. Lt. Ft. Reps. Attn. Maj. Sgt. Col. Capt. Cmdr. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. ext. "
    "b/c w/o l/c n/a N/A al."
)
PHONE = r"(?:\d-)?(?:\d{3}-)?\d{3}-\d{4}"
# a run of one sign ("=====", "!!") is one word
RUNS = (r"(?=[.!?]{0,9}[!?])[.!?]{2,}", r"[-=*_~#+]{2,}", r"<{2,}", r">{2,}", r"\${2,}")
HASHTAG = r"[#@][A-Za-z]\w*"
CUT = {"wanna": ("wan", "na"), "outta": ("out", "ta"), "alot": ("a", "lot"), "and/or": ("and", "/", "or")}
# "id" stands for "ID" more often than for "I'd"; so with others which are words without their apostrophe
WORDS = frozenset(["id", "ill", "well", "were", "shell", "hell"])


def adapt(nlp: Language) -> Language:
    """Change the tokenizer of a pipeline in place."""
    tokenizer = nlp.tokenizer
    tokenizer.token_match = re.compile(rf"^(?:{PREFIXED_WORD}|{PHONE}|{HASHTAG})$").match
    # "U.S.-led" is cut like "French-led"
    figures = (r"(?<=[A-Za-z])-(?=\d)", r"(?<=\d)[-–](?=[$£€])")  # "F-16", "$5-$10"
    brackets = (r"(?<=\w)\)(?=\()", r"(?<=[\w)])\((?=[A-Za-z])")  # "account(s)", "report.pdf)(See"
    infixes = [*RUNS, *nlp.Defaults.infixes, r"(?<=[A-Za-z]\.)-(?=[A-Za-z])", *figures, *brackets]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *nlp.Defaults.prefixes]).search
    units = r"(?<=[0-9])(?:AM|PM|am|pm|a\.m\.|p\.m\.|bn|tn)"
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, units, *nlp.Defaults.suffixes]).search
    tokenizer.rules = {word: cut for word, cut in tokenizer.rules.items() if word.lower() not in WORDS}
    for word in ABBREVIATIONS.split():
        tokenizer.add_special_case(word, [{"ORTH": word}])
    for word, parts in CUT.items():
        tokenizer.add_special_case(word, [{"ORTH": part} for part in parts])
    return nlp


def english() -> Language:
    """An empty English pipeline with the adapted tokenizer."""
    return adapt(spacy.blank("en"))

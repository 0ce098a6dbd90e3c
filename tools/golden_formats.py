#!/usr/bin/env python3
"""Scores labelled derivatives in other formats than the one they were labelled in.

Usage: tools/golden_formats.py [FOLDER] [--factlint PROGRAM] [--keep FOLDER] [--verbose]

FOLDER (default tests/golden) holds references/ and cases/*.expected.json. Every Markdown, HTML or plain
text file is made an HTML page (by pandoc) and from that a DOCX, an ODT and a PDF file (by LibreOffice).
Then each derivative is checked against its reference, both in the new format, and the findings are
laid over the labels: what a finding covers is looked for in the labelled file by aligning the words of
both texts. A finding is right when it overlaps a label and is of the label's family of rules, or of a rule that the label
also accepts. Prints precision, recall and F1 for each format.

Needs pandoc and soffice (Debian: pandoc, libreoffice-writer-nogui), a built factlint and its example `blocks`
(cargo build --release --example blocks).
"""

import argparse
import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ["html", "docx", "odt", "pdf"]
FILTERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt:writer8"}
WORD = re.compile(r"\w+(?:[.,:'’]\w+)*|[%$€£]")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True)


def convert(sources, folder):
    """Writes each source to folder/FORMAT/STEM.FORMAT."""
    for name in FORMATS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    pages = []
    for source in sources:
        page = folder / "html" / (source.stem + ".html")
        if source.suffix == ".html":
            page.write_bytes(source.read_bytes())
        else:
            run("pandoc", "-f", "gfm+footnotes", "-t", "html", "-s", "--metadata", f"pagetitle={source.stem}", source, "-o", page)
        pages.append(str(page))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for name in ("docx", "odt"):
        run("soffice", profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", FILTERS[name],
            "--outdir", str(folder / name), *pages)
    texts = [str(folder / "odt" / (Path(page).stem + ".odt")) for page in pages]
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf"), *texts)


def findings(program, reference, document):
    """The diagnostics of a check."""
    done = subprocess.run([program, "check", "--isolated", "--reference", reference, "--format", "json", document],
                          capture_output=True)
    if done.returncode > 1:
        sys.exit(f"{document}: {done.stderr.decode()}")
    return json.loads(done.stdout)["diagnostics"]


def text_of(blocks, document):
    done = subprocess.run([blocks, "--text", document], capture_output=True, check=True)
    return done.stdout[:-1]


def words(data):
    """First byte, one past the last byte and text of each word."""
    text, found, at, last = data.decode(), [], 0, 0
    for match in WORD.finditer(text):
        start = at + len(text[last:match.start()].encode())
        at, last = start + len(match.group().encode()), match.end()
        found.append((start, at, match.group().replace("’", "'").lower()))
    return found


def span_map(read, labelled):
    """For words of the text that was read, the bytes of the labelled file."""
    ours, theirs = words(read), words(labelled)
    matcher = difflib.SequenceMatcher(None, [w[2] for w in ours], [w[2] for w in theirs], autojunk=False)
    pairs = []
    for one, other, size in matcher.get_matching_blocks():
        pairs += [(ours[one + k][:2], theirs[other + k][:2]) for k in range(size)]
    return pairs


def label_span(data, label):
    lines = data.decode().split("\n")
    line, at = lines[label["line"] - 1], -1
    for _ in range(label.get("occurrence", 1)):
        at = line.index(label["text"], at + 1)
    start = sum(len(x.encode()) + 1 for x in lines[: label["line"] - 1]) + len(line[:at].encode())
    return start, start + len(label["text"].encode())


def family(rule):
    return rule.split("-")[0]


def score(cases, find, verbose):
    """Precision, recall and F1 over all cases; `find` gives (rule, start, end) in bytes of the labelled file."""
    right = told = met = wanted = 0
    for sheet, data in cases:
        labels = [(label, label_span(data, label)) for label in sheet["findings"]]
        seen = set()
        for rule, start, end, text in find(sheet):
            hits = [n for n, (label, (a, b)) in enumerate(labels)
                    if start < b and a < end
                    and family(rule) in {family(r) for r in [label["rule"], *label.get("also_accept", [])]}]
            told += 1
            right += bool(hits)
            seen.update(hits)
            if verbose and not hits:
                print(f"    not wanted: {sheet['document']}: {rule} {text!r}")
        met += len(seen)
        wanted += len(labels)
        if verbose:
            for n, (label, _) in enumerate(labels):
                if n not in seen:
                    print(f"    missed: {sheet['document']}: {label['rule']} {label['text']!r}")
    precision, recall = right / max(told, 1), met / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), right, told, met, wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tests/golden")
    parser.add_argument("--factlint", type=Path, default=ROOT / "target/release/factlint")
    parser.add_argument("--keep", type=Path, help="keep the converted files here, and use them if they are there")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    blocks = options.factlint.parent / "examples/blocks"
    sheets = [json.loads(path.read_text()) for path in sorted((options.folder / "cases").glob("*.expected.json"))]
    cases = [(sheet, (options.folder / sheet["document"]).read_bytes()) for sheet in sheets]
    folder = (options.keep or Path(tempfile.mkdtemp())).absolute()
    if not (folder / "pdf").exists():
        sources = {options.folder / sheet[key] for sheet in sheets for key in ("reference", "document")}
        convert(sorted(sources), folder)

    def original(sheet):
        for d in findings(options.factlint, options.folder / sheet["reference"], options.folder / sheet["document"]):
            yield d["rule"], d["span"]["start_byte"], d["span"]["end_byte"], d["text"]

    def converted(name):
        def find(sheet):
            document = folder / name / f"{Path(sheet['document']).stem}.{name}"
            reference = folder / name / f"{Path(sheet['reference']).stem}.{name}"
            read = document.read_bytes() if name == "html" else text_of(blocks, document)
            pairs = span_map(read, (options.folder / sheet["document"]).read_bytes())
            for d in findings(options.factlint, reference, document):
                start, end = d["span"]["start_byte"], d["span"]["end_byte"]
                over = [b for a, b in pairs if a[0] < end and start < a[1]]
                yield (d["rule"], min((b[0] for b in over), default=-1), max((b[1] for b in over), default=-1), d["text"])
        return find

    print(f"{'format':9} precision recall     F1   right/findings  labels")
    for name in ["original", *FORMATS]:
        find = original if name == "original" else converted(name)
        precision, recall, f1, right, told, met, wanted = score(cases, find, options.verbose)
        print(f"{name:9} {precision:9.3f} {recall:6.3f} {f1:6.3f}   {right:5}/{told:<8} {met}/{wanted}", flush=True)


if __name__ == "__main__":
    main()

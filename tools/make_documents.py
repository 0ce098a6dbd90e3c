#!/usr/bin/env python3
"""Writes tests/documents/page.* and table.*: one page and one table in every format that factlint reads; and a PDF in columns.

Usage: tools/make_documents.py [FORMAT]...     (default: all)

page.md, table.md and columns.html are written by hand; the other files are made from them by the programs that people use, so
that the readers are tried on what such programs write. Needs pandoc, soffice (Debian: pandoc,
libreoffice-writer-nogui, libreoffice-calc-nogui, libreoffice-impress-nogui) and from PyPI
openpyxl, python-pptx and weasyprint.
"""

import csv
import datetime
import email.message
import email.policy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests/documents"
PAGE = FOLDER / "page.md"
TABLE = FOLDER / "table.md"
NOTE = "Counted by the harbour office on 31 December 2019."


def pandoc(source, target, *options):
    subprocess.run(["pandoc", "-f", "markdown+footnotes+pipe_tables", "-s", "--wrap=auto", source, "-o", target, *options], check=True)


def soffice(source, name, *options):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *options, "--convert-to", name,
                        "--outdir", FOLDER, source], check=True, capture_output=True)


def rows():
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def page_docx():
    pandoc(PAGE, FOLDER / "page.docx")


def page_odt():
    soffice(FOLDER / "page.docx", "odt")


def page_pdf():
    soffice(FOLDER / "page.docx", "pdf")


def page_html():
    pandoc(PAGE, FOLDER / "page.html", "--metadata", "pagetitle=The harbour", "-c", "none.css")


def page_epub():
    pandoc(PAGE, FOLDER / "page.epub", "--metadata", "title=The harbour")


def page_tex():
    pandoc(PAGE, FOLDER / "page.tex")


def page_rst():
    pandoc(PAGE, FOLDER / "page.rst")


def page_adoc():
    pandoc(PAGE, FOLDER / "page.adoc", "-t", "asciidoctor")


def page_org():
    pandoc(PAGE, FOLDER / "page.org")


def page_ipynb():
    top, rest = PAGE.read_text().split("## ")
    cell = lambda text: {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}
    code = {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": ["boats = 12"]}
    book = {"cells": [cell(top), code, cell("## " + rest)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (FOLDER / "page.ipynb").write_text(json.dumps(book, indent=1) + "\n")


def page_txt():
    # pandoc draws tables with lines; people set them with tabs.
    text = subprocess.run(["pandoc", "-t", "plain", "--wrap=none", PAGE], check=True, capture_output=True, text=True).stdout
    lines = [line for line in text.splitlines() if not set(line.strip()) <= set("- ") or not line.strip()]
    (FOLDER / "page.txt").write_text("\n".join(lines) + "\n")


def page_eml():
    html = (FOLDER / "page.html").read_text()
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = "office@harbour.example"
    message["To"] = "press@harbour.example"
    message["Subject"] = "The harbour, as agreed – café included"
    message.set_content(html, subtype="html", cte="quoted-printable")
    message.add_attachment(b"12 boats, 13 cranes", maintype="application", subtype="octet-stream", filename="a.bin")
    message.set_boundary("=-=harbour=-=")
    (FOLDER / "page.eml").write_bytes(message.as_bytes())


def page_pptx():
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    cover, second = deck.slides.add_slide(deck.slide_layouts[1]), deck.slides.add_slide(deck.slide_layouts[1])
    blocks = PAGE.read_text().split("\n\n")
    cover.shapes.title.text = blocks[0].lstrip("# ")
    cover.placeholders[1].text = " ".join(blocks[1].split())
    second.shapes.title.text = blocks[2].lstrip("# ")
    body = second.placeholders[1].text_frame
    body.text = blocks[3]
    for item in blocks[4].splitlines():
        body.add_paragraph().text = item.removeprefix("- ").removesuffix("[^seats]")
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in blocks[5].splitlines() if "---" not in line]
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "Where they lay"
    grid = third.shapes.add_table(len(table), 3, Inches(1), Inches(2), Inches(8), Inches(2)).table
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            grid.cell(row, column).text = text
    third.notes_slide.notes_text_frame.text = " ".join(blocks[6].split())
    box = third.shapes.add_textbox(Inches(1), Inches(5), Inches(8), Inches(1))
    box.text_frame.text = blocks[7].removeprefix("[^seats]: ").strip()
    deck.save(FOLDER / "page.pptx")


def table_csv():
    with open(FOLDER / "table.csv", "w", newline="") as out:
        csv.writer(out).writerows([*rows(), [NOTE]])


def table_tsv():
    with open(FOLDER / "table.tsv", "w", newline="") as out:
        csv.writer(out, dialect="excel-tab").writerows([*rows(), [NOTE]])


def table_json():
    head, *body = rows()
    data = {"berths": [dict(zip(head, row)) for row in body], "note": NOTE}
    (FOLDER / "table.json").write_text(json.dumps(data, indent=2) + "\n")


def table_xlsx():
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Boats"
    head, *body = rows()
    sheet.append(head)
    for name, first, second, share, opened in body:
        number = [int(text.replace(",", "")) for text in (first, second)]
        sheet.append([name, *number, float(share.rstrip("%")) / 100, datetime.datetime.strptime(opened, "%d %B %Y")])
        line = sheet.max_row
        for column, code in zip("BCDE", ("#,##0", "#,##0", "0.0%", "d mmmm yyyy")):
            sheet[f"{column}{line}"].number_format = code
    sheet.append([])
    sheet.append([NOTE])
    book.save(FOLDER / "table.xlsx")


def table_ods():
    soffice(FOLDER / "table.xlsx", "ods")


def table_docx():
    pandoc(TABLE, FOLDER / "table.docx")


def table_pdf():
    soffice(FOLDER / "table.docx", "pdf")


def table_html():
    pandoc(TABLE, FOLDER / "table.html", "--metadata", "pagetitle=Boats")


def columns_pdf():
    from weasyprint import HTML

    HTML(FOLDER / "columns.html").write_pdf(FOLDER / "columns.pdf")


MAKERS = [page_docx, page_odt, page_pdf, page_html, page_epub, page_tex, page_rst, page_adoc, page_org, page_ipynb, page_txt,
          page_eml, page_pptx, table_csv, table_tsv, table_json, table_xlsx, table_ods, table_docx, table_pdf, table_html,
          columns_pdf]


def main():
    wanted = sys.argv[1:]
    for maker in MAKERS:
        name = maker.__name__.replace("_", ".")
        if not wanted or name.split(".")[1] in wanted:
            maker()
            print(name)


if __name__ == "__main__":
    main()

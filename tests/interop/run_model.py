#!/usr/bin/env python3
"""Loads every model.py below a folder with its model.safetensors and compares what PyTorch computes with expected.safetensors beside them.

Run with any Python that has torch, for instance Debian's python3-torch. PythonTests writes the folders, one for every layer of the catalogue
in every form of its arguments, and what its own loops compute in double precision. Prints the largest difference of each kind of layer.
"""
import importlib.util
import json
import pathlib
import struct
import sys

import torch

TOLERANCE = 1e-5


def read(path):
    content = path.read_bytes()
    start = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:start])
    metadata = header.pop("__metadata__")
    arrays = {}
    for name, entry in header.items():
        begin, end = (start + offset for offset in entry["data_offsets"])
        arrays[name] = torch.frombuffer(bytearray(content[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return metadata, arrays


def load(folder):
    spec = importlib.util.spec_from_file_location("model", folder / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.load()


def difference(folder, metadata, expected):
    model = load(folder)
    label = expected["label"].long()
    encoder, decoder = ([label] if metadata[part] else [] for part in ("encoder", "decoder"))
    with torch.no_grad():
        mu, logvar = model.encode(expected["x"], *encoder)
        actual = {"mu": mu, "logvar": logvar, "decoded": model.decode(expected["z"], *decoder)}
        if metadata["sample"]:
            shape = list(model.sample(2, *([label[:2]] if decoder else [])).shape)
            if shape != [2, *expected["x"].shape[1:]]:
                raise ValueError(f"sample gives {shape}")
    worst = 0.0
    for name, value in actual.items():
        if value.shape != expected[name].shape:
            raise ValueError(f"{name} is {list(value.shape)}, not {list(expected[name].shape)}")
        relative = (value - expected[name]).abs() / (1 + expected[name].abs())
        worst = max(worst, relative.max().item()) if not relative.isnan().any() else float("inf")
    return worst


def main():
    folders = sorted(path.parent for path in pathlib.Path(sys.argv[1]).rglob("model.py"))
    worst, failed = {}, False
    for folder in folders:
        metadata, expected = read(folder / "expected.safetensors")
        title = metadata["title"]
        try:
            found = difference(folder, metadata, expected)
        except Exception as error:  # Python that does not run, or weights that do not fit.
            print(f"{title}: {type(error).__name__}: {error}")
            failed = True
            continue
        if not found <= TOLERANCE:
            print(f"{title}: differs by {found:.2g}")
            failed = True
        kind = title.split()[0]
        worst[kind] = max(worst.get(kind, 0.0), found)
    for kind, found in worst.items():
        print(f"{kind}: {found:.2g}")
    print(f"{len(folders)} models, PyTorch {torch.__version__}")
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main())

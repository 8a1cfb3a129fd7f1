#!/usr/bin/env python3
"""Shows that PyTorch loads our safetensors with load_state_dict(strict=True) and computes what we compute.

Run with any Python that has torch, for instance Debian's python3-torch; the safetensors package is not needed:

    /usr/bin/python3 tests/interop/load_in_pytorch.py

model.safetensors and expected.safetensors beside this file are written by Vae; a unit test keeps them up to date.
"""
import json
import pathlib
import struct
import sys

import torch
from torch import nn

TYPES = {"F32": torch.float32, "I64": torch.int64}


def load(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    arrays = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=TYPES[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"])
    return arrays


class Vae(nn.Module):
    """The convolutional spec of the unit tests, written by hand."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential()
        self.encoder.add_module("down", nn.Conv2d(1, 4, 3, stride=2, padding=1))
        for index, layer in enumerate(
            [nn.BatchNorm2d(4), nn.LeakyReLU(0.01), nn.Dropout(0.5), nn.Flatten(), nn.Linear(64, 10), nn.SiLU()], 1
        ):
            self.encoder.add_module(str(index), layer)
        self.latent = nn.ModuleDict({"mu": nn.Linear(10, 3), "logvar": nn.Linear(10, 3)})
        self.decoder = nn.Sequential(
            nn.Linear(3, 64),
            nn.Unflatten(1, (4, 4, 4)),
            nn.GroupNorm(2, 4),
            nn.GELU(),
            nn.ConvTranspose2d(4, 1, 4, stride=2, padding=1),
        )


def main():
    folder = pathlib.Path(__file__).parent
    expected = load(folder / "expected.safetensors")
    model = Vae()
    print(model.load_state_dict(load(folder / "model.safetensors"), strict=True))
    model.eval()
    with torch.no_grad():
        features = model.encoder(expected["x"])
        actual = {
            "mu": model.latent["mu"](features),
            "logvar": model.latent["logvar"](features),
            "decoded": model.decoder(expected["z"]),
        }
    failed = False
    for name, value in actual.items():
        difference = (value - expected[name]).abs().max().item()
        failed |= not difference <= 1e-5
        print(f"{name}: largest difference {difference:.2g}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

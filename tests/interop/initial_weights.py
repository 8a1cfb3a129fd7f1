#!/usr/bin/env python3
"""Prints what PyTorch draws for the first experiment from seed 42: the numbers in MnistTests. Needs PyTorch; no test does."""
import collections

import torch
from torch import nn

torch.manual_seed(42)
layers = collections.OrderedDict(
    [
        ("encoder.0", nn.Linear(784, 128)),
        ("latent.mu", nn.Linear(128, 2)),
        ("latent.logvar", nn.Linear(128, 2)),
        ("decoder.0", nn.Linear(2, 128)),
        ("decoder.2", nn.Linear(128, 784)),
    ]
)
for name, layer in layers.items():
    for kind in ("weight", "bias"):
        values = getattr(layer, kind).detach().flatten()
        first, last = values[0].item(), values[-1].item()
        print(f'("{name}.{kind}", {first:.9g}f, {last:.9g}f, {values.double().sum().item():.12g}),')

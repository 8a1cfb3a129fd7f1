#!/usr/bin/env python3
"""Prints what PyTorch draws from given seeds: the numbers in MnistTests and WeightFactoryTests. Needs PyTorch; no test does."""
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

SCHEMES = {
    "xavier-uniform": nn.init.xavier_uniform_,
    "xavier-normal": nn.init.xavier_normal_,
    "kaiming-uniform": lambda weight: nn.init.kaiming_uniform_(weight, nonlinearity="relu"),
    "kaiming-normal": lambda weight: nn.init.kaiming_normal_(weight, nonlinearity="relu"),
    "normal": lambda weight: nn.init.normal_(weight, 0, 0.02),
}
for name, initialize in SCHEMES.items():
    ends = []
    for shape in (4, 3), (6, 4, 5, 5):
        torch.manual_seed(7)
        weight = torch.empty(shape)
        initialize(weight)
        ends += [weight.flatten()[0].item(), weight.flatten()[-1].item()]
    print(f'("{name}", {", ".join(f"{end:.9g}f" for end in ends)}),')

#!/usr/bin/env python3
"""Computes every layer of the catalogue in PyTorch and stores what comes out, for LayerOutputsTests to compare with.

Run with any Python that has torch, for instance Debian's python3-torch; no other package is needed:

    /usr/bin/python3 tests/interop/layer_outputs.py

It writes layer_outputs.safetensors beside this file. For each case its metadata hold the layer as a spec writes it, the shape of an
example before and after it, the seed, and whether it ran in training mode. Nothing else is stored of the weights: they are PyTorch's own draws from the seed,
each moved by a fixed pattern so that none keeps a 0 or 1, and the test draws them again. The arrays of a case are its output, and the
gradients of a fixed weighted sum of it; after training mode, its buffers too.
"""
import json
import math
import pathlib
import struct

import torch
from torch import nn

BATCH = 3
LABELS = 4


def pattern(count, frequency, phase):
    """Numbers in -1..1 that both sides compute in double precision."""
    return torch.tensor([math.sin(frequency * k + phase) for k in range(count)], dtype=torch.float64).float()


def channels_last(base):
    """The module of [n, C, T] as one of [n, T, C]."""

    class Swapped(base):
        def forward(self, x):
            return super().forward(x.transpose(1, 2)).transpose(1, 2)

    return Swapped


def recurrent(base):
    """The module with its final states, or the states of every step."""

    class Recurrent(base):
        def __init__(self, features, hidden, last=False, **options):
            super().__init__(features, hidden, batch_first=True, **options)
            self.last = last

        def forward(self, x):
            states, final = super().forward(x)
            if not self.last:
                return states
            hidden = final[0] if isinstance(final, tuple) else final
            return torch.cat([hidden[-2], hidden[-1]], 1) if self.bidirectional else hidden[-1]

    return Recurrent


Gru, Lstm = recurrent(nn.GRU), recurrent(nn.LSTM)


class Residual(nn.Module):
    def __init__(self, *layers, project=None):
        super().__init__()
        self.layers = nn.Sequential(*layers)
        if project is not None:
            self.project = project()

    def forward(self, x):
        return self.layers(x) + (self.project(x) if hasattr(self, "project") else x)


class Embedding(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


class Repeat(nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def forward(self, x):
        return x.unsqueeze(1).repeat(1, self.steps, 1)


class Concat(nn.Module):
    """Joins the one-hot label along an axis of the example."""

    def __init__(self, axis):
        super().__init__()
        self.axis = axis + 1

    def forward(self, x):
        label = nn.functional.one_hot(torch.arange(BATCH) % LABELS, LABELS).float()
        shape = [size if place != self.axis else LABELS for place, size in enumerate(x.shape)]
        view = [BATCH if place == 0 else LABELS if place == self.axis else 1 for place in range(x.dim())]
        return torch.cat([x, label.view(view).expand(shape)], self.axis)


def cases():
    """Layer, shape of an example, what makes the module; training mode for a fourth element."""
    image, series = [4, 7, 6], [7, 4]
    yield "linear: 5", [6], lambda: nn.Linear(6, 5)
    yield "linear: {out: 5, bias: false}", [3, 6], lambda: nn.Linear(6, 5, bias=False)
    yield "linear: {out: 5, act: gelu}", [6], lambda: nn.Sequential(nn.Linear(6, 5), nn.GELU())
    yield "linear: [5, 2]", [6], lambda: nn.Sequential(nn.Linear(6, 10), nn.Unflatten(1, (5, 2)))

    yield "conv1d: {out: 6, kernel: 3}", [4, 9], lambda: nn.Conv1d(4, 6, 3)
    yield (
        "conv1d: {out: 6, kernel: 3, stride: 2, padding: 2, dilation: 2, groups: 2, bias: false}",
        [4, 9],
        lambda: nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False),
    )
    yield "conv1d: {out: 6, kernel: 3, stride: 2, channels-last: true}", [9, 4], lambda: channels_last(nn.Conv1d)(4, 6, 3, stride=2)
    yield "conv-transpose1d: {out: 6, kernel: 3}", [4, 5], lambda: nn.ConvTranspose1d(4, 6, 3)
    yield (
        "conv-transpose1d: {out: 6, kernel: 4, stride: 3, padding: 1, output-padding: 2, dilation: 2, groups: 2, bias: false}",
        [4, 5],
        lambda: nn.ConvTranspose1d(4, 6, 4, stride=3, padding=1, output_padding=2, dilation=2, groups=2, bias=False),
    )
    yield (
        "conv-transpose1d: {out: 6, kernel: 4, stride: 2, padding: 1, channels-last: true}",
        [5, 4],
        lambda: channels_last(nn.ConvTranspose1d)(4, 6, 4, stride=2, padding=1),
    )
    yield "conv2d: {out: 3, kernel: 3}", image, lambda: nn.Conv2d(4, 3, 3)
    yield (
        "conv2d: {out: 6, kernel: [3, 2], stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2, bias: false}",
        image,
        lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2, bias=False),
    )
    yield "conv-transpose2d: {out: 3, kernel: 3}", [4, 3, 2], lambda: nn.ConvTranspose2d(4, 3, 3)
    yield (
        "conv-transpose2d: {out: 6, kernel: [3, 4], stride: [2, 3], padding: [1, 0], output-padding: [1, 2], dilation: [2, 1], groups: 2, bias: false}",
        [4, 3, 2],
        lambda: nn.ConvTranspose2d(4, 6, (3, 4), stride=(2, 3), padding=(1, 0), output_padding=(1, 2), dilation=(2, 1), groups=2, bias=False),
    )

    for kind, module in (("gru", Gru), ("lstm", Lstm)):
        yield f"{kind}: 3", series, lambda module=module: module(4, 3)
        yield f"{kind}: {{hidden: 3, return: last}}", series, lambda module=module: module(4, 3, last=True)
        yield f"{kind}: {{hidden: 3, bias: false, layers: 2}}", series, lambda module=module: module(4, 3, bias=False, num_layers=2)
        yield f"{kind}: {{hidden: 3, bidirectional: true}}", series, lambda module=module: module(4, 3, bidirectional=True)
        yield (
            f"{kind}: {{hidden: 3, layers: 2, bidirectional: true, dropout: 0.4, return: last}}",
            series,
            lambda module=module: module(4, 3, num_layers=2, bidirectional=True, dropout=0.4, last=True),
        )
    yield "embedding: {num: 5, dim: 3}", [7], lambda: Embedding(5, 3)
    yield "repeat: 4", [5], lambda: Repeat(4)
    yield "concat: label", [5], lambda: Concat(0)
    yield "concat: label", [2, 3, 4], lambda: Concat(0)
    yield "concat: {with: label, channels-last: true}", [3, 5], lambda: Concat(1)
    yield "concat: {with: label, channels-last: false}", [3, 5], lambda: Concat(0)

    yield "residual: [linear: {out: 4, act: tanh}, linear: auto]", [6], lambda: Residual(nn.Linear(6, 4), nn.Tanh(), nn.Linear(4, 6))
    yield (
        "residual: {layers: [linear: {out: 4, act: relu}], project: true}",
        [6],
        lambda: Residual(nn.Linear(6, 4), nn.ReLU(), project=lambda: nn.Linear(6, 4, bias=False)),
    )
    yield (
        "residual: {layers: [gru: 5], project: true, act: silu}",
        series,
        lambda: nn.Sequential(Residual(Gru(4, 5), project=lambda: nn.Linear(4, 5, bias=False)), nn.SiLU()),
    )
    yield (
        "residual: {layers: [conv1d: {out: 6, kernel: 3, stride: 2, padding: 1}], project: true}",
        [4, 9],
        lambda: Residual(nn.Conv1d(4, 6, 3, stride=2, padding=1), project=lambda: nn.Conv1d(4, 6, 1, stride=2, bias=False)),
    )
    yield (
        "residual: {layers: [conv1d: {out: 6, kernel: 3, stride: 2, padding: 1, channels-last: true}], project: true}",
        [9, 4],
        lambda: Residual(
            channels_last(nn.Conv1d)(4, 6, 3, stride=2, padding=1), project=lambda: channels_last(nn.Conv1d)(4, 6, 1, stride=2, bias=False)
        ),
    )
    yield (
        "residual: {layers: [{conv2d: {out: 6, kernel: 3, stride: [2, 3], padding: 1}}, {residual: [batchnorm, relu]}], project: true}",
        image,
        lambda: Residual(
            nn.Conv2d(4, 6, 3, stride=(2, 3), padding=1),
            Residual(nn.BatchNorm2d(6), nn.ReLU()),
            project=lambda: nn.Conv2d(4, 6, 1, stride=(2, 3), bias=False),
        ),
    )

    yield "batchnorm", [5], lambda: nn.BatchNorm1d(5)
    yield "batchnorm: {eps: 0.1, affine: false}", image, lambda: nn.BatchNorm2d(4, eps=0.1, affine=False)
    yield "batchnorm", series, lambda: nn.BatchNorm1d(7)
    yield "batchnorm: {channels-last: true}", series, lambda: channels_last(nn.BatchNorm1d)(4)
    yield "batchnorm: {momentum: 0.3}", image, lambda: nn.BatchNorm2d(4, momentum=0.3), True
    yield "batchnorm: {channels-last: true}", series, lambda: channels_last(nn.BatchNorm1d)(4), True
    yield "layernorm", [6], lambda: nn.LayerNorm(6)
    yield "layernorm: {eps: 0.1}", image, lambda: nn.LayerNorm(image, eps=0.1)
    yield "layernorm: {affine: false}", series, lambda: nn.LayerNorm(series, elementwise_affine=False)
    yield "groupnorm: 2", [6], lambda: nn.GroupNorm(2, 6)
    yield "groupnorm: {groups: 2, eps: 0.1}", image, lambda: nn.GroupNorm(2, 4, eps=0.1)
    yield "groupnorm: {groups: 4, affine: false}", image, lambda: nn.GroupNorm(4, 4, affine=False)
    yield "groupnorm: 7", series, lambda: nn.GroupNorm(7, 7)
    yield "groupnorm: {groups: 2, channels-last: true}", series, lambda: channels_last(nn.GroupNorm)(2, 4)

    yield "dropout: 0.3", [6], lambda: nn.Dropout(0.3)
    yield "flatten", [2, 3, 4], lambda: nn.Flatten()
    yield "reshape: [3, 4]", [2, 6], lambda: nn.Sequential(nn.Flatten(), nn.Unflatten(1, (3, 4)))
    yield "upsample: 3", [2, 3, 2], lambda: nn.Upsample(scale_factor=3, mode="nearest")
    yield "avgpool2d: 2", image, lambda: nn.AvgPool2d(2)
    yield "avgpool2d: {kernel: [3, 2], stride: [1, 2], padding: 1}", image, lambda: nn.AvgPool2d((3, 2), stride=(1, 2), padding=1)
    yield "maxpool2d: 2", image, lambda: nn.MaxPool2d(2)
    yield "maxpool2d: {kernel: 3, stride: [1, 2], padding: 1}", image, lambda: nn.MaxPool2d(3, stride=(1, 2), padding=1)

    yield "relu", [9], lambda: nn.ReLU()
    yield "leaky-relu", [9], lambda: nn.LeakyReLU()
    yield "leaky-relu: 0.2", [9], lambda: nn.LeakyReLU(0.2)
    yield "elu", [9], lambda: nn.ELU()
    yield "elu: 0.5", [9], lambda: nn.ELU(0.5)
    yield "selu", [9], lambda: nn.SELU()
    yield "gelu", [9], lambda: nn.GELU()
    yield "gelu: {approximate: tanh}", [9], lambda: nn.GELU(approximate="tanh")
    yield "silu", [9], lambda: nn.SiLU()
    yield "tanh", [9], lambda: nn.Tanh()
    yield "sigmoid", [9], lambda: nn.Sigmoid()
    yield "softplus", [9], lambda: nn.Softplus()
    yield "softmax", [9], lambda: nn.Softmax(-1)
    yield "softmax", series, lambda: nn.Softmax(-1)
    yield "softmax", image, lambda: nn.Softmax(1)


def compute(layer, shape, module, training, seed):
    """The shape of an example that comes out, and the case's arrays by name."""
    torch.manual_seed(seed)
    built = module()
    network = built if isinstance(built, nn.Sequential) and not layer.startswith("reshape") else nn.Sequential(built)
    network.train(training)
    with torch.no_grad():
        for name, values in network.state_dict().items():
            if values.is_floating_point():
                values.add_(0.1 * pattern(values.numel(), 0.37, 1).reshape(values.shape))
    x = 1.5 * pattern(BATCH * math.prod(shape), 0.7, 0.3).reshape([BATCH, *shape])
    whole = layer.startswith("embedding")
    if whole:
        x = torch.arange(x.numel()).reshape(x.shape).remainder(5).float()
    x.requires_grad_(not whole)
    y = network(x)
    output = y.flatten(1)
    (output * pattern(output.numel(), 0.9, 2).reshape(output.shape)).sum().backward()
    arrays = {"output": output.detach()}
    if not whole:
        arrays["gradient"] = x.grad.flatten(1)
    for name, values in network.named_parameters():
        arrays["gradient/" + name] = values.grad
    if training:
        for name, values in network.named_buffers():
            arrays["after/" + name] = values.float()
    return list(y.shape[1:]), arrays


def main():
    metadata, arrays = {}, {}
    for number, (layer, shape, module, *training) in enumerate(cases()):
        key = f"{number:03}"
        training = bool(training)
        output, computed = compute(layer, shape, module, training, 100 + number)
        metadata[key] = json.dumps({"layer": layer, "input": shape, "output": output, "seed": 100 + number, "training": training})
        for name, values in computed.items():
            arrays[f"{key}/{name}"] = values.contiguous()
    header, offset = {"__metadata__": metadata}, 0
    for name, values in arrays.items():
        end = offset + 4 * values.numel()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(struct.pack(f"<{values.numel()}f", *values.flatten().tolist()) for values in arrays.values())
    path = pathlib.Path(__file__).with_suffix(".safetensors")
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    print(f"{len(metadata)} cases, {len(arrays)} arrays, {path.stat().st_size} bytes, PyTorch {torch.__version__}")


if __name__ == "__main__":
    main()

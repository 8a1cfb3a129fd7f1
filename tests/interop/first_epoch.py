#!/usr/bin/env python3
"""Trains the first experiment for some steps in PyTorch, drawing what Vae draws in the same order, and prints the mean losses.

usage: first_epoch.py STEPS [SEED]    (from the repository's root; compare with `train: {steps: STEPS, seed: SEED}`)
Needs PyTorch; no test does.
"""
import gzip
import sys

import torch
from torch import nn
from torch.nn import functional

steps = int(sys.argv[1])
torch.manual_seed(int(sys.argv[2]) if len(sys.argv) > 2 else 42)
encoder = nn.Sequential(nn.Linear(784, 128), nn.ReLU())
mu_head, logvar_head = nn.Linear(128, 2), nn.Linear(128, 2)
decoder = nn.Sequential(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 784), nn.Sigmoid())
parameters = [p for m in (encoder, mu_head, logvar_head, decoder) for p in m.parameters()]
optimizer = torch.optim.Adam(parameters, lr=2e-3)

with gzip.open("data/mnist/train-images-idx3-ubyte.gz") as file:
    raw = bytearray(file.read()[16:])
images = torch.frombuffer(raw, dtype=torch.uint8).reshape(60000, 784)

totals, seen = [0.0, 0.0, 0.0], 0
order = torch.randperm(60000)
for step in range(steps):
    batch = images[order[step * 128 : (step + 1) * 128]].float() / 255
    noise = torch.randn(len(batch), 2)
    features = encoder(batch)
    mu, logvar = mu_head(features), logvar_head(features)
    output = decoder(mu + torch.exp(0.5 * logvar) * noise)
    reconstruction = functional.mse_loss(output, batch)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1).mean()
    loss = reconstruction + 0.001 * kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for index, value in enumerate((loss, reconstruction, kl)):
        totals[index] += value.item() * len(batch)
    seen += len(batch)
print("loss %.6f reconstruction %.6f kl %.6f" % tuple(total / seen for total in totals))

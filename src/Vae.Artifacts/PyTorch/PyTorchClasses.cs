namespace Vae.Artifacts.PyTorch;

/// <summary>The Python of what PyTorch has no module for. Each is written only into files that use it, in the order of this list.</summary>
internal static class PyTorchClasses
{
    /// <summary>Name, the others that it needs, and text.</summary>
    public static readonly (string Name, string[] Needs, string Text)[] All =
    [
        ("channels_last", [], """"
            def channels_last(module):
                """The module of series [n, C, T] as one of [n, T, F]."""

                class ChannelsLast(module):
                    def forward(self, x):
                        return super().forward(x.transpose(1, 2)).transpose(1, 2)

                return ChannelsLast
            """"),
        ("Gru", [], """"
            class Gru(nn.GRU):
                """The states of every step, or the final one: of the backward direction that at the first step."""

                def __init__(self, features, hidden, last=False, **options):
                    super().__init__(features, hidden, batch_first=True, **options)
                    self.last = last

                def forward(self, x):
                    states, final = super().forward(x)
                    if not self.last:
                        return states
                    return torch.cat([final[-2], final[-1]], 1) if self.bidirectional else final[-1]
            """"),
        ("Lstm", [], """"
            class Lstm(nn.LSTM):
                """The states of every step, or the final one: of the backward direction that at the first step."""

                def __init__(self, features, hidden, last=False, **options):
                    super().__init__(features, hidden, batch_first=True, **options)
                    self.last = last

                def forward(self, x):
                    states, (final, _) = super().forward(x)
                    if not self.last:
                        return states
                    return torch.cat([final[-2], final[-1]], 1) if self.bidirectional else final[-1]
            """"),
        ("Embedding", [], """"
            class Embedding(nn.Embedding):
                """Rows for whole numbers that come as floats, as examples do."""

                def forward(self, x):
                    return super().forward(x.long())
            """"),
        ("Repeat", [], """"
            class Repeat(nn.Module):
                """The same vector at every step."""

                def __init__(self, steps):
                    super().__init__()
                    self.steps = steps

                def forward(self, x):
                    return x.unsqueeze(1).repeat(1, self.steps, 1)
            """"),
        ("Reshape", [], """"
            class Reshape(nn.Module):
                """The same numbers in another shape."""

                def __init__(self, *sizes):
                    super().__init__()
                    self.sizes = sizes

                def forward(self, x):
                    return x.reshape(-1, *self.sizes)
            """"),
        ("Concat", [], """"
            class Concat(nn.Module):
                """Joins what the label is along an axis, the same at every pixel or step."""

                takes_label = True

                def __init__(self, axis):
                    super().__init__()
                    self.axis = axis

                def forward(self, x, label):
                    size = label.shape[1]
                    single = [-1] + [size if axis == self.axis else 1 for axis in range(1, x.dim())]
                    spread = [-1] + [size if axis == self.axis else x.shape[axis] for axis in range(1, x.dim())]
                    return torch.cat([x, label.reshape(single).expand(spread)], self.axis)
            """"),
        ("Layers", [], """"
            class Layers(nn.Sequential):
                """Layers one after another, each with its name; those that take the label get it."""

                def __init__(self, *layers):
                    super().__init__()
                    self._modules.update(layers)

                def forward(self, x, label=None):
                    for layer in self:
                        x = layer(x, label) if getattr(layer, "takes_label", False) else layer(x)
                    return x
            """"),
        ("Residual", ["Layers"], """"
            class Residual(nn.Module):
                """What its layers make of x, plus x itself or its projection."""

                def __init__(self, layers, project=None):
                    super().__init__()
                    self.layers = layers
                    self.project = project
                    self.takes_label = isinstance(layers, Layers)

                def forward(self, x, label=None):
                    body = self.layers(x, label) if self.takes_label else self.layers(x)
                    return body + (x if self.project is None else self.project(x))
            """"),
    ];
}

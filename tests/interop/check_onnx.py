#!/usr/bin/env python3
"""Shows every .onnx file below some folders to ONNX's own checker, with shape inference, and to the promises of docs/artifacts.md.

Run with any Python that has onnx, for instance Debian's python3-onnx:

    /usr/bin/python3 tests/interop/check_onnx.py artifacts/mnist-mlp

PythonTests runs it over an export of every layer of the catalogue.
"""
import pathlib
import sys

import onnx

METADATA = ["data.factor", "data.fitted", "data.offset", "data.scale", "data.shape", "input.scale", "latent.size", "spec.name", "spec.sha256", "vae"]
OUTPUTS = {"encoder.onnx": ("x", ["mu", "logvar"]), "decoder.onnx": ("z", ["x"])}


def dimensions(value):
    return [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim]


def faults(path):
    model = onnx.load(str(path))
    onnx.checker.check_model(model, full_check=True)
    if model.ir_version != 8:
        yield f"IR version {model.ir_version}"
    if [(opset.domain, opset.version) for opset in model.opset_import] != [("", 17)]:
        yield f"opsets {model.opset_import}"
    given = {entry.key for entry in model.metadata_props}
    missing = [key for key in METADATA if key not in given]
    if missing:
        yield f"no metadata {', '.join(missing)}"
    for value in [*model.graph.input, *model.graph.output]:
        if dimensions(value)[0] != "batch" or not all(isinstance(size, int) and size > 0 for size in dimensions(value)[1:]):
            yield f"{value.name} has the shape {dimensions(value)}"
    if path.name in OUTPUTS:
        source, results = OUTPUTS[path.name]
        names = [value.name for value in model.graph.input]
        if names not in ([source], [source, "label"]) or [value.name for value in model.graph.output] != results:
            yield f"inputs {names}, outputs {[value.name for value in model.graph.output]}"
        if ("label" in names) and "condition.classes" not in given:
            yield "a label, and no number of classes"

    # What the graph says of its outputs must be what follows from its nodes.
    inferred = onnx.shape_inference.infer_shapes(strip(model), strict_mode=True, data_prop=True)
    for value, found in zip(model.graph.output, inferred.graph.output):
        told, computed = dimensions(value), dimensions(found)
        # Where the checker cannot tell a size, it gives it a name or 0.
        if len(told) != len(computed) or any(isinstance(b, int) and b not in (0, a) for a, b in zip(told[1:], computed[1:])):
            yield f"{value.name} is said to be {told} and is {computed}"


def strip(model):
    """The model without the shapes of its outputs."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    for value in copy.graph.output:
        value.type.tensor_type.ClearField("shape")
    return copy


def main():
    paths = [path for folder in sys.argv[1:] for path in sorted(pathlib.Path(folder).rglob("*.onnx"))]
    failed = False
    for path in paths:
        try:
            found = list(faults(path))
        except Exception as error:  # Whatever the checker raises is its verdict.
            found = [f"{type(error).__name__}: {error}"]
        for fault in found:
            failed = True
            print(f"{path}: {fault}")
    print(f"{len(paths)} models, onnx {onnx.__version__}")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())

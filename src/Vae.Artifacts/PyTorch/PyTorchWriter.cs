using System.Globalization;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Artifacts.PyTorch;

/// <summary>
/// A spec as a Python file: an <c>nn.Module</c> of plain PyTorch that takes <c>model.safetensors</c> by <c>load_state_dict(strict=True)</c>. It needs
/// <c>torch</c> and nothing else, and is a pure function of the spec.
/// </summary>
public static class PyTorchWriter
{
    private const string Load = """"
        TYPES = {"F32": torch.float32, "I64": torch.int64}


        def load(path=None):
            """The trained model, ready to be used. Its `metadata` say how the data was scaled."""
            path = pathlib.Path(path) if path else pathlib.Path(__file__).with_name("model.safetensors")
            content = path.read_bytes()
            start = 8 + struct.unpack("<Q", content[:8])[0]
            header = json.loads(content[8:start])
            model = Vae()
            model.metadata = header.pop("__metadata__", {})
            arrays = {}
            for name, entry in header.items():
                begin, end = (start + offset for offset in entry["data_offsets"])
                flat = torch.frombuffer(bytearray(content[begin:end]), dtype=TYPES[entry["dtype"]])
                arrays[name] = flat.reshape(entry["shape"])
            model.load_state_dict(arrays, strict=True)
            return model.eval()
        """";

    /// <summary>The file's text.</summary>
    public static string Write(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        PyTorchNetworks networks = new();
        string model = Model(spec, networks);
        List<string> parts = [Head(spec), .. networks.Classes, model, Load];
        return string.Join("\n\n\n", parts.Select(part => part.ReplaceLineEndings("\n").TrimEnd('\n'))) + "\n";
    }

    private static string Head(Spec spec)
    {
        string x = Batch(spec.Data.Shape), z = Batch([spec.Latent.Dim]);
        string encoded = spec.Encoder.ReadsLabel ? "x, label" : "x", decoded = spec.Decoder.ReadsLabel ? "mu, label" : "mu", sampled = spec.Decoder.ReadsLabel ? "16, label" : "16";
        string label = spec.Condition is { } condition ? string.Create(CultureInfo.InvariantCulture, $"\nlabel is [n] of whole numbers from 0 to {condition.Classes - 1}.") : "";
        return $""""
            """'{spec.Name}', a variational autoencoder in PyTorch.

            Written by Vae from the spec with the SHA-256 {SpecDigest.Of(spec)}.
            It needs torch and nothing else:

                import model
                vae = model.load()                    # model.safetensors beside this file
                mu, logvar = vae.encode({encoded})
                x = vae.decode({decoded})
                x = vae.sample({sampled})

            x is {x}, as the spec scales the data (see `vae.metadata`), z is {z}.{label}
            """
            import json
            import pathlib
            import struct

            import torch
            from torch import nn
            """";
    }

    private static string Model(Spec spec, PyTorchNetworks networks)
    {
        string dim = spec.Latent.Dim.ToString(CultureInfo.InvariantCulture);
        string head = new PythonCall("nn.Linear", spec.Encoder.Output[^1], spec.Latent.Dim).ToString();
        List<string> text = ["class Vae(nn.Module):", "    def __init__(self):", "        super().__init__()"];
        Attribute("encoder", networks.Network(spec.Encoder));
        Attribute("latent", $"nn.ModuleDict({{\"mu\": {head}, \"logvar\": {head}}})");
        Attribute("decoder", networks.Network(spec.Decoder));
        if (spec.Condition is { Kind: ConditionKind.Embedding } embedded)
            Attribute("condition", new PythonCall("nn.Embedding", embedded.Classes, embedded.Size).ToString());
        WeightDefinition[] ofLoss = [.. spec.Loss.Weights];
        if (ofLoss.Length > 0)
            Attribute("loss", $"nn.ParameterDict({{{string.Join(", ", ofLoss.Select(weight => $"\"{weight.Name}\": nn.Parameter(torch.zeros({PyTorchShape(weight.Shape)}))"))}}})");

        bool isEncoderTold = spec.Encoder.ReadsLabel, isDecoderTold = spec.Decoder.ReadsLabel;
        string label = isEncoderTold ? ", label" : "";
        Method($"encode(self, x{label})", "Means and log-variances of the codes of x.", [
            $"features = self.encoder(x{Numbers(isEncoderTold)})",
            $"return self.latent[\"mu\"](features), self.latent[\"logvar\"](features){Clamp(spec.Latent)}"]);
        string decoded = $"self.decoder(z{Numbers(isDecoderTold)})";
        label = isDecoderTold ? ", label" : "";
        Method($"decode(self, z{label})", "What codes stand for.", [$"return {(TakesLogits(spec) ? $"torch.sigmoid({decoded})" : decoded)}"]);
        Method($"sample(self, count{label})", "What draws from the prior stand for.", [$"return self.decode(torch.randn(count, {dim}){label})"]);
        Method($"forward(self, x{(isEncoderTold || isDecoderTold ? ", label" : "")})", "What a draw from the posterior of x stands for, with its mean and log-variance.", [
            $"mu, logvar = self.encode(x{(isEncoderTold ? ", label" : "")})",
            "z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)",
            $"return self.decode(z{label}), mu, logvar"]);
        if (spec.Condition is { } condition)
        {
            Method("label_numbers(self, label)", "What labels are to the layers that take them.", [
                condition.Kind == ConditionKind.Embedding
                    ? "return self.condition(label)"
                    : string.Create(CultureInfo.InvariantCulture, $"return nn.functional.one_hot(label, {condition.Classes}).float()")]);
        }

        return string.Join("\n", text);

        void Attribute(string name, string value) => text.Add($"        self.{name} = {value.ReplaceLineEndings("\n        ")}");

        void Method(string signature, string summary, string[] lines)
        {
            text.AddRange(["", $"    def {signature}:", $"        \"\"\"{summary}\"\"\"", .. lines.Select(line => "        " + line)]);
        }
    }

    private static string Numbers(bool isTold) => isTold ? ", self.label_numbers(label)" : "";

    private static string Clamp(LatentSpec latent) => latent.LogVarianceClamp is (double min, double max) ? $".clamp({PythonCall.Value(min)}, {PythonCall.Value(max)})" : "";

    private static bool TakesLogits(Spec spec) => spec.Loss.Reconstruction.Arguments.TryGetValue("logits", out object? logits) && logits is true;

    private static string PyTorchShape(Shape shape) => $"[{string.Join(", ", shape)}]";

    private static string Batch(Shape shape) => $"[n, {string.Join(", ", shape)}]";
}

using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Onnx;

/// <summary>
/// What the layers compute after training, written again as plain loops in double precision over one example, so that the
/// ONNX models are compared with something that shares no code with them.
/// </summary>
internal static class ReferenceForward
{
    public static double[] Run(Network network, string part, IReadOnlyList<NamedArray> weights, double[] example, double[]? label = null)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            string prefix = $"{part}.{network.Key(i)}.";
            example = Layer(network.Layers[i], name => weights.FirstOrDefault(w => w.Name == prefix + name)?.Values, example, label);
        }

        return example;
    }

    /// <summary>What a label is to the layers that join it.</summary>
    public static double[]? Label(ConditionSpec? condition, IReadOnlyList<NamedArray> weights, int label) => condition?.Kind switch
    {
        null => null,
        ConditionKind.OneHot => [.. Enumerable.Range(0, condition.Classes).Select(i => i == label ? 1.0 : 0)],
        _ => [.. weights.Single(w => w.Name == "condition.weight").Values.Skip(label * condition.Size).Take(condition.Size).Select(v => (double)v)],
    };

    public static double[] Head(string name, IReadOnlyList<NamedArray> weights, double[] features) =>
        Affine(weights.Single(w => w.Name == name + ".weight").Values, weights.Single(w => w.Name == name + ".bias").Values, features);

    private static double[] Layer(Layer layer, Func<string, float[]?> weight, double[] x, double[]? label)
    {
        Arguments a = layer.Arguments;
        return layer.Kind switch
        {
            "linear" => Rows(x, layer.Input[^1], row => Affine(weight("weight")!, weight("bias"), row)),
            "conv1d" => Conv1d(layer, weight("weight")!, weight("bias"), x),
            "conv-transpose1d" => ConvTranspose1d(layer, weight("weight")!, weight("bias"), x),
            "gru" or "lstm" => Recurrent(layer, weight, x),
            "residual" => Residual(layer, weight, x, label),
            "embedding" => [.. x.SelectMany(index => weight("weight")!.Skip((int)index * a.Int("dim")).Take(a.Int("dim")).Select(v => (double)v))],
            "repeat" => [.. Enumerable.Repeat(x, a.Int("steps")).SelectMany(step => step)],
            "conv2d" => Conv(layer, weight("weight")!, weight("bias"), x),
            "conv-transpose2d" => ConvTranspose(layer, weight("weight")!, weight("bias"), x),
            "batchnorm" => PerChannel(layer, x, (value, c) =>
                ((value - weight("running_mean")![c]) / Math.Sqrt(weight("running_var")![c] + a.Float("eps")) * (weight("weight")?[c] ?? 1)) + (weight("bias")?[c] ?? 0)),
            "layernorm" => [.. Normalize(x, a.Float("eps")).Select((v, i) => (v * (weight("weight")?[i] ?? 1)) + (weight("bias")?[i] ?? 0))],
            "groupnorm" => PerChannel(
                layer,
                Swap(layer, [.. Swap(layer, x).Chunk(x.Length / a.Int("groups")).SelectMany(group => Normalize(group, a.Float("eps")))], back: true),
                (value, c) => (value * (weight("weight")?[c] ?? 1)) + (weight("bias")?[c] ?? 0)),
            "concat" => Concat(layer, x, label!),
            "avgpool2d" => Pool(layer, x, (values, size) => values.Sum() / size),
            "maxpool2d" => Pool(layer, x, (values, _) => values.Max()),
            "upsample" => Upsample(layer, x),
            "dropout" or "flatten" or "reshape" => x,
            "softmax" => Softmax(layer, x),
            "relu" => [.. x.Select(v => Math.Max(0, v))],
            "leaky-relu" => [.. x.Select(v => v > 0 ? v : a.Float("slope") * v)],
            "elu" => [.. x.Select(v => v > 0 ? v : a.Float("alpha") * (Math.Exp(v) - 1))],
            "selu" => [.. x.Select(v => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.Exp(v) - 1)))],
            "gelu" when a.Text("approximate") == "tanh" => [.. x.Select(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715 * v * v * v)))))],
            "gelu" => [.. x.Select(v => v * NormalDistribution(v))],
            "silu" => [.. x.Select(v => v / (1 + Math.Exp(-v)))],
            "tanh" => [.. x.Select(Math.Tanh)],
            "sigmoid" => [.. x.Select(v => 1 / (1 + Math.Exp(-v)))],
            "softplus" => [.. x.Select(v => Math.Log(1 + Math.Exp(v)))],
            _ => throw new NotSupportedException($"write the reference of '{layer.Kind}' here"),
        };
    }

    private static double[] Concat(Layer layer, double[] x, double[] label)
    {
        bool last = layer.Input.Rank == 1 || (layer.Input.Rank == 2 && layer.Output[^1] > layer.Input[^1]);
        return last
            ? Rows(x, layer.Input[^1], row => [.. row, .. label])
            : [.. x, .. label.SelectMany(v => Enumerable.Repeat(v, x.Length / layer.Input[0]))];
    }

    private static double[] Affine(float[] weight, float[]? bias, double[] x)
    {
        var y = new double[weight.Length / x.Length];
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = bias?[o] ?? 0;
            for (int i = 0; i < x.Length; i++)
                y[o] += weight[(o * x.Length) + i] * x[i];
        }

        return y;
    }

    private static double[] Rows(double[] x, int length, Func<double[], double[]> map) => [.. x.Chunk(length).SelectMany(map)];

    private static double[] PerChannel(Layer layer, double[] x, Func<double, int, double> map)
    {
        if (IsChannelsLast(layer))
            return [.. x.Select((value, i) => map(value, i % layer.Input[1]))];
        int each = x.Length / layer.Input[0];
        return [.. x.Select((value, i) => map(value, i / each))];
    }

    private static bool IsChannelsLast(Layer layer) => layer.Input.Rank == 2 && layer.Arguments.Flag("channels-last");

    /// <summary>A series [T,F] as [F,T], or back; anything else as it is.</summary>
    private static double[] Swap(Layer layer, double[] x, bool back = false)
    {
        if (!IsChannelsLast(layer))
            return x;
        int columns = back ? layer.Input[0] : layer.Input[1], rows = x.Length / columns;
        return [.. Enumerable.Range(0, x.Length).Select(i => x[(i % rows * columns) + (i / rows)])];
    }

    /// <summary>The place of channel c at step t.</summary>
    private static Func<int, int, int> Place(Layer layer, Shape series) => IsChannelsLast(layer) ? (c, t) => (t * series[1]) + c : (c, t) => (c * series[1]) + t;

    private static double[] Conv1d(Layer layer, float[] weight, float[]? bias, double[] x)
    {
        Arguments a = layer.Arguments;
        int kernel = a.Int("kernel"), groups = a.Int("groups"), channels = a.Int("out");
        Func<int, int, int> from = Place(layer, layer.Input), to = Place(layer, layer.Output);
        int each = (int)layer.Input.Size / Steps(layer, layer.Input) / groups, length = Steps(layer, layer.Input);
        var y = new double[layer.Output.Size];
        for (int o = 0; o < channels; o++)
            for (int t = 0; t < Steps(layer, layer.Output); t++)
            {
                double sum = bias?[o] ?? 0;
                for (int i = 0; i < each; i++)
                    for (int k = 0; k < kernel; k++)
                    {
                        int at = (t * a.Int("stride")) - a.Int("padding") + (k * a.Int("dilation"));
                        if (at >= 0 && at < length)
                            sum += weight[(((o * each) + i) * kernel) + k] * x[from((o / (channels / groups) * each) + i, at)];
                    }

                y[to(o, t)] = sum;
            }

        return y;
    }

    private static double[] ConvTranspose1d(Layer layer, float[] weight, float[]? bias, double[] x)
    {
        Arguments a = layer.Arguments;
        int kernel = a.Int("kernel"), groups = a.Int("groups"), each = a.Int("out") / groups;
        Func<int, int, int> from = Place(layer, layer.Input), to = Place(layer, layer.Output);
        int steps = Steps(layer, layer.Input), length = Steps(layer, layer.Output), channels = (int)layer.Input.Size / steps;
        var y = new double[layer.Output.Size];
        for (int o = 0; o < a.Int("out"); o++)
            for (int t = 0; t < length; t++)
                y[to(o, t)] = bias?[o] ?? 0;
        for (int i = 0; i < channels; i++)
            for (int t = 0; t < steps; t++)
                for (int o = 0; o < each; o++)
                    for (int k = 0; k < kernel; k++)
                    {
                        int at = (t * a.Int("stride")) - a.Int("padding") + (k * a.Int("dilation"));
                        if (at >= 0 && at < length)
                            y[to((i / (channels / groups) * each) + o, at)] += weight[(((i * each) + o) * kernel) + k] * x[from(i, t)];
                    }

        return y;
    }

    private static double[] Residual(Layer layer, Func<string, float[]?> weight, double[] x, double[]? label)
    {
        (Network body, Layer? projection) = Dsl.Residual.Of(layer);
        double[] y = x;
        for (int i = 0; i < body.Layers.Count; i++)
        {
            string prefix = $"layers.{body.Key(i)}.";
            y = Layer(body.Layers[i], name => weight(prefix + name), y, label);
        }

        double[] added = projection is null ? x : Layer(projection, name => weight("project." + name), x, label);
        return [.. y.Zip(added, (first, second) => first + second)];
    }

    private static int Steps(Layer layer, Shape series) => series[IsChannelsLast(layer) ? 0 : 1];

    // PyTorch's formulas, gate by gate; every direction of every stacked layer is one walk over the steps.
    private static double[] Recurrent(Layer layer, Func<string, float[]?> weight, double[] x)
    {
        Arguments a = layer.Arguments;
        int hidden = a.Int("hidden"), steps = layer.Input[0];
        double[][] sequence = [.. x.Chunk(layer.Input[1])];
        double[] final = [];
        for (int index = 0; index < a.Int("layers"); index++)
        {
            double[][] input = sequence;
            sequence = [.. Enumerable.Repeat(Array.Empty<double>(), steps)];
            final = [];
            foreach (bool backward in a.Flag("bidirectional") ? [false, true] : new[] { false })
            {
                string suffix = $"_l{index}{(backward ? "_reverse" : "")}";
                double[] h = new double[hidden], c = new double[hidden];
                for (int step = 0; step < steps; step++)
                {
                    int t = backward ? steps - 1 - step : step;
                    double[] fromInput = Affine(weight("weight_ih" + suffix)!, weight("bias_ih" + suffix), input[t]);
                    double[] fromState = Affine(weight("weight_hh" + suffix)!, weight("bias_hh" + suffix), h);
                    double Gate(int gate, int i) => fromInput[(gate * hidden) + i] + fromState[(gate * hidden) + i];
                    double[] before = h;
                    if (layer.Kind == "lstm")
                    {
                        c = [.. c.Select((value, i) => (Sigmoid(Gate(1, i)) * value) + (Sigmoid(Gate(0, i)) * Math.Tanh(Gate(2, i))))];
                        h = [.. c.Select((value, i) => Sigmoid(Gate(3, i)) * Math.Tanh(value))];
                    }
                    else
                    {
                        h = [.. before.Select((value, i) =>
                        {
                            double candidate = Math.Tanh(fromInput[(2 * hidden) + i] + (Sigmoid(Gate(0, i)) * fromState[(2 * hidden) + i]));
                            return ((1 - Sigmoid(Gate(1, i))) * candidate) + (Sigmoid(Gate(1, i)) * value);
                        })];
                    }

                    sequence[t] = [.. sequence[t], .. h];
                }

                final = [.. final, .. h];
            }
        }

        return a.Text("return") == "last" ? final : [.. sequence.SelectMany(state => state)];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Normalize(double[] x, double epsilon)
    {
        double mean = x.Average();
        double variance = x.Average(v => (v - mean) * (v - mean));
        return [.. x.Select(v => (v - mean) / Math.Sqrt(variance + epsilon))];
    }

    // Every product of the convolution, told where it belongs: image row = out·stride − padding + kernel·dilation.
    private static double[] Conv(Layer layer, float[] weight, float[]? bias, double[] x)
    {
        Arguments a = layer.Arguments;
        (int kh, int kw) = a.Pair("kernel");
        (int sh, int sw) = a.Pair("stride");
        (int ph, int pw) = a.Pair("padding");
        (int dh, int dw) = a.Pair("dilation");
        int groups = a.Int("groups");
        int ci = layer.Input[0] / groups, h = layer.Input[1], w = layer.Input[2];
        int co = layer.Output[0] / groups, oh = layer.Output[1], ow = layer.Output[2];
        var y = new double[layer.Output.Size];
        for (int o = 0; o < co * groups; o++)
            for (int r = 0; r < oh; r++)
                for (int c = 0; c < ow; c++)
                {
                    double sum = bias?[o] ?? 0;
                    for (int i = 0; i < ci; i++)
                        for (int kr = 0; kr < kh; kr++)
                            for (int kc = 0; kc < kw; kc++)
                            {
                                int ir = (r * sh) - ph + (kr * dh), ic = (c * sw) - pw + (kc * dw);
                                if (ir >= 0 && ir < h && ic >= 0 && ic < w)
                                    sum += weight[((((o * ci) + i) * kh) + kr) * kw + kc] * x[(((((o / co) * ci) + i) * h) + ir) * w + ic];
                            }

                    y[(((o * oh) + r) * ow) + c] = sum;
                }

        return y;
    }

    // Each input pixel stamps the kernel into the output.
    private static double[] ConvTranspose(Layer layer, float[] weight, float[]? bias, double[] x)
    {
        Arguments a = layer.Arguments;
        (int kh, int kw) = a.Pair("kernel");
        (int sh, int sw) = a.Pair("stride");
        (int ph, int pw) = a.Pair("padding");
        (int dh, int dw) = a.Pair("dilation");
        int groups = a.Int("groups");
        int ci = layer.Input[0], h = layer.Input[1], w = layer.Input[2];
        int co = layer.Output[0] / groups, oh = layer.Output[1], ow = layer.Output[2];
        var y = new double[layer.Output.Size];
        for (int o = 0; o < layer.Output[0]; o++)
            Array.Fill(y, bias?[o] ?? 0, o * oh * ow, oh * ow);
        for (int i = 0; i < ci; i++)
            for (int r = 0; r < h; r++)
                for (int c = 0; c < w; c++)
                    for (int o = 0; o < co; o++)
                        for (int kr = 0; kr < kh; kr++)
                            for (int kc = 0; kc < kw; kc++)
                            {
                                int or = (r * sh) - ph + (kr * dh), oc = (c * sw) - pw + (kc * dw);
                                int channel = (i / (ci / groups) * co) + o;
                                if (or >= 0 && or < oh && oc >= 0 && oc < ow)
                                    y[(((channel * oh) + or) * ow) + oc] += weight[((((i * co) + o) * kh) + kr) * kw + kc] * x[(((i * h) + r) * w) + c];
                            }

        return y;
    }

    private static double[] Pool(Layer layer, double[] x, Func<List<double>, int, double> combine)
    {
        Arguments a = layer.Arguments;
        (int kh, int kw) = a.Pair("kernel");
        (int sh, int sw) = a.Pair("stride");
        (int ph, int pw) = a.Pair("padding");
        int h = layer.Input[1], w = layer.Input[2];
        var y = new List<double>();
        for (int ch = 0; ch < layer.Output[0]; ch++)
            for (int r = 0; r < layer.Output[1]; r++)
                for (int c = 0; c < layer.Output[2]; c++)
                {
                    var inside = new List<double>();
                    for (int kr = 0; kr < kh; kr++)
                        for (int kc = 0; kc < kw; kc++)
                        {
                            int ir = (r * sh) - ph + kr, ic = (c * sw) - pw + kc;
                            if (ir >= 0 && ir < h && ic >= 0 && ic < w)
                                inside.Add(x[(((ch * h) + ir) * w) + ic]);
                        }

                    y.Add(combine(inside, kh * kw));
                }

        return [.. y];
    }

    private static double[] Upsample(Layer layer, double[] x)
    {
        int scale = layer.Arguments.Int("scale");
        int h = layer.Output[1], w = layer.Output[2];
        return [.. Enumerable.Range(0, (int)layer.Output.Size).Select(i => x[((i / (h * w) * (h / scale)) + (i / w % h / scale)) * (w / scale) + (i % w / scale)])];
    }

    private static double[] Softmax(Layer layer, double[] x)
    {
        int count = layer.Input.Rank == 3 ? layer.Input[0] : layer.Input[^1];
        int step = layer.Input.Rank == 3 ? layer.Input[1] * layer.Input[2] : 1;
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int start = layer.Input.Rank == 3 ? i % step : i / count * count;
            y[i] = Math.Exp(x[i]) / Enumerable.Range(0, count).Sum(k => Math.Exp(x[start + (k * step)]));
        }

        return y;
    }

    // Φ by its Taylor series around 0, exact enough for |x| up to 6.
    private static double NormalDistribution(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / (2 * n);
            sum += term / ((2 * n) + 1);
        }

        return 0.5 + (sum / Math.Sqrt(2 * Math.PI));
    }
}

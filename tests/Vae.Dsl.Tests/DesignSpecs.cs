namespace Vae.Dsl.Tests;

/// <summary>The specs that the language was designed by, word for word. The first experiment is <see cref="FirstSpecTests.Text"/>.</summary>
internal static class DesignSpecs
{
    /// <summary>A convolutional conditional VAE with an annealed weight.</summary>
    public const string Conditional = """
        vae: 1
        name: fashion-cvae

        params:
          latent: {type: int, default: 16, min: 1, help: size of z}
          beta: 1.0

        data:
          dataset: fashion-mnist
          validation: 0.1

        condition: {label: one-hot}

        blocks:
          down:
            params: {ch: int}
            layers:
              - conv2d: {out: $(ch), kernel: 3, stride: 2, padding: 1}
              - batchnorm
              - leaky-relu: 0.2
          up:
            params: {ch: int}
            layers:
              - conv-transpose2d: {out: $(ch), kernel: 4, stride: 2, padding: 1}
              - batchnorm
              - leaky-relu: 0.2

        encoder:
          - use: {block: down, each: {ch: [32, 64]}}
          - flatten
          - concat: label
          - linear: {out: 256, act: relu}

        latent: $(latent)

        decoder:
          - concat: label
          - linear: {out: [64, 7, 7], act: relu}
          - use: {block: up, each: {ch: [64, 32]}}
          - conv2d: {out: auto, kernel: 3, padding: 1}

        loss:
          reconstruction: {bce: {logits: true}}
          kl:
            weight: {from: 0, to: $(beta), epochs: 10}
            free-bits: 0.05

        train:
          epochs: 40
          batch: 256
          optimizer: {adamw: {lr: 1e-3, weight-decay: 1e-4}}
          schedule: {cosine: {warmup: 2, min-lr: 1e-5}}
          clip-norm: 5
          stop: {on: validation.loss, patience: 5}

        artifacts:
          plots: [loss, kl-by-dimension, reconstructions, samples: {per-label: 10}, traversal: {range: 3, steps: 9}]
          report: html

        """;

    /// <summary>A recurrent VAE on series: a base, from the package Acme.Vae.Specs.</summary>
    public const string Base = """
        vae: 1                      # package Acme.Vae.Specs, file gru-base.vae.yaml
        name: gru-base
        abstract: true              # cannot be trained by itself

        params:
          hidden: 64
          latent: 8
          window: {type: int, default: 50, min: 4}
          beta: 0.1

        data:
          source: csv
          window: {length: $(window), stride: 1}
          scale: standard           # fitted on the training split, kept with the weights

        encoder:
          - gru: {hidden: $(hidden), return: last}

        latent: $(latent)

        decoder:
          - repeat: $(window)
          - gru: {hidden: $(hidden), return: sequence}
          - linear: auto            # at every time step

        loss: {reconstruction: mse, kl: {weight: {from: 0, to: $(beta), epochs: 5}}}
        train: {epochs: 30, batch: 64, optimizer: adam, lr: 1e-3, clip-norm: 1}
        artifacts: {plots: [loss, series-reconstructions, kl-by-dimension, aggregate-posterior], report: html}

        """;

    /// <summary>What derives from <see cref="Base"/>.</summary>
    public const string Derived = """
        vae: 1
        name: turbine
        extends: {spec: pkg:Acme.Vae.Specs/gru-base.vae.yaml, with: {window: 96, hidden: 128}}

        data:
          path: data/turbine.csv
          columns: [rpm, temp, vibration]
          time: timestamp
          split: {by: time, train: 70%, validation: 15%, test: 15%}

        train: {epochs: 60}

        """;

    /// <summary>The id of the package that <see cref="Base"/> is in.</summary>
    public const string Package = "Acme.Vae.Specs";

    /// <summary>The name of its file there.</summary>
    public const string BaseFile = "gru-base.vae.yaml";
}

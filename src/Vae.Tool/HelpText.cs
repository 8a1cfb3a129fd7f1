namespace Vae.Tool;

/// <summary>The part of the help that teaches: examples and exit codes.</summary>
internal static class HelpText
{
    private const string Codes = "\n" + """
        Exit codes:
          0    done, or nothing had to be done
          1    errors were reported, in the form file(line,column): error VAE1201: text
          2    the command line was not understood
          130  cancelled by Ctrl-C, SIGTERM or the cancel file
        """;

    /// <summary>The text below the help of a command, or <c>null</c>.</summary>
    public static string? For(string command) => command switch
    {
        "check" => """
            Examples:
              vae check mnist.vae.yaml                        is it right? what are the shapes?
              vae check specs/*.vae.yaml                      several at once
              vae check mnist.vae.yaml --set latent=16        with a value changed

            """ + Codes,
        "show" => """
            Examples:
              vae show mnist.vae.yaml                         layers, shapes, parameters
              vae show mnist.vae.yaml --resolved              the full spec, every default filled in
              vae show mnist.vae.yaml --resolved --variant quick
              vae show mnist.vae.yaml --origins               where each value came from
              vae show mnist.vae.yaml --sweep                 the points of its sweep

            """ + Codes,
        "train" => """
            Examples:
              vae train mnist.vae.yaml                        into artifacts/<name>
              vae train mnist.vae.yaml -o models/mnist        into a folder of your choice
              vae train mnist.vae.yaml --variant quick        a variant that the spec declares
              vae train mnist.vae.yaml --param beta=0.01      a parameter that the spec declares
              vae train mnist.vae.yaml --set train.epochs=5   any key of the language
              vae train mnist.vae.yaml --sweep                every point of its sweep, one after another
              vae train mnist.vae.yaml --resume               go on where an earlier run was stopped
              vae train mnist.vae.yaml --store                take it from the store of trained models, or train and keep it there
              vae train mnist.vae.yaml --json                 one JSON event a line, for machines

            """ + Codes,
        "sample" => """
            Examples:
              vae sample artifacts/mnist                      100 samples into samples.png
              vae sample artifacts/mnist -n 16 --seed 7 -o s.png
              vae sample artifacts/mnist -n 1000 -o s.csv     a row a sample, for other programs
              vae sample artifacts/digits --label 7 -o seven/ a picture a sample, all of one label

            """ + Codes,
        "encode" => """
            Examples:
              vae encode artifacts/mnist pictures/            the codes of a folder of pictures, into codes.csv
              vae encode artifacts/mnist x.npy -o z.npy       arrays in, arrays out
              vae encode artifacts/turbine june.csv --stride 1 -o z.csv   a code for each window of a series
              vae encode artifacts/mnist x.npy --distribution means and log-variances

            """ + Codes,
        "decode" => """
            Examples:
              vae decode artifacts/mnist codes.csv            pictures on one sheet, decoded.png
              vae decode artifacts/mnist z.npy -o x.npy       arrays in, arrays out
              vae decode artifacts/mnist --code 0.5,-1        one code
              vae decode artifacts/digits z.csv --label 7     with a label

            """ + Codes,
        "reconstruct" => """
            Examples:
              vae reconstruct artifacts/faces photo.png       one picture in, one picture out
              vae reconstruct artifacts/faces album/ -o seen/ each picture of a folder
              vae reconstruct artifacts/turbine june.csv -o seen.csv   a series in its own units

            """ + Codes,
        "diff" => """
            Examples:
              vae diff artifacts/mnist-a artifacts/mnist-b    values of the specs, metrics, curves: is b worse?
              vae diff a b --format markdown -o diff.md       for a pull request
              vae diff a b --tolerance 5% --fail-on never     only look
              vae diff mnist.vae.yaml fashion.vae.yaml        two specs
              vae diff mnist.vae.yaml mnist.vae.yaml --variant quick   what a variant changes

            """ + Codes,
        "inspect" => """
            Examples:
              vae inspect artifacts/mnist                     weights, encoder and decoder of a trained spec
              vae inspect model.safetensors                   any safetensors file
              vae inspect resnet.onnx --nodes                 any ONNX model, with every node

            """ + Codes,
        "report" => """
            Examples:
              vae report artifacts/mnist                      report.html in the folder, written anew
              vae report artifacts/mnist --spec mnist.vae.yaml --open   with who wrote which value; in the browser
              vae report artifacts/mnist -o page.html         elsewhere

            """ + Codes,
        "verify" => """
            Examples:
              vae verify mnist.vae.yaml                       artifacts/<name> against snapshots/ beside the spec
              vae verify mnist.vae.yaml -a models/mnist       a folder of your choice
              vae verify mnist.vae.yaml --variant quick       a variant has snapshots of its own

            What differs is written beside the accepted files as .received.; 'vae accept' takes it.

            """ + Codes,
        "accept" => """
            Examples:
              vae accept                                      all received files below the current folder
              vae accept mnist.vae.yaml                       those of one spec
              vae accept snapshots/mnist.loss.received.csv    one file
              vae accept mnist.vae.yaml -a artifacts/mnist    compare first, then accept

            A snapshot within its tolerance is never rewritten. A build server (CI=true) accepts nothing.

            """ + Codes,
        "calibrate" => """
            Examples:
              vae calibrate mnist.vae.yaml                    three seeds, and one seed with 1 and 2 threads
              vae calibrate mnist.vae.yaml --seeds 5 --threads 1,2,4
              vae calibrate mnist.vae.yaml --seeds 1          what other machines do at least
              vae calibrate mnist.vae.yaml --variant quick    of a variant, in a fraction of the time

            Prints how much each number varied, and the section 'checks' to be put into the spec.

            """ + Codes,
        "schema" => """
            Examples:
              vae schema                                      to standard output
              vae schema -o vae.schema.json                   into a file

            An editor with the YAML language server (Visual Studio Code with the extension YAML, Neovim, Helix …) takes it
            from the first line of a spec:
              # yaml-language-server: $schema=vae.schema.json

            """ + Codes,
        "watch" => """
            Examples:
              vae watch                                       every training below this folder; Ctrl-C ends it
              vae watch ~/src/app                             those of the build of a solution elsewhere
              vae watch --once                                how far are they now?

            """ + Codes,
        "gc" => """
            Examples:
              vae gc                                          what is in the store? (removes only what is broken)
              vae gc --older-than 90d --keep-locked ~/src     what was not used for 90 days, unless a lock file there names it
              vae gc --max-size 20GB --dry-run                what would have to go?
              vae gc --of mnist.vae.lock                      the models of one spec, so that the next build trains

            """ + Codes,
        "doctor" => """
            Prints which files of libtorch were found, their versions, what the processor and the graphics card
            can do, and where data sets are looked for. Exits with 1 when training could not run here.
            """,
        _ => """
            A first experiment:
              vae check mnist.vae.yaml       find mistakes, with file, line and column
              vae train mnist.vae.yaml       train it; model, plots and report go to artifacts/<name>
              vae sample artifacts/<name>    draw from the prior with the trained decoder
              vae doctor                     if training does not start

            """ + Codes,
    };
}

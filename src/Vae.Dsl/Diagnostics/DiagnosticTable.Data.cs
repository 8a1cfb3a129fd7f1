namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE3xxx: data files and what is made of them.</summary>
    public static class Data
    {
        /// <summary>The file or folder is not there.</summary>
        public static readonly DiagnosticCode NotFound = new(
            "VAE3001",
            "Data not found",
            "Check 'data.path'. It is relative to the folder of the spec that is trained.");

        /// <summary>The system refuses to give the file.</summary>
        public static readonly DiagnosticCode Unreadable = new(
            "VAE3002",
            "A data file cannot be read",
            "Check the file's permissions and the disk; the message ends with the system's own words.");

        /// <summary>Fewer bytes than the header says.</summary>
        public static readonly DiagnosticCode Truncated = new(
            "VAE3003",
            "A data file is too short",
            "The file was cut, or its header lies. Fetch or write it again.");

        /// <summary>More bytes than the header says.</summary>
        public static readonly DiagnosticCode TooLong = new(
            "VAE3004",
            "A data file is too long",
            "Something follows the last value. Fetch or write the file again.");

        /// <summary>Not a file of that kind.</summary>
        public static readonly DiagnosticCode Malformed = new(
            "VAE3005",
            "A data file is not of the kind that the spec says",
            "Check 'data.source' and the file: the message says which bytes were expected.");

        /// <summary>A type of number that is not read.</summary>
        public static readonly DiagnosticCode ElementType = new(
            "VAE3006",
            "An unsupported type of number",
            "Save the array with one of the types that the message lists.");

        /// <summary>Sizes that do not fit the spec.</summary>
        public static readonly DiagnosticCode ShapeMismatch = new(
            "VAE3007",
            "The data does not have the spec's shape",
            "Set 'data.shape' to what the message says is stored, or to its flattened size.");

        /// <summary>Labels are missing, too many, or given twice.</summary>
        public static readonly DiagnosticCode LabelCount = new(
            "VAE3008",
            "The labels do not belong to the examples",
            "Each example has one label, from the place that its source has for labels (docs/data.md).");

        /// <summary>A label that is no class.</summary>
        public static readonly DiagnosticCode LabelValue = new(
            "VAE3009",
            "A label is not a class number",
            "Labels are whole numbers from 0, one for each class.");

        /// <summary>NaN, infinity, or text where a number is due.</summary>
        public static readonly DiagnosticCode BadNumber = new(
            "VAE3010",
            "A value is not a finite number",
            "Correct or leave out the row that the message names. Numbers are written with a point: 1.5, 2e-3.");

        /// <summary>A row with more or fewer fields than the header.</summary>
        public static readonly DiagnosticCode RaggedRow = new(
            "VAE3011",
            "A row has the wrong number of fields",
            "Every row has as many fields as the header; a field with a comma or a line break stands in quotes.");

        /// <summary>A column that the header does not name, or names twice.</summary>
        public static readonly DiagnosticCode Column = new(
            "VAE3012",
            "A column is not there",
            "Check 'data.columns' and 'data.labels' against the header; the message lists its columns.");

        /// <summary>No examples at all.</summary>
        public static readonly DiagnosticCode Empty = new(
            "VAE3013",
            "There are no examples",
            "Check that the file or folder is the right one.");

        /// <summary>More than memory holds.</summary>
        public static readonly DiagnosticCode TooLarge = new(
            "VAE3014",
            "The data is too large for this machine's memory",
            "Use a smaller file: the whole set is kept in memory while training.");

        /// <summary>A split without examples.</summary>
        public static readonly DiagnosticCode EmptySplit = new(
            "VAE3015",
            "A split is empty",
            "Check 'data.limit', 'data.validation' and 'data.test': each needs at least one example, and training too.");

        /// <summary>A picture that cannot be decoded.</summary>
        public static readonly DiagnosticCode Image = new(
            "VAE3016",
            "A picture cannot be decoded",
            "PNG and JPEG are read. Save the picture again, or take it out of the folder.");

        /// <summary>A picture with other proportions.</summary>
        public static readonly DiagnosticCode ImageSize = new(
            "VAE3017",
            "A picture has other proportions than the spec's shape",
            "Pictures are resized, never stretched or cropped: crop them first, or change 'data.shape'.");

        /// <summary>A named set's file with other content.</summary>
        public static readonly DiagnosticCode Digest = new(
            "VAE3018",
            "A file of a named data set has other content",
            "Delete the file, so that it is found elsewhere or downloaded. To train on your own data, say 'source: idx' and 'path:'.");

        /// <summary>A named set that is nowhere.</summary>
        public static readonly DiagnosticCode NamedSetMissing = new(
            "VAE3019",
            "A named data set was not found",
            "Put the files into one of the folders that the message lists, or allow the download.");

        /// <summary>An archive in which the data is not evident.</summary>
        public static readonly DiagnosticCode Array = new(
            "VAE3020",
            "The archive's data array is not evident",
            "Name the data array 'data' (or 'x_train' and 'x_test'), or leave only one array besides the labels in the file.");

        /// <summary>A time that cannot be read.</summary>
        public static readonly DiagnosticCode BadTime = new(
            "VAE3030",
            "A time cannot be read",
            "Times are ISO 8601 dates (2024-05-01, 2024-05-01T12:30:00Z, with a blank for the T too) or numbers, one of the two in the whole column.");

        /// <summary>A time before that of the row above.</summary>
        public static readonly DiagnosticCode TimeOrder = new(
            "VAE3031",
            "The times do not ascend",
            "Sort the rows by time. Local times repeat an hour when summer time ends: write UTC, or the offset.");

        /// <summary>Two rows at one time.</summary>
        public static readonly DiagnosticCode TimeTwice = new(
            "VAE3032",
            "Two rows have the same time",
            "A series has one row at a time. Keep one of the rows, or put each series into a file of its own.");

        /// <summary>Rows are missing.</summary>
        public static readonly DiagnosticCode TimeGap = new(
            "VAE3033",
            "Rows are missing in a regular series",
            "No window runs across a gap, so nothing is trained on rows that do not follow each other. Fill the gaps if that loses too many windows.",
            Severity.Warning);

        /// <summary>Times without a common step.</summary>
        public static readonly DiagnosticCode TimeIrregular = new(
            "VAE3034",
            "The times have no common step",
            "A window is a number of rows, whatever time lies between them. Resample the series to a fixed step if that matters.",
            Severity.Warning);

        /// <summary>A part of a series that is shorter than a window.</summary>
        public static readonly DiagnosticCode NoWindow = new(
            "VAE3035",
            "No window fits into a split",
            "Use a shorter window, a longer series, or a larger part: no window runs across the border of two splits or across a gap in time.");

        /// <summary>Parts that take more than there is.</summary>
        public static readonly DiagnosticCode SplitTooLarge = new(
            "VAE3036",
            "The parts of a split take more than there is",
            "The message says how many rows there are. Leave 'train' out, and it is what validation and test leave.");

        /// <summary>A test set twice.</summary>
        public static readonly DiagnosticCode TestTwice = new(
            "VAE3037",
            "The source brings a test set of its own",
            "Take 'test' out of 'split': training and validation are parted from the source's training set.");

        /// <summary>A label beyond the spec's number of classes.</summary>
        public static readonly DiagnosticCode LabelRange = new(
            "VAE3060",
            "There are more labels than the spec's number of classes",
            "Raise 'data.classes' to the largest label plus 1, or correct the labels.");
    }
}

namespace Vae.Artifacts.Snapshots;

/// <summary>Whether this process runs on a build server, by the variables that those set.</summary>
public static class BuildServer
{
    private static readonly string[] Marks =
    [
        "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "TEAMCITY_VERSION", "JENKINS_URL", "APPVEYOR", "TRAVIS", "CIRCLECI", "BUILDKITE", "CODEBUILD_BUILD_ID", "BITBUCKET_BUILD_NUMBER",
    ];

    /// <summary>Whether one of them is set: <c>CI=true</c>, or that of a server which does not set this.</summary>
    public static bool Detected => IsOne(Environment.GetEnvironmentVariable);

    internal static bool IsOne(Func<string, string?> variable) =>
        variable("CI") is { } value && (value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase))
        || Marks.Any(mark => !string.IsNullOrEmpty(variable(mark)));
}

package dev.fuse.scenario;

/** The text that a new scenario begins with; it is a valid scenario as it stands. */
public final class Template {

  private Template() {}

  /**
   * A file of this name, without its ending.
   *
   * @param description one sentence: when it applies
   */
  public static String of(String name, String description) {
    return """
    apiVersion: fuse.dev/v1
    kind: Scenario
    name: %s                  # = the file's name
    title: %s
    description: >-             # when it applies, in one sentence
      %s
    match:
      examples:                 # questions that it is for; fifteen find nine of ten others
        - why does %s fail
        - what is the state of %s
      negatives:                # questions that look alike and are not meant
        - how do I install %s
      keywords: [%s]
      # context:                # where it belongs: globs, compared here and never sent
      #   git-remote: github.com/acme/*
      #   kube-context: 'gke_acme-*'
      # require: [git-remote]   # no match without these
    mode: auto                  # auto, manual (--scenario %s) or always
    # parameters:
    #   namespace: {from: kube-namespace, default: default, description: where it runs}
    # evidence:                 # reading tools, run before the model is asked
    #   - tool: k8s_diagnose
    #     with: {question: '${prompt}', namespace: '${namespace}'}
    # permissions: {deny: [k8s_delete]}
    instructions: |
      What an expert would do, step by step.
    output:
      sections: [Confirmed, Not checked, Next step]
    tests:
      - {prompt: why does %s fail again, expect: match}
      - {prompt: list the files here, expect: none}
    """
        .formatted(
            name, name, description.replaceAll("\\s+", " "), name, name, name, name, name, name);
  }
}

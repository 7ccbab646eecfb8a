package dev.fuse.cli.invocation;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What in the environment is Fuse's alone: plugins and the programs that they start get the rest.
 */
final class OwnVariables {

  /** Keys of services of models, and Fuse's own settings but for where its home is. */
  private static final Pattern OWN =
      Pattern.compile(
          "FUSE_(?!HOME$).*|(?:OPENAI|ANTHROPIC|GEMINI|GOOGLE_AI|GOOGLE_GENAI|AZURE_OPENAI|MISTRAL|GROQ"
              + "|OPENROUTER|DEEPSEEK|XAI|TOGETHER|FIREWORKS|COHERE|PERPLEXITY|CEREBRAS|LITELLM|MODEL)"
              + "_(?:API_?)?(?:KEY|TOKEN)S?");

  private OwnVariables() {}

  static Map<String, String> without(Map<String, String> variables) {
    var rest = new TreeMap<>(variables);
    rest.keySet().removeIf(name -> OWN.matcher(name).matches());
    return rest;
  }
}

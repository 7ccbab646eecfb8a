package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;

/** {@code fuse completion}: scripts that let a shell complete Fuse's command line. */
final class CompletionCommand {

  private static final String BASH =
      """
      # bash completion for fuse: source <(fuse completion bash)
      _fuse() {
        local current=${COMP_WORDS[COMP_CWORD]} words line
        COMPREPLY=()
        words=("${COMP_WORDS[@]:1:COMP_CWORD}")
        while IFS= read -r line; do
          COMPREPLY+=("$line")
        done < <("${COMP_WORDS[0]}" completion words -q -- "${words[@]}" 2>/dev/null)
        case ${COMPREPLY[0]-} in
          *=) compopt -o nospace 2>/dev/null ;;
        esac
      }
      complete -o default -F _fuse fuse""";

  private static final String ZSH =
      """
      #compdef fuse
      # zsh completion for fuse: source <(fuse completion zsh)
      _fuse() {
        local -a found
        found=("${(@f)$("${words[1]}" completion words -q -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        if (( ${#found} )) && [[ -n ${found[1]} ]]; then
          compadd -Q -S '' -- ${(M)found:#*=}
          compadd -- ${found:#*=}
        else
          _files
        fi
      }
      if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
        _fuse "$@"
      elif (( $+functions[compdef] )); then
        compdef _fuse fuse
      fi""";

  private static final String FISH =
      """
      # fish completion for fuse: fuse completion fish | source
      function __fuse_words
        set -l words (commandline -opc) (commandline -ct)
        $words[1] completion words -q -- $words[2..-1] 2>/dev/null
      end
      complete -c fuse -a '(__fuse_words)'""";

  private CompletionCommand() {}

  static Command command() {
    return Command.group("completion", "Print the completion script of a shell")
        .with("bash", "Print the script for bash", "", (_, bench) -> print(BASH, bench))
        .with("zsh", "Print the script for zsh", "", (_, bench) -> print(ZSH, bench))
        .with("fish", "Print the script for fish", "", (_, bench) -> print(FISH, bench))
        .with(
            "words",
            "Print what could come next; the scripts call this",
            "[WORD...]",
            CompletionCommand::words)
        .examples("bash", "source <(fuse completion bash)", "fuse completion fish | source");
  }

  private static ExitCode print(String script, Workbench bench) {
    bench.data(script);
    return ExitCode.DONE;
  }

  private static ExitCode words(Given given, Workbench bench) {
    new Candidates(bench).of(given.words()).forEach(bench::data);
    return ExitCode.DONE;
  }
}

package dev.fuse.tool.github.log;

import dev.fuse.tool.github.log.Sign.Seen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the tools that people run on runners print when they fail; the first sign that fits wins.
 */
final class Signs {

  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)\\b(?:0|no) (?:errors?|failures?|failed|warnings?|problems?)\\b"
              + "|\\b(?:errors?|failures?|failed|failing|broken)\\s*[:=]\\s*0\\b"
              + "|^\\s*(?:at|\\.\\.\\.) |--fail\\b|fail-fast|continue-on-error|if-no-files-found|error_?prone"
              + "|\\b(?:INFO|DEBUG|TRACE)\\b.*\\b(?:retry|retries)\\b");
  private static final Pattern QUIET =
      Pattern.compile(
          "(?:^|\\s|\\[)(?:INFO|DEBUG|TRACE|NOTICE)\\b|^npm (?:warn|notice)|^\\s*PASS\\b|\\bWARN(?:ING)?\\b");

  private static final List<Sign> STRONG =
      List.of(
          // machines and services
          Sign.of(
              Cause.DISK,
              97,
              1,
              "(?i)no space left on device|ENOSPC|disk quota exceeded|not enough space on the disk"),
          Sign.of(
              Cause.MEMORY,
              96,
              2,
              "(?i)heap out of memory|OutOfMemoryError|java heap space|cannot allocate memory|OOMKilled|\\bMemoryError\\b|runtime: out of memory|GC overhead limit|bad_alloc|ran out of memory|out of memory: kill|oom-?kill|signal: killed|\\(signal: 9|SIGKILL|^.{0,80}\\bKilled\\s*$|compiler is out of heap|exit(?:ed with)? (?:code|status) 137"),
          Sign.of(
              Cause.RATE_LIMIT,
              94,
              2,
              "(?i)toomanyrequests|rate limit exceeded|pull rate limit|secondary rate limit|429 too many|too many requests|rate.?limited|status(?: code)?:? 429"),
          Sign.of(
              Cause.PERMISSION,
              93,
              3,
              "Resource not accessible by integration|refusing to allow a|Permission to \\S+ denied to github-actions|permission_denied: write_package|Unable to get ACTIONS_ID_TOKEN_REQUEST_URL|denied: installation not allowed|The requested URL returned error: 403|GitHub Actions is not permitted to"),
          Sign.of(
              Cause.SECRET,
              92,
              2,
              "Input required and not supplied|must specify exactly one of .?\"?workload_identity_provider|Username and password required|Parameter token or opts\\.auth is required|Could not load credentials from any providers|Credentials could not be loaded|the input .{1,40} is (?:required|empty)"),
          Sign.of(
              Cause.NETWORK,
              80,
              2,
              "(?i)could not resolve host|temporary failure in name resolution|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ESOCKETTIMEDOUT|connection (?:reset|timed out)|TLS handshake timeout|\\bi/o timeout|unable to access 'https|\\b(?:502 Bad Gateway|503 Service|504 Gateway)|Failed to connect to \\S+ port|network is unreachable|Name or service not known"),
          Sign.of(
              Cause.CREDENTIALS,
              78,
              2,
              "(?i)(?:HTTP|status|code|returned|error)\\b\\D{0,12}401\\b|unauthorized|authentication (?:failed|required|error)|bad credentials|incorrect username or password|invalid username|password required|requested access to the resource is denied|could not read (?:username|password)|ENEEDAUTH|\\bE401\\b|invalid_grant|403 forbidden|access ?denied|InvalidClientTokenId|ExpiredToken|invalid (?:api )?(?:token|key)\\b|no basic auth credentials|credentials? (?:is|are) (?:empty|missing|invalid)|login failed"),
          // tests
          Sign.of(
              Cause.TEST,
              88,
              6,
              "^\\[ERROR\\]\\s+(?<test>(?:[\\w$]+\\.)*[A-Z]\\w*(?:[.:>»]|->)\\w+)(?::\\d+| |$)(?!.*Time elapsed).*(?:expected|but was|»|Exception|Error|[Aa]ssert|:\\d+)"),
          Sign.of(
              Cause.TEST,
              84,
              4,
              "^(?:\\[ERROR\\]\\s+)?(?<test>[\\w.$]+(?:\\([^)]*\\))?)\\s.*<<< (?:FAILURE|ERROR)!"),
          Sign.of(Cause.TEST, 88, 8, "^\\s*(?<test>[\\w.$]+(?: > [^>]+)+?) FAILED\\s*$"),
          Sign.of(Cause.TEST, 88, 12, "^\\s*●\\s+(?!Console)(?<test>.+ › .+|\\w.+)$"),
          Sign.of(
              Cause.TEST,
              86,
              10,
              "^\\s*(?:FAIL|❯|×|✕|✗)\\s+(?<test>\\S+.* > .+?)(?:\\s+\\d+(?:\\.\\d+)? ?m?s)?$"),
          Sign.of(
              Cause.TEST,
              82,
              4,
              "^\\s*(?:×|✕|✗|✘)\\s+(?<test>.+?)(?:\\s+\\(?\\d+(?:\\.\\d+)? ?m?s\\)?)?$"),
          Sign.of(Cause.TEST, 89, 0, "^(?:FAILED|ERROR) (?<test>\\S+::\\S+.*?)(?: - .*)?$"),
          Sign.of(Cause.TEST, 83, 1, "^E\\s{2,}\\S"),
          Sign.of(Cause.TEST, 88, 6, "^\\s*--- FAIL: (?<test>\\S+)"),
          Sign.of(Cause.TEST, 86, 3, "^\\s+\\w+_test\\.go:\\d+: "),
          Sign.of(Cause.TEST, 88, 0, "^test (?<test>\\S+) \\.\\.\\. FAILED"),
          Sign.of(Cause.TEST, 89, 4, "^thread '(?<test>[^']+)'.* panicked at"),
          Sign.of(
              Cause.TEST,
              88,
              6,
              "^\\s*(?:Failed|\\[FAIL\\]) (?<test>\\w[\\w.]+(?:\\(.*\\))?) \\[\\d"),
          Sign.of(Cause.TEST, 86, 5, "(?<test>[\\w.]+\\.[\\w.]+(?:\\([^)]*\\))?) \\[FAIL\\]"),
          Sign.of(Cause.TEST, 88, 9, "^\\s*\\d+\\) \\[[\\w -]+\\] › (?<test>.+?)(?: ─+)?\\s*$"),
          Sign.of(Cause.TEST, 87, 0, "^rspec (?<test>\\./\\S+)"),
          Sign.of(Cause.TEST, 86, 5, "^\\s*Failure/Error:"),
          Sign.of(Cause.TEST, 87, 5, "^\\d+\\) (?<test>[\\w\\\\]+::\\w+)"),
          Sign.of(Cause.TEST, 86, 1, "^\\s*\\d+/\\d+ Test +#\\d+: (?<test>\\S+) \\.*\\*+"),
          Sign.of(
              Cause.TEST,
              86,
              1,
              "\\d+ - (?<test>\\S+) \\((?:Failed|Timeout|SEGFAULT|Subprocess aborted)\\)"),
          Sign.of(Cause.TEST, 86, 6, "^(?:FAIL|ERROR): (?<test>\\w+ \\([\\w.]+\\))"),
          Sign.of(
              Cause.TEST,
              86,
              2,
              "Test Case '(?<test>[^']+)' failed|error: -\\[(?:\\w+\\.)?\\w+ \\w+\\]"),
          Sign.of(Cause.TEST, 86, 8, "^\\s+\\d+\\) test (?<test>.+)"),
          Sign.of(Cause.TEST, 85, 3, "^not ok \\d+ (?:- )?(?!.*# (?:SKIP|TODO))(?<test>.+)"),
          Sign.of(Cause.TEST, 85, 3, "^(?:\\[info\\] )?- (?<test>.+) \\*\\*\\* FAILED \\*\\*\\*"),
          Sign.of(Cause.TEST, 85, 0, "^(?<test>//\\S+)\\s+(?:FAILED|TIMEOUT) in"),
          Sign.of(
              Cause.TEST,
              70,
              2,
              "(?i)\\bassert(?:ion)?(?: ?error| failed|ion failure)|expected:? .*\\b(?:but (?:was|got)|got|received|actual):?"),
          // compilers and linters
          Sign.of(
              Cause.COMPILE,
              84,
              5,
              "^(?:\\[ERROR\\] )?\\S+\\.(?:java|kt|scala|groovy):(?:\\[\\d+,\\d+\\]|\\d+:(?:\\d+:?)?) ?(?:error:)?|^e: (?:file://)?\\S+\\.kts?"),
          Sign.of(
              Cause.COMPILE,
              84,
              5,
              "^\\s*error(?:\\[E\\d+\\]): |^\\s*error: (?:could not compile|aborting due)|^error: expected"),
          Sign.of(
              Cause.COMPILE,
              84,
              2,
              "\\S+\\(\\d+,\\d+\\): error (?:TS|CS|FS|MSB|NU|BC)?\\d*|: error (?:TS|CS|FS|MSB|BC)\\d+"),
          Sign.of(
              Cause.COMPILE,
              84,
              4,
              "^\\S+\\.(?:c|cc|cpp|cxx|h|hpp|m|swift|go|rs|zig):\\d+:(?:\\d+:)? (?:fatal )?(?:error: )?(?!warning|note)\\S"),
          Sign.of(
              Cause.COMPILE,
              76,
              3,
              "undefined reference to|cannot find symbol|SyntaxError: |ModuleNotFoundError: |Cannot find module|Compilation (?:error|failure)|Build failed because of webpack|ParserError"),
          Sign.of(
              Cause.LINT,
              78,
              1,
              "^\\s*\\d+:\\d+\\s+error\\s+\\S|✖ \\d+ problems?|would reformat|Code style issues|files? (?:need|would be) (?:re)?format|\\(Error-\\w+\\)|^\\S+\\.\\w+:\\d+:\\d+: [A-Z]\\d{3,4} |golangci-lint|format violations|checkstyle.*(?:ERROR|violation)|ktlint"),
          // dependencies
          Sign.of(
              Cause.DEPENDENCY,
              82,
              3,
              "(?i)could not (?:resolve|find) (?:dependenc|artifact|all )|\\bERESOLVE\\b|npm (?:ERR!|error) (?:code )?(?:E404|404)|no matching distribution|ResolutionImpossible|failed to select a version|unknown revision|\\bNU110\\d|no matching package named|unable to locate package|not found: manifest unknown|manifest (?:for \\S+ )?(?:unknown|not found)|lock ?file.*(?:out of (?:date|sync)|not up to date|needs to be updated)|checksum mismatch|EINTEGRITY|can only install packages when your package"),
          // builds and deployments
          Sign.of(
              Cause.COMMAND,
              74,
              4,
              "^\\s*(?:[│|]\\s*)?Error: |^\\* What went wrong:|^ERROR: failed to (?:solve|build)|^ERROR: (?!.*exit code \\d+$)|UPGRADE FAILED|INSTALLATION FAILED|^fatal: |^FATAL|^panic: |^Traceback \\(most recent|: Assertion `|Segmentation fault|core dumped"),
          Sign.of(
              Cause.COMMAND,
              66,
              2,
              "^\\[ERROR\\] Failed to execute goal|^make(?:\\[\\d+\\])?: \\*\\*\\*|^npm (?:ERR!|error) (?!A complete log|code|errno|path|command|Lifecycle)|^Exception in thread|^Caused by:|^\\w*(?:\\.\\w+)*(?:Error|Exception): "),
          Sign.of(Cause.COMMAND, 60, 2, "\\b(?:ERROR|FATAL|SEVERE|CRITICAL)\\b(?! *\\])"));

  private static final Sign RUNNER_ERROR =
      Sign.of(
          Cause.COMMAND,
          72,
          1,
          "^##\\[error\\](?!Process completed with exit code|The operation was canceled)");
  private static final Sign LAST_WORDS =
      Sign.of(Cause.COMMAND, 56, 2, "(?:^|\\s)[A-Z][A-Z _-]*FAILED\\b|\\bFAILED\\b");
  private static final Sign WEAK =
      Sign.of(
          Cause.COMMAND,
          20,
          1,
          "(?i)error|fail|fatal|panic|exception|denied|cannot|could not|unable to|missing|invalid|not found|undefined|refused");

  private Signs() {}

  /** The strongest sign of trouble in a line. */
  static Optional<Seen> in(String line) {
    if (HARMLESS.matcher(line).find()) {
      return Optional.empty();
    }
    var text = line.startsWith("##[error]") ? line.substring(9) : line;
    for (var sign : STRONG) {
      var seen = sign.in(text);
      if (seen.isPresent() && (sign.score() >= 90 || !QUIET.matcher(line).find())) {
        return seen;
      }
    }
    if (QUIET.matcher(line).find()) {
      return Optional.empty();
    }
    return RUNNER_ERROR.in(line).or(() -> LAST_WORDS.in(line)).or(() -> WEAK.in(line));
  }
}

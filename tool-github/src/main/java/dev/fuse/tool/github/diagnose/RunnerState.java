package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.look.Actions;

/** Whether a self-hosted runner that was lost is back. */
final class RunnerState {

  private final Actions actions;
  private final Told told;

  RunnerState(Actions actions, Told told) {
    this.actions = actions;
    this.told = told;
  }

  void tell(Story story) {
    try {
      for (var runner : actions.list("/actions/runners", "runners", 100).items()) {
        if (runner.text("name").equals(story.job().runner())) {
          told.add(
              Finding.info(
                  "runner " + runner.text("name"),
                  "it is now %s%s"
                      .formatted(runner.text("status"), runner.flag("busy") ? " and busy" : "")));
        }
      }
    } catch (Refused refused) {
      told.notRead("self-hosted runners: " + refused.problem());
    }
  }
}

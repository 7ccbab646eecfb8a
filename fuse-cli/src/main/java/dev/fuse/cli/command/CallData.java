package dev.fuse.cli.command;

import dev.fuse.cli.session.JsonReport;
import dev.fuse.gate.CallRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call made by hand, as data. */
final class CallData {

  private CallData() {}

  static Map<String, Object> of(CallRecord call) {
    var data = new LinkedHashMap<String, Object>();
    data.put("tool", call.tool());
    data.put("arguments", call.arguments());
    data.put("outcome", call.outcome());
    data.put("rule", call.ruling().rule());
    data.put("text", call.text());
    call.structured().ifPresent(value -> data.put("structured", value));
    data.put("findings", JsonReport.findings(call));
    data.put("millis", call.millis());
    return data;
  }
}

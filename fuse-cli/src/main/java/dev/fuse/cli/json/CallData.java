package dev.fuse.cli.json;

import dev.fuse.gate.CallRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call made by hand, as data. */
public final class CallData {

  private CallData() {}

  public static Map<String, Object> of(CallRecord call) {
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

package dev.fuse.cli.install;

import dev.fuse.plugin.Descriptor;
import dev.fuse.scenario.Signature;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Setting;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a descriptor from its fields. Written out, because it happens at every start and reflection
 * would take 40 ms there.
 */
final class DescriptorData {

  private DescriptorData() {}

  /**
   * The descriptor.
   *
   * @throws IllegalArgumentException naming the field that does not fit
   */
  static Descriptor read(Map<?, ?> data) {
    var fields = new Fields(data, "");
    return new Descriptor(
        fields.text("name"),
        fields.text("version"),
        fields.text("description"),
        fields.texts("prefixes"),
        fields.texts("coordinates"),
        fields.objects("tools", DescriptorData::tool),
        fields.objects("scenarios", ScenarioData::read),
        fields.textMap("scenarioFiles"),
        fields.objects("signatures", DescriptorData::signature),
        fields.objects("inventory", DescriptorData::inventory),
        fields.flag("policies"),
        fields.objects("settings", it -> new Setting(it.text("key"), it.schema("value"))),
        fields.text("jar"),
        Optional.of(fields.text("module")).filter(name -> !name.isEmpty()),
        fields.textMap("files"));
  }

  private static ToolSpec tool(Fields fields) {
    var parameters = fields.schema("parameters");
    var output = fields.findSchema("output");
    var ceiling = ceiling(fields.required("ceiling"));
    var calls = Set.copyOf(fields.texts("calls"));
    var keywords = fields.texts("keywords");
    try {
      return new ToolSpec(
          fields.text("name"),
          fields.text("description"),
          parameters,
          output,
          ceiling,
          calls,
          keywords);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException("'" + fields.at() + "': " + refused.getMessage(), refused);
    }
  }

  private static Ceiling ceiling(Fields fields) {
    return new Ceiling(
        Set.copyOf(fields.constants("verbs", Verb.values())),
        Set.copyOf(fields.texts("systems")),
        fields.constant("risk", Risk.values()),
        fields.flag("leavesMachine"));
  }

  private static Signature signature(Fields fields) {
    return new Signature(
        fields.texts("says"),
        fields.findText("pattern"),
        fields.text("system"),
        fields.text("scenario"),
        fields.findText("tool"),
        fields.flag("settles"),
        fields.text("about"));
  }

  private static InventorySource.Spec inventory(Fields fields) {
    return new InventorySource.Spec(
        fields.text("system"),
        fields.texts("world"),
        fields.flag("leavesMachine"),
        fields.objects(
            "kinds", it -> new InventorySource.ItemKind(it.text("name"), it.texts("words"))));
  }
}

import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

/** Layers: what a request's list itself must be. What it names is looked up by `resolveLayers`. */
export const layers: ConfigurationMember = {
  apply({ Layers }, _previous, { key, limits }) {
    if (Layers === undefined) return {};
    if (Layers.length > limits.layerCount) throw invalidParameter(`Cannot reference more than ${limits.layerCount} layers.`);
    const seen = new Map<string, string>();
    for (const arn of Layers) {
      if (arn.split(":")[3] !== key.region) {
        throw invalidParameter(`Layers are not in the same region as the function. Layers are expected to be in region ${key.region}.`);
      }
      const layer = arn.slice(0, arn.lastIndexOf(":"));
      const twin = seen.get(layer);
      if (twin !== undefined) {
        throw invalidParameter(
          `Two different versions of the same layer are not allowed to be referenced in the same function. ${twin} and ${arn} are versions of the same layer.`,
        );
      }
      seen.set(layer, arn);
    }
    return {};
  },
};

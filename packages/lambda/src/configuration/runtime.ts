import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

/** Runtime and Handler. */
export const runtime: ConfigurationMember = {
  apply({ Runtime, Handler }, previous, { runtimes }) {
    if (previous === undefined && (!Runtime || !Handler)) {
      throw invalidParameter("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
    }
    if (Runtime !== undefined) runtimes.check(Runtime, previous === undefined ? "create" : "update");
    return { ...(Runtime !== undefined && { Runtime }), ...(Handler !== undefined && { Handler }) };
  },
};

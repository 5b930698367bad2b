import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

const families = [/^java(?:11|17|21|25|8\.al2023|11\.al2023|17\.al2023)/, /^python3\.(?:1[2-9]|[2-9]\d)$/, /^dotnet(?:8|9|\d\d)$/];

/** SnapStart. Mayfly makes no snapshots: what is asked is kept, and the optimization stays off. */
export const snapStart: ConfigurationMember = {
  apply({ SnapStart, Runtime }, previous) {
    const ApplyOn = SnapStart?.ApplyOn ?? previous?.SnapStart.ApplyOn ?? "None";
    const runtime = Runtime ?? previous?.Runtime ?? "";
    if (ApplyOn === "PublishedVersions" && !families.some((family) => family.test(runtime))) {
      throw invalidParameter(`${runtime} is not supported for SnapStart enabled functions.`);
    }
    return { SnapStart: { ApplyOn, OptimizationStatus: "Off" } };
  },
};

import type { BucketNotification } from "./notification.ts";

/** `prefix in/, suffix .png`; a dash where there is no filter. */
export const filterText = ({ prefix, suffix }: BucketNotification): string =>
  [prefix === "" ? "" : `prefix ${prefix}`, suffix === "" ? "" : `suffix ${suffix}`].filter((text) => text !== "").join(", ") || "-";

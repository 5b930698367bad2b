import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember, ConfigurationRequest } from "./configuration-member.ts";

const notHere: readonly (keyof ConfigurationRequest)[] = ["CapacityProviderConfig", "DurableConfig", "TenancyConfig", "PublishTo"];

/** Members that need what does not exist here; none is accepted and then ignored. */
export const refusedMembers: ConfigurationMember = {
  apply(request) {
    if (request.ImageConfig !== undefined) throw invalidParameter("Please don't provide ImageConfig when packageType is Zip.");
    const unsupported = notHere.find((member) => request[member] !== undefined);
    if (unsupported !== undefined) throw invalidParameter(`${unsupported} is not supported in this region.`);
    return {};
  },
};

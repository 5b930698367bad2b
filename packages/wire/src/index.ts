export { authenticationFault, type AuthenticationFailure, type WordedAuthenticationFailure } from "./errors/authentication-fault.ts";
export { bucketOfHost, isBucketHost } from "./match/bucket-host.ts";
export { pickService, type PickedService } from "./pick-service.ts";
export { loadServiceWire } from "./service-wire.ts";
export { escapeXml } from "./render/xml.ts";
export type * from "./types.ts";

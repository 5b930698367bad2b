import type { ProtocolName } from "../types.ts";
import { awsJson1_0, awsJson1_1 } from "./aws-json.ts";
import { awsQuery } from "./aws-query.ts";
import type { Protocol } from "./protocol.ts";
import { restJson1 } from "./rest-json.ts";
import { restXml } from "./rest-xml.ts";

/** Every protocol that wire speaks. */
export const protocols: Record<ProtocolName, Protocol> = { restJson1, awsQuery, awsJson1_0, awsJson1_1, restXml };

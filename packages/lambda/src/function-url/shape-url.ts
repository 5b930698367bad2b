import type { FunctionUrlConfig } from "@mayfly/wire/lambda";
import { functionArn, latest, type FunctionKey } from "../function-name.ts";
import type { FunctionUrlRecord } from "../store/records.ts";
import { urlText } from "./url-address.ts";

/** What operations answer of a URL. @param endpoint this server's */
export function shapeUrl(key: FunctionKey, qualifier: string, url: FunctionUrlRecord, endpoint: string): FunctionUrlConfig {
  return {
    FunctionUrl: urlText({ urlId: url.urlId, region: key.region }, endpoint),
    FunctionArn: functionArn(key, qualifier === latest ? undefined : qualifier),
    AuthType: url.authType,
    ...(url.cors !== undefined && { Cors: url.cors }),
    CreationTime: new Date(url.createdAtMs).toISOString(),
    LastModifiedTime: new Date(url.lastModifiedMs).toISOString(),
    InvokeMode: url.invokeMode,
  };
}

import { newHex } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";

const tokenBytes = 112;

/** The secret with which an endpoint confirms a subscription: 224 hexadecimal digits, as AWS's are. */
export const newToken = (): string => newHex(tokenBytes);

/** @throws Fault InvalidParameter */
export function checkToken(text: string): void {
  if (text.length !== 2 * tokenBytes || !/^[\da-f]+$/.test(text)) throw invalidParameter("Token");
}

import { Fault } from "@mayfly/kernel";
import { mayflyLimits } from "../limits.ts";

/**
 * Checks a path within a package: it can't lead out of it.
 * @throws Fault ValidationException
 */
export function checkPackagePath(path: string): string {
  const parts = path.split("/");
  const isWrong =
    path.includes("\0") ||
    path.includes("\\") ||
    parts.some((part) => part === "" || part === "." || part === ".." || Buffer.byteLength(part) > mayflyLimits.pathPartBytes);
  if (isWrong || Buffer.byteLength(path) > mayflyLimits.pathBytes) {
    throw new Fault("ValidationException", `${JSON.stringify(path)} is no path within a deployment package.`);
  }
  return path;
}

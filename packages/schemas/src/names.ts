import { badRequest, forbidden } from "./faults.ts";
import { limits } from "./limits.ts";

/** Registries of AWS's own begin with it. */
const reservedPrefix = "aws.";

/** @throws Fault BadRequestException, ForbiddenException */
export function checkRegistryName(name: string): void {
  if (name.length > limits.registryNameCharacters || !/^[\w.-]+$/.test(name))
    throw badRequest(
      `Registry name ${name} is not valid: it has at most ${limits.registryNameCharacters} characters of a-z, A-Z, 0-9, ., - and _.`,
    );
  if (name.startsWith(reservedPrefix)) throw forbidden(`Registry names that start with ${reservedPrefix} are reserved for AWS.`);
}

/** @throws Fault BadRequestException */
export function checkSchemaName(name: string): void {
  if (name.length > limits.schemaNameCharacters || !/^[\w.@-]+$/.test(name))
    throw badRequest(
      `Schema name ${name} is not valid: it has at most ${limits.schemaNameCharacters} characters of a-z, A-Z, 0-9, ., -, _ and @.`,
    );
}

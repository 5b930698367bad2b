import type { Fault } from "@mayfly/kernel";
import { invalidParameter, notFound } from "../faults.ts";

/** For a setting that is none of the source's; recorded of DestinationConfig and ParallelizationFactor. */
export const unsupported = (name: string): Fault => invalidParameter(`Unsupported ${name} parameter for given event source mapping type.`);

/** For a setting without which there is nothing to read; recorded of sourceAccessConfigurations. */
export const missing = (name: string): Fault =>
  invalidParameter(`Required '${name.charAt(0).toLowerCase()}${name.slice(1)}' parameter is missing.`);

export const mappingNotFound = (): Fault => notFound("The resource you requested does not exist.");

export const functionDoesNotExist = (): Fault => invalidParameter("Function does not exist");

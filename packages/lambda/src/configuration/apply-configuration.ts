import type { StoredConfiguration } from "../store/records.ts";
import type { ConfigurationFacts, ConfigurationMember, ConfigurationRequest } from "./configuration-member.ts";
import { environment } from "./environment.ts";
import { layers } from "./layers.ts";
import { logging } from "./logging.ts";
import { refusedMembers } from "./refused-members.ts";
import { runtime } from "./runtime.ts";
import * as simple from "./simple-members.ts";
import { snapStart } from "./snap-start.ts";

/** Every member, in the order in which they are checked. */
const members: readonly ConfigurationMember[] = [
  refusedMembers,
  runtime,
  simple.role,
  simple.description,
  simple.timeout,
  simple.memorySize,
  environment,
  simple.vpcConfig,
  simple.fileSystemConfigs,
  simple.deadLetterConfig,
  simple.kmsKey,
  simple.tracingConfig,
  layers,
  simple.architectures,
  simple.ephemeralStorage,
  snapStart,
  logging,
];

/**
 * A new function's configuration, or a changed one.
 * @throws Fault in AWS's words
 */
export function applyConfiguration(
  request: ConfigurationRequest,
  previous: StoredConfiguration | undefined,
  facts: ConfigurationFacts,
): StoredConfiguration {
  const changes = members.map((member) => member.apply(request, previous, facts));
  return Object.assign({}, previous, ...changes) as StoredConfiguration;
}

import { createHash } from "node:crypto";
import { constraintBroken, invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

const atMost = (value: number, limit: number, path: string): void => {
  if (value > limit) throw constraintBroken(String(value), path, `Member must have value less than or equal to ${limit}`);
};

/** Role; that it can be assumed is checked by the operation. */
export const role: ConfigurationMember = { apply: ({ Role }) => (Role === undefined ? {} : { Role }) };

/** Description, `""` unless given. */
export const description: ConfigurationMember = {
  apply: ({ Description }, previous) => ({ Description: Description ?? previous?.Description ?? "" }),
};

/** Timeout, in seconds. */
export const timeout: ConfigurationMember = {
  apply({ Timeout }, previous, { limits }) {
    if (Timeout !== undefined) atMost(Timeout, limits.timeoutSeconds, "timeout");
    return { Timeout: Timeout ?? previous?.Timeout ?? 3 };
  },
};

/** MemorySize, in MB. The model's own bound is that of managed instances. */
export const memorySize: ConfigurationMember = {
  apply({ MemorySize }, previous, { limits }) {
    if (MemorySize !== undefined) atMost(MemorySize, limits.memorySizeMb, "memorySize");
    return { MemorySize: MemorySize ?? previous?.MemorySize ?? 128 };
  },
};

/** TracingConfig */
export const tracingConfig: ConfigurationMember = {
  apply: ({ TracingConfig }, previous) => ({
    TracingConfig: { Mode: TracingConfig?.Mode ?? previous?.TracingConfig.Mode ?? "PassThrough" },
  }),
};

/** Architectures; after creation they change together with the code. */
export const architectures: ConfigurationMember = {
  apply: ({ Architectures }, previous) => ({ Architectures: Architectures ?? previous?.Architectures ?? ["x86_64"] }),
};

/** EphemeralStorage, the size of /tmp in MB. */
export const ephemeralStorage: ConfigurationMember = {
  apply: ({ EphemeralStorage }, previous) => ({
    EphemeralStorage: { Size: EphemeralStorage?.Size ?? previous?.EphemeralStorage.Size ?? 512 },
  }),
};

/** KMSKeyArn; an empty one goes back to the key that AWS owns. */
export const kmsKey: ConfigurationMember = {
  apply: ({ KMSKeyArn }) => (KMSKeyArn === undefined ? {} : { KMSKeyArn: KMSKeyArn || undefined }),
};

/** DeadLetterConfig; an empty target removes it. */
export const deadLetterConfig: ConfigurationMember = {
  apply({ DeadLetterConfig }) {
    if (DeadLetterConfig === undefined) return {};
    const { TargetArn } = DeadLetterConfig;
    return { DeadLetterConfig: TargetArn ? { TargetArn } : undefined };
  },
};

/** VpcConfig. Mayfly has no networks of its own: what is asked is kept, under an id that is the account's only network in the region. */
export const vpcConfig: ConfigurationMember = {
  apply({ VpcConfig }, previous, { key }) {
    if (VpcConfig === undefined) return {};
    const SubnetIds = VpcConfig.SubnetIds ?? previous?.VpcConfig?.SubnetIds ?? [];
    const SecurityGroupIds = VpcConfig.SecurityGroupIds ?? previous?.VpcConfig?.SecurityGroupIds ?? [];
    if ((SubnetIds.length === 0) !== (SecurityGroupIds.length === 0)) {
      throw invalidParameter("SubnetIds and SecurityIds must coexist or be both empty list.");
    }
    if (SubnetIds.length === 0 && previous?.VpcConfig === undefined) return {};
    const network = createHash("sha256").update(`${key.accountId}/${key.region}`).digest("hex").slice(0, 17);
    return {
      VpcConfig: {
        SubnetIds,
        SecurityGroupIds,
        VpcId: SubnetIds.length === 0 ? "" : `vpc-${network}`,
        Ipv6AllowedForDualStack: VpcConfig.Ipv6AllowedForDualStack ?? previous?.VpcConfig?.Ipv6AllowedForDualStack ?? false,
      },
    };
  },
};

/** FileSystemConfigs; they need a VPC. */
export const fileSystemConfigs: ConfigurationMember = {
  apply({ FileSystemConfigs, VpcConfig }, previous) {
    if (FileSystemConfigs === undefined) return {};
    const [first] = FileSystemConfigs;
    const subnets = VpcConfig?.SubnetIds ?? previous?.VpcConfig?.SubnetIds ?? [];
    if (first !== undefined && subnets.length === 0) {
      throw invalidParameter(`Function must be configured to execute in a VPC to reference access point ${first.Arn}.`);
    }
    return { FileSystemConfigs: first === undefined ? undefined : FileSystemConfigs };
  },
};

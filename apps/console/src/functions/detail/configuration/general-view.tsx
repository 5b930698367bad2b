import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { formatDuration } from "../../../shared/format.ts";
import { useNetworkReach } from "../../../settings/network-reach.ts";
import { useCurrentFunction } from "../function-context.ts";
import { limits } from "./limits.ts";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

/** Description, memory, storage, timeout. */
export function GeneralView({ onEdit }: SectionViewProps) {
  const { Description, MemorySize = 128, EphemeralStorage, Timeout = 3, SnapStart } = useCurrentFunction().configuration;
  const reach = useNetworkReach();
  return (
    <SectionView title="General configuration" onEdit={onEdit}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Description", value: Description || "-" },
          { label: "Memory", value: `${MemorySize} MB (${cpuShare(MemorySize)})` },
          { label: "Ephemeral storage", value: `${EphemeralStorage?.Size ?? 512} MB` },
          { label: "Timeout", value: formatDuration(Timeout * 1000) },
          { label: "SnapStart", value: SnapStart?.ApplyOn ?? "None" },
          { label: "Reaches", value: reach },
        ]}
      />
    </SectionView>
  );
}

/** What share of a processor comes with the memory, in words. */
export function cpuShare(memoryMb: number): string {
  return `${(memoryMb / limits.memoryMbPerCpu).toFixed(2)} vCPU`;
}

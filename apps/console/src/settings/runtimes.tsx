import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { RuntimeInfo } from "@mayfly/wire/mayfly";
import { useAws } from "../api/hooks.ts";
import { Loaded } from "../shared/loaded.tsx";

/** Which runtimes this machine can run, and by what. */
export function Runtimes() {
  const runtimes = useAws("mayfly", "ListRuntimes", {});
  return (
    <Loaded query={runtimes}>
      {({ Runtimes: items }) => (
        <Table<RuntimeInfo>
          header={
            <Header variant="h2" counter={`(${items.length})`} description="npx mayfly runtimes install NAME fetches what is missing.">
              Runtimes
            </Header>
          }
          ariaLabels={{ tableLabel: "Runtimes" }}
          items={items}
          trackBy="Runtime"
          columnDefinitions={[
            { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime, isRowHeader: true },
            {
              id: "available",
              header: "Status",
              cell: ({ Available }) => (
                <span className="nowrap">
                  <StatusIndicator type={Available ? "success" : "stopped"}>{Available ? "Available" : "Missing"}</StatusIndicator>
                </span>
              ),
            },
            { id: "interpreter", header: "Run by", cell: ({ Interpreter }) => Interpreter ?? "-" },
            { id: "note", header: "Note", cell: ({ Note }) => Note ?? "-" },
            { id: "deprecated", header: "Deprecated by AWS", cell: ({ DeprecationDate }) => DeprecationDate ?? "-" },
          ]}
          wrapLines
        />
      )}
    </Loaded>
  );
}

import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { RuntimeInfo } from "@mayfly/wire/mayfly";
import { useAws } from "../api/hooks.ts";
import { Breakable } from "../shared/breakable.tsx";
import { Loaded } from "../shared/loaded.tsx";

type Column = TableProps.ColumnDefinition<RuntimeInfo>;

const runtimeColumn: Column = { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime, isRowHeader: true };

const availableColumns: readonly Column[] = [
  runtimeColumn,
  { id: "interpreter", header: "Run by", cell: ({ Interpreter }) => <Breakable text={Interpreter ?? "-"} /> },
  { id: "note", header: "Note", cell: noteBeside },
  {
    id: "deprecated",
    header: "Deprecated by AWS",
    cell: ({ DeprecationDate }) => <span className="nowrap">{DeprecationDate ?? "-"}</span>,
  },
];

const missingColumns: readonly Column[] = [runtimeColumn, { id: "note", header: "Why", cell: ({ Note }) => Note ?? "-" }];

/** Which runtimes this machine can run, and by what. */
export function Runtimes() {
  const runtimes = useAws("mayfly", "ListRuntimes", {});
  return (
    <Loaded query={runtimes}>
      {({ Runtimes: all }) => {
        const available = all.filter(({ Available }) => Available);
        const missing = all.filter(({ Available }) => !Available);
        return (
          <Table<RuntimeInfo>
            header={
              <Header variant="h2" counter={`(${available.length})`}>
                Runtimes
              </Header>
            }
            ariaLabels={{ tableLabel: "Runtimes" }}
            items={available}
            trackBy="Runtime"
            columnDefinitions={availableColumns}
            wrapLines
            footer={missing.length > 0 && <Missing runtimes={missing} />}
          />
        );
      }}
    </Loaded>
  );
}

function Missing({ runtimes }: { readonly runtimes: readonly RuntimeInfo[] }) {
  return (
    <ExpandableSection
      headerText={`Not on this machine (${runtimes.length})`}
      headerDescription="npx mayfly runtimes install NAME fetches those that can be fetched."
    >
      <Table<RuntimeInfo>
        variant="embedded"
        ariaLabels={{ tableLabel: "Runtimes that are not on this machine" }}
        items={runtimes}
        trackBy="Runtime"
        columnDefinitions={missingColumns}
        wrapLines
      />
    </ExpandableSection>
  );
}

/** The note begins with the interpreter, which has a column of its own. */
function noteBeside({ Note, Interpreter }: RuntimeInfo): string {
  const prefix = `${Interpreter ?? ""}, `;
  return (Note?.startsWith(prefix) ? Note.slice(prefix.length) : Note) ?? "-";
}

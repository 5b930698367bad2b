import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { EnvironmentInfo } from "@mayfly/wire/mayfly";
import { useAws } from "../../../api/hooks.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import "./environments.css";
import { formatMicros, phaseNames, phasesOf } from "./start-phases.ts";

const mostRows = 25;
/** While the page is looked at, it is renewed this often. Milliseconds. */
const renewEveryMs = 5_000;

const states: Readonly<Record<EnvironmentInfo["State"], readonly [StatusIndicatorProps.Type, string]>> = {
  starting: ["in-progress", "Starting"],
  init: ["in-progress", "Init"],
  idle: ["success", "Idle"],
  invoking: ["in-progress", "Running"],
  stopping: ["stopped", "Ending"],
  ended: ["stopped", "Ended"],
};

/** The execution environments that the function has and had lately, with what each start spent its time on. */
export function EnvironmentsTable({ functionName }: { readonly functionName: string }) {
  const query = useAws("mayfly", "ListFunctionEnvironments", { FunctionName: functionName }, { refetchInterval: renewEveryMs });
  return <Loaded query={query}>{({ Environments }) => <EnvironmentRows environments={Environments} />}</Loaded>;
}

function EnvironmentRows({ environments }: { readonly environments: readonly EnvironmentInfo[] }) {
  const longest = Math.max(1, ...environments.slice(0, mostRows).map(totalMicros));
  return (
    <Table<EnvironmentInfo>
      header={
        <SpaceBetween size="xs">
          <Header
            key="header"
            variant="h3"
            counter={`(${environments.length})`}
            description={
              environments.length > mostRows
                ? `The newest ${mostRows} are shown; all bars have one scale.`
                : "Newest first; all bars have one scale."
            }
          >
            Environments and their starts
          </Header>
          <Box key="legend" fontSize="body-s" color="text-body-secondary">
            <span className="start-legend">
              {phaseNames.map(({ id, name }) => (
                <span key={id} className={`start-${id}`}>
                  {name}
                </span>
              ))}
            </span>
          </Box>
        </SpaceBetween>
      }
      ariaLabels={{ tableLabel: "Environments and their starts" }}
      items={environments.slice(0, mostRows)}
      columnDefinitions={columnsFor(longest)}
      trackBy="EnvironmentId"
      empty={<Box textAlign="center">None since the server started. Invoke the function, and its start shows here.</Box>}
    />
  );
}

const totalMicros = ({ Phases }: EnvironmentInfo): number =>
  Phases === undefined ? 0 : phasesOf(Phases).reduce((sum, { micros }) => sum + micros, 0);

function columnsFor(longest: number): TableProps.ColumnDefinition<EnvironmentInfo>[] {
  return [
    {
      id: "id",
      header: "Environment",
      isRowHeader: true,
      cell: ({ EnvironmentId }) => <code title={EnvironmentId}>{EnvironmentId.slice(0, 8)}</code>,
    },
    {
      id: "state",
      header: "State",
      cell: ({ State }) => <StatusIndicator type={states[State][0]}>{states[State][1]}</StatusIndicator>,
    },
    { id: "started", header: "Started", cell: ({ CreatedAt }) => <Moment time={CreatedAt} /> },
    { id: "invocations", header: "Invocations", cell: ({ Invocations }) => Invocations },
    {
      id: "memory",
      header: "Memory now / set (MB)",
      cell: ({ MemoryUsedBytes, MemorySize }) =>
        `${MemoryUsedBytes === undefined ? "-" : Math.round(MemoryUsedBytes / 2 ** 20)} / ${MemorySize}`,
    },
    { id: "total", header: "First answer after", cell: (environment) => <StartTotal environment={environment} /> },
    { id: "start", header: "Start", minWidth: 160, cell: (environment) => <StartBar environment={environment} longest={longest} /> },
  ];
}

function StartTotal({ environment }: { readonly environment: EnvironmentInfo }) {
  if (environment.Phases === undefined) return <>-</>;
  return (
    <span className="nowrap">
      {formatMicros(totalMicros(environment))} {environment.Phases.Pooled && <Badge color="green">booted ahead</Badge>}
    </span>
  );
}

/** The parts of a start as one bar; the words for who does not see it, and on pointing at it. */
function StartBar({ environment, longest }: { readonly environment: EnvironmentInfo; readonly longest: number }) {
  if (environment.Phases === undefined) return <>-</>;
  const phases = phasesOf(environment.Phases);
  const words = phases.map(({ name, micros }) => `${name} ${formatMicros(micros)}`).join(", ");
  return (
    <div className="start-bar" role="img" aria-label={words} title={words}>
      {phases.map(({ id, micros }) => (
        <span key={id} className={`start-${id}`} style={{ inlineSize: `${(micros / longest) * 100}%` }} />
      ))}
    </div>
  );
}

import BarChart from "@cloudscape-design/components/bar-chart";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import LineChart from "@cloudscape-design/components/line-chart";
import { bucketsOf, type Bucket, type LoggedInvocation } from "./invocations.ts";

const bucketCount = 30;
const chartHeightPx = 180;

interface InvocationChartsProps {
  readonly invocations: readonly LoggedInvocation[];
  readonly startMs: number;
  readonly endMs: number;
}

/** Plots over time: invocations, duration, errors and success rate, memory. */
export function InvocationCharts({ invocations, startMs, endMs }: InvocationChartsProps) {
  const buckets = bucketsOf(invocations, startMs, endMs, bucketCount);
  const withRuns = buckets.filter((bucket) => bucket.invocations > 0);
  const half = { colspan: { default: 12, s: 6 } };
  const common = {
    xScaleType: "time" as const,
    xDomain: [new Date(startMs), new Date(endMs)],
    height: chartHeightPx,
    hideFilter: true,
    i18nStrings: { xTickFormatter: (time: Date) => timeLabel(time, endMs - startMs) },
  };
  return (
    <Grid gridDefinition={[half, half, half, half]}>
      <Chart title="Invocations">
        <LineChart
          {...common}
          ariaLabel="Invocations"
          yTitle="Count"
          yDomain={[0, top(buckets, ({ invocations: count }) => count)]}
          series={[series("Invocations", buckets, (bucket) => bucket.invocations)]}
        />
      </Chart>
      <Chart title="Duration">
        <LineChart
          {...common}
          ariaLabel="Duration"
          yTitle="Milliseconds"
          yDomain={[0, top(buckets, ({ maximumMs }) => maximumMs)]}
          series={[
            series("Minimum", withRuns, (bucket) => bucket.minimumMs ?? 0),
            series("Average", withRuns, (bucket) => bucket.averageMs ?? 0),
            series("Maximum", withRuns, (bucket) => bucket.maximumMs ?? 0),
          ]}
        />
      </Chart>
      <Chart title="Error count and success rate">
        <LineChart
          {...common}
          ariaLabel="Error count and success rate (%)"
          yTitle="Errors; success %"
          yDomain={[
            0,
            Math.max(
              100,
              top(buckets, ({ errors }) => errors),
            ),
          ]}
          series={[
            series("Errors", buckets, (bucket) => bucket.errors),
            series("Success rate (%)", withRuns, (bucket) => (100 * (bucket.invocations - bucket.errors)) / bucket.invocations),
          ]}
        />
      </Chart>
      <Chart title="Max memory used">
        <BarChart
          xScaleType="categorical"
          height={chartHeightPx}
          hideFilter
          hideLegend
          ariaLabel="Max memory used"
          yTitle="MB"
          yDomain={[0, top(buckets, ({ maxMemoryUsedMb }) => maxMemoryUsedMb)]}
          xDomain={withRuns.map(({ start }) => timeLabel(start, endMs - startMs))}
          series={[
            {
              type: "bar",
              title: "Max memory used (MB)",
              data: withRuns.map(({ start, maxMemoryUsedMb = 0 }) => ({ x: timeLabel(start, endMs - startMs), y: maxMemoryUsedMb })),
            },
          ]}
        />
      </Chart>
    </Grid>
  );
}

function Chart({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return <Container header={<Header variant="h3">{title}</Header>}>{children}</Container>;
}

function series(title: string, buckets: readonly Bucket[], y: (bucket: Bucket) => number) {
  return {
    type: "line" as const,
    title,
    data: buckets.map((bucket) => ({ x: bucket.start, y: y(bucket) })),
    valueFormatter: (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 }),
  };
}

const top = (buckets: readonly Bucket[], value: (bucket: Bucket) => number | undefined): number =>
  Math.max(1, ...buckets.map((bucket) => value(bucket) ?? 0)) * 1.1;

function timeLabel(time: Date, spanMs: number): string {
  const clock = time.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return spanMs > 86_400_000 ? `${time.toLocaleDateString("en", { month: "short", day: "numeric" })} ${clock}` : clock;
}

import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import MixedLineBarChart from "@cloudscape-design/components/mixed-line-bar-chart";
import type { ReactNode } from "react";
import { bucketsOf, type Bucket, type LoggedInvocation } from "./invocations.ts";

const bucketCount = 30;
const chartHeightPx = 180;

interface InvocationChartsProps {
  readonly invocations: readonly LoggedInvocation[];
  readonly startMs: number;
  readonly endMs: number;
}

/** Plots over time: invocations, duration, errors, success rate, cold starts, memory. */
export function InvocationCharts({ invocations, startMs, endMs }: InvocationChartsProps) {
  const buckets = bucketsOf(invocations, startMs, endMs, bucketCount);
  const label = ({ start }: Bucket): string => timeLabel(start, endMs - startMs);
  const half = { colspan: { default: 12, s: 6 } };
  const common = { xScaleType: "categorical" as const, xDomain: buckets.map(label), height: chartHeightPx, hideFilter: true };
  const bars = (title: string, value: (bucket: Bucket) => number | undefined) => ({ type: "bar" as const, title, data: points(value) });
  const line = (title: string, value: (bucket: Bucket) => number | undefined) => ({ type: "line" as const, title, data: points(value) });
  const points = (value: (bucket: Bucket) => number | undefined) =>
    buckets.flatMap((bucket) => {
      const y = value(bucket);
      return y === undefined ? [] : [{ x: label(bucket), y: Math.round(y * 100) / 100 }];
    });
  return (
    <Grid gridDefinition={Array.from({ length: 6 }, () => half)}>
      <Chart title="Invocations">
        <MixedLineBarChart
          {...common}
          ariaLabel="Invocations"
          yTitle="Count"
          yTickFormatter={wholeNumber}
          yDomain={[0, top(buckets, (bucket) => bucket.invocations)]}
          series={[bars("Invocations", (bucket) => bucket.invocations)]}
        />
      </Chart>
      <Chart title="Duration">
        <MixedLineBarChart
          {...common}
          ariaLabel="Duration"
          yTitle="Milliseconds"
          yDomain={[0, top(buckets, ({ maximumMs }) => maximumMs)]}
          series={[
            bars("Average", ({ averageMs }) => averageMs),
            line("Minimum", ({ minimumMs }) => minimumMs),
            line("Maximum", ({ maximumMs }) => maximumMs),
          ]}
        />
      </Chart>
      <Chart title="Errors">
        <MixedLineBarChart
          {...common}
          ariaLabel="Errors"
          yTitle="Count"
          yTickFormatter={wholeNumber}
          yDomain={[0, top(buckets, ({ errors }) => errors)]}
          series={[bars("Errors", ({ errors }) => errors)]}
        />
      </Chart>
      <Chart title="Success rate">
        <MixedLineBarChart
          {...common}
          ariaLabel="Success rate"
          yTitle="Percent"
          yDomain={[0, 110]}
          series={[bars("Success rate (%)", successRate)]}
        />
      </Chart>
      <Chart title="Cold starts">
        <MixedLineBarChart
          {...common}
          ariaLabel="Cold starts"
          yTitle="Count"
          yTickFormatter={wholeNumber}
          yDomain={[0, top(buckets, ({ coldStarts }) => coldStarts)]}
          series={[bars("Cold starts", ({ coldStarts }) => coldStarts)]}
        />
      </Chart>
      <Chart title="Max memory used">
        <MixedLineBarChart
          {...common}
          ariaLabel="Max memory used"
          yTitle="MB"
          yDomain={[0, top(buckets, ({ maxMemoryUsedMb }) => maxMemoryUsedMb)]}
          series={[bars("Max memory used (MB)", ({ maxMemoryUsedMb }) => maxMemoryUsedMb)]}
        />
      </Chart>
    </Grid>
  );
}

/** Halves of an invocation are not counted. */
const wholeNumber = (value: number): string => (Number.isInteger(value) ? value.toLocaleString("en") : "");

const successRate = (bucket: Bucket): number | undefined =>
  bucket.invocations === 0 ? undefined : (100 * (bucket.invocations - bucket.errors)) / bucket.invocations;

function Chart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <Container header={<Header variant="h3">{title}</Header>}>{children}</Container>;
}

const top = (buckets: readonly Bucket[], value: (bucket: Bucket) => number | undefined): number =>
  Math.max(1, ...buckets.map((bucket) => value(bucket) ?? 0)) * 1.1;

function timeLabel(time: Date, spanMs: number): string {
  const clock = time.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return spanMs > 86_400_000 ? `${time.toLocaleDateString("en", { month: "short", day: "numeric" })} ${clock}` : clock;
}

import type { ReactNode } from "react";
import type { Share } from "../versions/shares.ts";
import "./traffic-bar.css";

interface TrafficBarProps {
  readonly label: string;
  readonly shares: readonly Share[];
  /** What stands beside a share. Default: its percents. */
  readonly text?: (share: Share) => ReactNode;
}

/** What part of the traffic goes to which version, as a bar and in words. */
export function TrafficBar({ label, shares, text = ({ percent }) => `${percent}%` }: TrafficBarProps) {
  return (
    <div role="group" aria-label={label}>
      <div className="traffic-bar" aria-hidden="true">
        {shares.map(
          ({ version, percent }, index) =>
            percent > 0 && <span key={version} className={`traffic-${index}`} style={{ inlineSize: `${percent}%` }} />,
        )}
      </div>
      <div className="traffic-legend">
        {shares.map((share, index) => (
          <span key={share.version} className={`traffic-${index}`}>
            {share.version === "$LATEST" ? "$LATEST" : `Version ${share.version}`}: {text(share)}
          </span>
        ))}
      </div>
    </div>
  );
}

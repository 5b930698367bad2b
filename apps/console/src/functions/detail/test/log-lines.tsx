import Link from "@cloudscape-design/components/link";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { hrefOf } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { placeInLine } from "./stack-trace.ts";
import "./log-lines.css";

interface LogLinesProps {
  readonly text: string;
  readonly functionName: string;
  readonly label: string;
}

// What terminals read as colours and the like.
const ansi = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, "g");

/** Lines of a log or an answer; places in the function's code are links to the editor. */
export function LogLines({ text, functionName, label }: LogLinesProps) {
  const lines = useMemo(() => text.replace(ansi, "").replace(/\n$/, "").split("\n"), [text]);
  return (
    <pre className="log-lines" tabIndex={0} aria-label={label}>
      {lines.map((line, index) => (
        <LogLine key={index} line={line} functionName={functionName} />
      ))}
    </pre>
  );
}

function LogLine({ line, functionName }: { readonly line: string; readonly functionName: string }) {
  const navigate = useNavigate();
  const place = placeInLine(line);
  if (!place) return <div>{line === "" ? "\u00a0" : line}</div>;
  const path = `${paths.function(functionName, "code")}?open=${encodeURIComponent(`${place.path}:${place.line}`)}`;
  return (
    <div>
      {line.slice(0, place.start)}
      <Link
        href={hrefOf(path)}
        fontSize="inherit"
        onFollow={(event) => {
          event.preventDefault();
          void navigate(path);
        }}
      >
        {line.slice(place.start, place.end)}
      </Link>
      {line.slice(place.end)}
    </div>
  );
}
